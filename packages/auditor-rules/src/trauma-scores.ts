import { choiceOf, chose, said } from './answers.ts';
import { breaths, gcsTotal, heartRate, systolic } from './measurements.ts';
import type { PlainCase } from './plain-case.ts';
import { pointsFor, pointsOf, sum } from './points.ts';
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
const all0to4 = [0, 1, 2, 3, 4];
const rtsParts = (plain: PlainCase): readonly [Span, Span, Span] => [
  pointsOf(gcsTotal(plain), all0to4, rtsGcs),
  pointsOf(systolic(plain), all0to4, rtsPressure),
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
  const items = [penetrating(plain), rtsLow(plain), atLeast(heartRate(plain), 120), said(plain, 'traumaFastPositive')];
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

/** PHI (A7): display. */
export const phi = (plain: PlainCase): Span =>
  sum(
    pointsOf(systolic(plain), [0, 1, 2, 5], (mmHg) => {
      if (mmHg > 100) return 0;
      if (mmHg >= 86) return 1;
      return mmHg >= 75 ? 2 : 5;
    }),
    pointsOf(heartRate(plain), [0, 3, 5], (perMin) => {
      if (perMin >= 120) return 3;
      return perMin <= 50 ? 5 : 0;
    }),
    phiBreathing(plain),
    pointsFor(plain.consciousness, { alert: 0, confusion: 3, voice: 3, pain: 5, unresponsive: 5 }),
    {
      least: said(plain, 'traumaPenetratingTorso') === 'TRUE' ? 4 : 0,
      most: said(plain, 'traumaPenetratingTorso') === 'FALSE' ? 0 : 4,
    },
  );
function phiBreathing(plain: PlainCase): Span {
  const intubated = chose(plain, 'airway', 'intubated');
  const slow = breaths(plain);
  if (intubated === 'TRUE' || (slow.most < 10 && slow.most !== Infinity)) return { least: 5, most: 5 };
  const kind = pointsFor(choiceOf(plain, 'breathing'), { normal: 0, laboured: 3, shallow: 3, absent: 5 });
  const mayBeWorst = intubated === 'UNKNOWN' || slow.least < 10;
  return { least: kind.least, most: mayBeWorst ? 5 : kind.most };
}
