import { itemNamed } from '@pentad/protocol/assessment-items';
import { slots } from '../picture.ts';
import { scoreNamed } from '../scores/all-scores.ts';

/** Beside the readings and the times since something: what the crew noted and goes out of date. */
const passing: ReadonlySet<string> = new Set([
  ...slots,
  'consciousness',
  'oxygen',
  'isPressureUnrecordable',
  'gcsEye',
  'gcsVerbal',
  'gcsMotor',
]);

const known = new Map<string, boolean>();

/** Whether a fact may change between two entries of the crew: readings, ages of things, answers with a term. */
export function isPassing(name: string): boolean {
  const before = known.get(name);
  if (before !== undefined) return before;
  const reads = scoreNamed(name)?.reads;
  const isOne =
    passing.has(name) ||
    name.startsWith('minutesSince') ||
    itemNamed(name)?.lastsMin !== undefined ||
    (reads?.some(isPassing) ?? false);
  known.set(name, isOne);
  return isOne;
}
