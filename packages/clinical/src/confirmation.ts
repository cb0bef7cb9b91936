import { vitalTermMs } from '@pentad/protocol/vitals';
import type { Chart } from './chart.ts';
import { partOf, type Picture, type Reading } from './picture.ts';
import type { Rule } from './rule.ts';

/** A cuff or thermometer reading nobody repeated in this time stands by itself (0.4: "repeated within 2 min"). */
export const unrepeatedStandsMs = 120_000;

const spotsOf = (rule: Rule, picture: Picture): readonly Reading[] =>
  rule.reads.flatMap((slot) => (picture[slot]?.origin === 'spot' ? [picture[slot]] : []));

/** In every row of the rule's time (30 s, or more where it says so; clinical.md 0.4, C28): over at least two readings of each streamed input, unless it holds without them; all else is taken as it is now. */
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
    if (spanMs.every((span) => span >= rule.sustainedMs)) return true;
    nextMs = atMs;
  }
  return false;
}

/** It holds on a spot reading that no earlier look bears out: the finding says provisional, the crew is asked to repeat. */
export function isUnrepeated(rule: Rule, picture: Picture, atMs: number, chart: Chart): boolean {
  if (spotsOf(rule, picture).length === 0) return false;
  return rule.holds(chart.withEarlierSpots(picture, atMs, () => true)) !== 'TRUE';
}

/** It holds by a flagged value of the dangerous side itself, not merely beside one (C6). */
function restsOnFlagged(rule: Rule, picture: Picture): boolean {
  const flagged = rule.reads.filter((slot) => picture[slot]?.firesAtOnce);
  if (flagged.length === 0) return false;
  const deciding = rule.decidedBy(picture);
  return flagged.some((slot) => deciding.includes(slot));
}

/** A rule that asks for two sets held on the one before as well, as far as it rests on what was taken now and then. */
function isOnTwoSets(rule: Rule, picture: Picture, chart: Chart): boolean {
  if (rule.setsApartMs === null) return true;
  const isStreamed = rule.reads.every((slot) => !picture[slot] || picture[slot].origin === 'streamed');
  return isStreamed || rule.holds(chart.withEarlierSets(picture, rule.setsApartMs)) === 'TRUE';
}

const holdsAsEntered = (rule: Rule, picture: Picture): boolean => rule.holds(partOf(picture, 'crew')) === 'TRUE';

/** It came to hold on the crew's entries by the passing of time alone: a window that closed, a hold that ran out. */
export const isDue = (rule: Rule, picture: Picture, chart: Chart): boolean =>
  holdsAsEntered(rule, picture) && isOnTwoSets(rule, picture, chart);

/**
 * Whether a rule that holds at `atMs` may fire. The crew's own entries need nothing more, nor does a flagged value on
 * the dangerous side (C6). Streamed values must have held 30 s. A cuff or thermometer needs a second look that holds
 * with the streamed values of now (C28); safe and quiet: one artefact does not ring, yet a single reading that nobody
 * repeats within 2 min does, as provisional, since a cuff cycle of 5-10 min is longer than many journeys.
 */
export function isConfirmed(rule: Rule, picture: Picture, rowIndex: number, atMs: number, chart: Chart): boolean {
  if (restsOnFlagged(rule, picture)) return true;
  if (!isOnTwoSets(rule, picture, chart)) return false;
  if (holdsAsEntered(rule, picture)) return true;
  const isYoung = (spot: Reading): boolean => atMs - spot.measuredAtMs < unrepeatedStandsMs;
  if (spotsOf(rule, picture).some(isYoung)) {
    const isBorneOut =
      !isUnrepeated(rule, picture, atMs, chart) ||
      rule.holds(chart.withEarlierSpots(picture, atMs, isYoung)) === 'TRUE';
    if (!isBorneOut) return false;
  }
  return isHeld(rule, picture, rowIndex, chart);
}
