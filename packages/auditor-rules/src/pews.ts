import { choiceOf, measured } from './answers.ts';
import { breaths, heartRate, saturation, systolic } from './measurements.ts';
import { daysOf, yearsOf } from './person.ts';
import type { PlainCase } from './plain-case.ts';
import { pointsFor, pointsOf, sum } from './points.ts';
import type { Span } from './three-valued.ts';

/** [normal above, normal below], [2 from, 2 to], [4 from, 4 to] (A5), 0-3 months first. */
type Limits = readonly [[number, number], [number, number], [number, number]];
const heartRates: readonly Limits[] = [
  [
    [150, 110],
    [180, 90],
    [190, 80],
  ],
  [
    [150, 100],
    [170, 80],
    [180, 70],
  ],
  [
    [120, 90],
    [150, 70],
    [170, 60],
  ],
  [
    [110, 70],
    [130, 60],
    [150, 50],
  ],
  [
    [100, 60],
    [120, 50],
    [140, 40],
  ],
];
const pressures: readonly Limits[] = [
  [
    [80, 60],
    [100, 50],
    [130, 45],
  ],
  [
    [100, 80],
    [120, 70],
    [150, 60],
  ],
  [
    [110, 90],
    [125, 75],
    [160, 65],
  ],
  [
    [120, 90],
    [140, 80],
    [170, 70],
  ],
  [
    [130, 100],
    [150, 85],
    [190, 75],
  ],
];
const breathRates: readonly Limits[] = [
  [
    [61, 29],
    [81, 19],
    [91, 15],
  ],
  [
    [51, 24],
    [71, 19],
    [81, 15],
  ],
  [
    [41, 19],
    [61, 15],
    [71, 12],
  ],
  [
    [31, 19],
    [41, 14],
    [51, 10],
  ],
  [
    [17, 11],
    [23, 10],
    [30, 9],
  ],
];

/** Most severe column first. */
const points =
  ([one, two, four]: Limits) =>
  (value: number): number => {
    if (value >= four[0] || value <= four[1]) return 4;
    if (value >= two[0] || value <= two[1]) return 2;
    return value >= one[0] || value <= one[1] ? 1 : 0;
  };

/** Rows of the table this child may be in: 0-<3 months, 3-<12 months, completed years 1-4, 5-12, over 12 (C47). */
function bands(plain: PlainCase): readonly number[] {
  const { least, most } = yearsOf(plain);
  const days = daysOf(plain);
  const possible: number[] = [];
  if (least < 1 && days.least < 91) possible.push(0);
  if (least < 1 && days.most >= 91) possible.push(1);
  if (least <= 4 && most >= 1) possible.push(2);
  if (least <= 12 && most >= 5) possible.push(3);
  if (most >= 13) possible.push(4);
  return possible;
}

function overBands(plain: PlainCase, value: Span, table: readonly Limits[]): Span {
  const each = bands(plain).flatMap((band) => {
    const limits = table[band];
    return limits ? [pointsOf(value, [0, 1, 2, 4], points(limits))] : [];
  });
  return { least: Math.min(...each.map(({ least }) => least)), most: Math.max(...each.map(({ most }) => most)) };
}

export const breathingPoints = (plain: PlainCase): Span => overBands(plain, breaths(plain), breathRates);

function oxygenPoints(plain: PlainCase): Span {
  if (plain.oxygen === 'air') return { least: 0, most: 0 };
  const given = pointsFor(choiceOf(plain, 'pewsOxygen'), { low: 2, high: 4 });
  return plain.oxygen === null && given.least !== given.most ? { least: 0, most: 4 } : given;
}

/** Bedside PEWS 0 to 26. */
export const pews = (plain: PlainCase): Span =>
  sum(
    overBands(plain, heartRate(plain), heartRates),
    overBands(plain, systolic(plain), pressures),
    breathingPoints(plain),
    pointsOf(measured(plain, 'capillaryRefillS'), [0, 4], (seconds) => (seconds >= 3 ? 4 : 0)),
    pointsFor(choiceOf(plain, 'pewsEffort'), { normal: 0, mild: 1, moderate: 2, severe: 4 }),
    pointsOf(saturation(plain), [0, 1, 2], (percent) => {
      if (percent <= 90) return 2;
      return percent <= 94 ? 1 : 0;
    }),
    oxygenPoints(plain),
  );
