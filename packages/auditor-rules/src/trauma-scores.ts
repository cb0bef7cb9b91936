import { said } from './answers.ts';
import { breaths, gcsTotal, heartRate, systolic } from './measurements.ts';
import type { PlainCase } from './plain-case.ts';
import { pointsOf, sum } from './points.ts';
import { fromAge, injured, pregnant, under } from './person.ts';
import { all, any, atLeast, unlessKnown, type Span, type Verdict } from './three-valued.ts';

const rtsGcs = (total: number): number => {
  if (total >= 13) return 4;
  if (total >= 9) return 3;
  if (total >= 6) return 2;
  return total >= 4 ? 1 : 0;
};
const rtsPressure = (mmHg: number): number => {
  if (mmHg > 89) return 4;
  if (mmHg >= 76) return 3;
  if (mmHg >= 50) return 2;
  return mmHg >= 1 ? 1 : 0;
};
const rtsBreaths = (perMin: number): number => {
  if (perMin > 29) return 3;
  if (perMin >= 10) return 4;
  if (perMin >= 6) return 2;
  return perMin >= 1 ? 1 : 0;
};
/** Nothing to measure, or no pulse at the wrist, is code 0 to 2; 0 only without a central pulse (C7). */
function rtsSystolic(plain: PlainCase): Span {
  if (plain.vitals.systolicMmHg !== null) return systolic(plain);
  if (plain.isPressureUnrecordable !== true && said(plain, 'radialPulse') !== 'FALSE') return systolic(plain);
  const central = said(plain, 'centralPulse');
  if (central === 'FALSE') return { least: 0, most: 0 };
  return { least: central === 'TRUE' ? 1 : 0, most: 75 };
}
const all0to4 = [0, 1, 2, 3, 4];
const rtsParts = (plain: PlainCase): readonly [Span, Span, Span] => [
  pointsOf(gcsTotal(plain), all0to4, rtsGcs),
  pointsOf(rtsSystolic(plain), all0to4, rtsPressure),
  pointsOf(breaths(plain), all0to4, rtsBreaths),
];
export const triageRts = (plain: PlainCase): Span => sum(...rtsParts(plain));
export function rts(plain: PlainCase): Span {
  const [gcs, pressure, rate] = rtsParts(plain);
  const weighed = (end: 'least' | 'most'): number =>
    Math.round((0.9368 * gcs[end] + 0.7326 * pressure[end] + 0.2908 * rate[end]) * 10_000) / 10_000;
  return { least: weighed('least'), most: weighed('most') };
}

export const penetrating = (plain: PlainCase): Verdict =>
  any(
    said(plain, 'traumaPenetratingHead'),
    said(plain, 'traumaPenetratingNeck'),
    said(plain, 'traumaPenetratingTorso'),
    said(plain, 'traumaPenetratingProximalLimb'),
  );

/** ABC: penetrating, SBP <= 90, HR >= 120, FAST positive. */
export function abc(plain: PlainCase): Span {
  const items = [
    any(penetrating(plain), said(plain, 'traumaPenetratingDistalLimb')),
    rtsLow(plain),
    atLeast(heartRate(plain), 120),
    said(plain, 'traumaFastPositive'),
  ];
  return {
    least: items.filter((verdict) => verdict === 'TRUE').length,
    most: items.filter((verdict) => verdict !== 'FALSE').length,
  };
}
function rtsLow(plain: PlainCase): Verdict {
  const { least, most } = systolic(plain);
  if (most <= 90) return 'TRUE';
  return least > 90 ? 'FALSE' : 'UNKNOWN';
}

/** SIPA: blunt injury, 4 to 16 years; 1 to 3 with the limit of the text. Above its limit, not at it. */
export function sipaElevated(plain: PlainCase): Verdict {
  const limits: readonly (readonly [number, number, number])[] = [
    [4, 7, 122],
    [7, 13, 100],
    [13, 17, 90],
  ];
  const [rate, pressure] = [heartRate(plain), systolic(plain)];
  const isUnknown = rate.least === -Infinity || pressure.most === Infinity;
  const over = (hundredths: number): Verdict => {
    if (isUnknown) return 'UNKNOWN';
    if (100 * rate.least > hundredths * pressure.most) return 'TRUE';
    return 100 * rate.least <= hundredths * pressure.least ? 'FALSE' : 'UNKNOWN';
  };
  return all(
    injured(plain),
    unlessKnown(penetrating(plain)),
    unlessKnown(pregnant(plain)),
    any(...limits.map(([from, before, limit]) => all(fromAge(plain, from), under(plain, before), over(limit)))),
  );
}
