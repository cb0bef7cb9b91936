import { vitalTermMs } from '@pentad/protocol/vitals';
import type { Chart } from './chart.ts';
import { partOf, type Picture, type Reading } from './picture.ts';
import type { Rule } from './rule.ts';

/** A rule holds on streamed values when it held in every row over this much measured time (clinical.md 0.4, C28). */
export const holdMs = 30_000;
/** A cuff or thermometer reading nobody repeated in this time stands by itself (0.4: "repeated within 2 min"). */
export const unrepeatedStandsMs = 120_000;

const spotsOf = (rule: Rule, picture: Picture): readonly Reading[] =>
  rule.reads.flatMap((slot) => (picture[slot]?.origin === 'spot' ? [picture[slot]] : []));

/** Over at least two readings of each streamed input, unless it holds without them; all else is taken as it is now. */
function isHeld(rule: Rule, picture: Picture, rowIndex: number, chart: Chart): boolean {
  const streamed = rule.reads.filter((slot) => picture[slot]?.origin === 'streamed');
  if (streamed.length === 0 || rule.holds(partOf(picture, 'crew', 'spot')) === 'TRUE') return true;
  const { rows } = chart.history;
  const lastMs = rows[rowIndex]?.measuredAtMs ?? -Infinity;
  let nextMs = lastMs;
  for (let at = rowIndex; at >= 0; at -= 1) {
    const atMs = rows[at]?.measuredAtMs ?? -Infinity;
    if (nextMs - atMs > vitalTermMs.streamed) return false;
    const then = at === rowIndex ? picture : chart.withStreamedOf(picture, at);
    if (rule.holds(then) !== 'TRUE') return false;
    const spanMs = streamed.map((slot) => (picture[slot]?.measuredAtMs ?? lastMs) - (then[slot]?.measuredAtMs ?? atMs));
    if (spanMs.every((span) => span >= holdMs)) return true;
    nextMs = atMs;
  }
  return false;
}

/** It holds on a spot reading that no earlier look bears out: the finding says provisional, the crew is asked to repeat. */
export function isUnrepeated(rule: Rule, picture: Picture, atMs: number, chart: Chart): boolean {
  if (spotsOf(rule, picture).length === 0) return false;
  return rule.holds(chart.withEarlierSpots(picture, atMs, () => true)) !== 'TRUE';
}

/**
 * Whether a rule that holds at `atMs` may fire. The crew's own entries need nothing more, nor does a flagged value on
 * the dangerous side (C6). Streamed values must have held 30 s. A cuff or thermometer needs a second look that holds
 * with the streamed values of now (C28); safe and quiet: one artefact does not ring, yet a single reading that nobody
 * repeats within 2 min does, as provisional, since a cuff cycle of 5-10 min is longer than many journeys.
 */
export function isConfirmed(rule: Rule, picture: Picture, rowIndex: number, atMs: number, chart: Chart): boolean {
  if (rule.holds(partOf(picture, 'crew')) === 'TRUE') return true;
  if (rule.reads.some((slot) => picture[slot]?.firesAtOnce)) return true;
  const isYoung = (spot: Reading): boolean => atMs - spot.measuredAtMs < unrepeatedStandsMs;
  if (spotsOf(rule, picture).some(isYoung)) {
    const isBorneOut =
      !isUnrepeated(rule, picture, atMs, chart) ||
      rule.holds(chart.withEarlierSpots(picture, atMs, isYoung)) === 'TRUE';
    if (!isBorneOut) return false;
  }
  return isHeld(rule, picture, rowIndex, chart);
}
