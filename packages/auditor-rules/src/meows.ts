import { measured } from './answers.ts';
import { breaths, diastolic, heartRate, responds, saturation, systolic, temperature } from './measurements.ts';
import type { PlainCase } from './plain-case.ts';
import { above, any, atLeast, below, between, type Span, type Verdict } from './three-valued.ts';

const outside = (span: Span, least: number, most: number): Verdict => any(below(span, least), above(span, most));

/** The red fields of the chart (B5.1). */
const reds = (plain: PlainCase): readonly Verdict[] => [
  outside(breaths(plain), 10, 30),
  below(saturation(plain), 95),
  outside(temperature(plain), 35, 38),
  outside(systolic(plain), 90, 160),
  above(diastolic(plain), 100),
  outside(heartRate(plain), 40, 120),
  responds(plain, 'pain', 'unresponsive'),
];
const yellows = (plain: PlainCase): readonly Verdict[] => [
  between(breaths(plain), 21, 30),
  between(temperature(plain), 35, 36),
  any(between(systolic(plain), 150, 160), between(systolic(plain), 90, 100)),
  between(diastolic(plain), 90, 100),
  any(between(heartRate(plain), 100, 120), between(heartRate(plain), 40, 50)),
  responds(plain, 'confusion', 'voice'),
  atLeast(measured(plain, 'maternalPain'), 2),
];
const count = (verdicts: readonly Verdict[]): Span => ({
  least: verdicts.filter((verdict) => verdict === 'TRUE').length,
  most: verdicts.filter((verdict) => verdict !== 'FALSE').length,
});

export const meowsReds = (plain: PlainCase): Span => count(reds(plain));
export const meowsYellows = (plain: PlainCase): Span => count(yellows(plain));

/** One red or two yellow. */
export const meowsTriggers = (plain: PlainCase): Verdict =>
  any(atLeast(meowsReds(plain), 1), atLeast(meowsYellows(plain), 2));
