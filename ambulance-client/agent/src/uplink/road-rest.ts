import type { Road } from '@pentad/protocol/lane';

const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/** A road whose publish failed rests for a growing time, so that one full stream holds up nobody else's. */
export class RoadRest {
  readonly #rests = new Map<Road, { untilMs: number; lengthMs: number }>();

  isOpen(road: Road, nowMs: number): boolean {
    return (this.#rests.get(road)?.untilMs ?? Number.NEGATIVE_INFINITY) <= nowMs;
  }

  failed(road: Road, nowMs: number): void {
    const lengthMs = Math.min(LONGEST_MS, (this.#rests.get(road)?.lengthMs ?? FIRST_MS / 2) * 2);
    this.#rests.set(road, { untilMs: nowMs + lengthMs, lengthMs });
  }

  worked(road: Road): void {
    this.#rests.delete(road);
  }
}
