import { altered, breaths, heartRate, saturation, systolic, temperature } from './measurements.ts';
import { adult, newborn, pregnant } from './person.ts';
import type { PlainCase } from './plain-case.ts';
import { pointsFor, pointsOf, sum } from './points.ts';
import { all, atLeast, atMost, unlessKnown, type Span, type Verdict } from './three-valued.ts';

/** Whom NEWS2 is for: 16 and over, not pregnant. */
export const newsApplies = (plain: PlainCase): Verdict =>
  all(adult(plain), unlessKnown(pregnant(plain)), unlessKnown(newborn(plain)));

/** Half-up to a tenth, in tenths. */
const tenths = (celsius: number): number => Math.floor(Math.round(celsius * 1000) / 100 + 0.5);

const breathing = (perMin: number): number => {
  if (perMin <= 8 || perMin >= 25) return 3;
  if (perMin >= 21) return 2;
  return perMin <= 11 ? 1 : 0;
};
const oxygenation = (percent: number): number => {
  if (percent <= 91) return 3;
  if (percent <= 93) return 2;
  return percent <= 95 ? 1 : 0;
};
const pressure = (mmHg: number): number => {
  if (mmHg <= 90 || mmHg >= 220) return 3;
  if (mmHg <= 100) return 2;
  return mmHg <= 110 ? 1 : 0;
};
const pulse = (perMin: number): number => {
  if (perMin <= 40 || perMin >= 131) return 3;
  if (perMin >= 111) return 2;
  return perMin <= 50 || perMin >= 91 ? 1 : 0;
};
const warmth = (celsius: number): number => {
  const value = tenths(celsius);
  if (value <= 350) return 3;
  if (value >= 391) return 2;
  return value <= 360 || value >= 381 ? 1 : 0;
};

const parts = (plain: PlainCase): readonly Span[] => [
  pointsOf(breaths(plain), [0, 1, 2, 3], breathing),
  pointsOf(saturation(plain), [0, 1, 2, 3], oxygenation),
  pointsFor(plain.oxygen, { air: 0, oxygen: 2 }),
  pointsOf(systolic(plain), [0, 1, 2, 3], pressure),
  pointsOf(heartRate(plain), [0, 1, 2, 3], pulse),
  pointsFor(plain.consciousness, { alert: 0, confusion: 3, voice: 3, pain: 3, unresponsive: 3 }),
  pointsOf(temperature(plain), [0, 1, 2, 3], warmth),
];
/** NEWS2 on scale 1: 0 to 20. */
export const news2 = (plain: PlainCase): Span => sum(...parts(plain));
export const anySingle3 = (plain: PlainCase): Verdict => {
  if (parts(plain).some(({ least }) => least === 3)) return 'TRUE';
  return parts(plain).some(({ most }) => most === 3) ? 'UNKNOWN' : 'FALSE';
};

/** qSOFA: RR >= 22, SBP <= 100, altered mentation. */
export function qSofa(plain: PlainCase): Span {
  const items = [atLeast(breaths(plain), 22), atMost(systolic(plain), 100), altered(plain)];
  return {
    least: items.filter((verdict) => verdict === 'TRUE').length,
    most: items.filter((verdict) => verdict !== 'FALSE').length,
  };
}
