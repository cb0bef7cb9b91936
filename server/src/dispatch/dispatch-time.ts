import type { DispatchTimes } from '@pentad/protocol/dispatch-job';
import { readInstant } from './instant-text.ts';

const DAY_MS = 24 * 3_600_000;
const EARLIEST_BEFORE_MS = 30 * DAY_MS;
const LATEST_AFTER_MS = DAY_MS;

/**
 * Whether a dispatch centre can mean this instant by a time of a job: from 30 days before now to one day after. A clock
 * that stands at 1970, a date with its parts in another order and a number in another unit lie outside; a stamp made of
 * one would be read as a door-to-needle time of years. 30 days leave room for a centre whose jobs of a long outage come
 * afterwards, one day for clocks that are ahead and for a time written in UTC that is read as China's.
 * Both bounds are ours and no rule's: design, needs sign-off.
 */
export const isDispatchTime = (atMs: number, nowMs: number): boolean =>
  atMs >= nowMs - EARLIEST_BEFORE_MS && atMs <= nowMs + LATEST_AFTER_MS;

/** @returns integer Unix ms; null: no instant, or none a job of now can have */
export function readDispatchTime(text: string, nowMs: number): number | null {
  const atMs = readInstant(text);
  return atMs !== null && isDispatchTime(atMs, nowMs) ? atMs : null;
}

const fieldOfTime = {
  callAtMs: 'callAt',
  answerAtMs: 'answerAt',
  dispatchAtMs: 'dispatchAt',
  departAtMs: 'departAt',
} as const satisfies Record<keyof DispatchTimes, string>;
const timeNames = ['callAtMs', 'answerAtMs', 'dispatchAtMs', 'departAtMs'] as const;

export interface RefusedTime {
  readonly field: keyof DispatchTimes;
  readonly atMs: number;
  readonly code: `job-row.${(typeof fieldOfTime)[keyof typeof fieldOfTime]}`;
}

/** The times that can be meant; the others are null, and said. The job is worth taking without them. */
export function timesWithin(
  told: DispatchTimes,
  nowMs: number,
): { readonly times: DispatchTimes; readonly refused: readonly RefusedTime[] } {
  const times = { ...told };
  const refused: RefusedTime[] = [];
  for (const field of timeNames) {
    const atMs = told[field];
    if (atMs === null || isDispatchTime(atMs, nowMs)) continue;
    times[field] = null;
    refused.push({ field, atMs, code: `job-row.${fieldOfTime[field]}` });
  }
  return { times, refused };
}
