import { calm, type Reading } from '../fleet/fleet.ts';
import type { AlertPlan } from './publisher-orders.ts';

const FAST_BPM = 112;
const ENOUGH_MMHG = 122;
const LOW_MMHG = 101;
/** Two cuff readings this far apart are two looks (clinical, stream-history). */
const LOOKS_APART_S = 11;

/** Heart rate above systolic pressure (GEN-SI) on the second of two low cuff readings: the sample that carries it fires. */
export class AlertReadings {
  readonly #plan: AlertPlan;
  readonly #startedAtMs: number;
  readonly #vehicles: number;
  readonly #looks = new Map<string, number>();

  constructor(plan: AlertPlan, startedAtMs: number, vehicles: number) {
    this.#plan = plan;
    this.#startedAtMs = startedAtMs;
    this.#vehicles = vehicles;
  }

  /** The k-th sample of a vehicle, and whether it fires. */
  reading(index: number, k: number, atMs: number): { readonly reading: Reading; readonly fires: boolean } {
    const turn = this.#turnOf(index);
    if (turn >= this.#plan.count) return { reading: calm(index, k, atMs), fires: false };
    const firesAt = turn < 0 ? 0 : Math.floor((this.#plan.startMs + turn * this.#plan.everyMs) / 1_000);
    if (k < firesAt - LOOKS_APART_S)
      return { reading: this.#of(ENOUGH_MMHG, this.#startedAtMs - 60_000), fires: false };
    const look = `${index}/${k < firesAt ? 'first' : 'second'}`;
    const takenAtMs = this.#looks.get(look) ?? atMs;
    this.#looks.set(look, takenAtMs);
    return { reading: this.#of(LOW_MMHG, takenAtMs), fires: turn >= 0 && k === firesAt };
  }

  /** Which of this round's alerts a vehicle is: negative, an earlier round's; `count` and over, none. */
  #turnOf(index: number): number {
    const slots = 1_000 / this.#plan.everyMs;
    const inSlot = this.#vehicles / slots;
    return (index % inSlot) * slots + Math.floor(index / inSlot) - this.#plan.from;
  }

  #of(systolicMmHg: number, cuffAtMs: number): Reading {
    return { heartRateBpm: FAST_BPM, systolicMmHg, cuffAtMs: Math.floor(cuffAtMs) };
  }
}
