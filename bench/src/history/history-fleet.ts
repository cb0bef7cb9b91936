import type { CaseId } from '@pentad/protocol/ids';
import type { NumericsItem } from '@pentad/protocol/lane-item';
import { calm, caseIdOf, epochOf, numericsItem, vehicleOf } from '../fleet/fleet.ts';

/** As many units as a region moves at once (G17). */
export const HISTORY_VEHICLES = 500;
/** Nine stretches of the small table (`HistoryTable.repeat`). */
const CASE_SECONDS = 3_600;
const WINDOW_SECONDS = 300;

export interface CaseWindow {
  readonly caseId: CaseId;
  readonly vehicle: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly rows: number;
}

/** Ambulances on the road at 1 Hz from an instant on, with a new case each hour: samples in the order they come in. */
export class HistoryFleet {
  readonly #fromMs: number;
  readonly #epoch = epochOf(1);
  #made = 0;

  constructor(fromMs: number) {
    this.#fromMs = fromMs;
  }

  get made(): number {
    return this.#made;
  }

  next(): NumericsItem {
    const index = this.#made % HISTORY_VEHICLES;
    const second = Math.floor(this.#made / HISTORY_VEHICLES);
    this.#made += 1;
    const place = { index, epoch: this.#epoch, seq: second + 1, atMs: this.#atMs(index, second) };
    return { ...numericsItem(place, calm(index, second, place.atMs)), caseId: this.#caseAt(index, second) };
  }

  /** Notes that it has driven another stretch, within one case of each vehicle. */
  driveOn(seconds: number): { readonly fromSecond: number; readonly cases: readonly CaseId[] } {
    const fromSecond = this.#made / HISTORY_VEHICLES;
    this.#made += seconds * HISTORY_VEHICLES;
    const cases = Array.from({ length: HISTORY_VEHICLES }, (_, index) => this.#caseAt(index, fromSecond));
    return { fromSecond, cases };
  }

  /** Five minutes of one case. @param share where in what is stored, 0 the oldest */
  window(share: number): CaseWindow {
    const seconds = Math.floor(this.#made / HISTORY_VEHICLES);
    const index = Math.floor(share * 7_919) % HISTORY_VEHICLES;
    const oldest = Math.floor(share * Math.max(0, seconds - WINDOW_SECONDS));
    // Within one case.
    const caseFrom = Math.floor(oldest / CASE_SECONDS) * CASE_SECONDS;
    const latest = Math.min(caseFrom + CASE_SECONDS, seconds) - WINDOW_SECONDS;
    const from = Math.max(caseFrom, Math.min(oldest, latest));
    return {
      caseId: this.#caseAt(index, from),
      vehicle: vehicleOf(index),
      fromMs: Math.floor(this.#atMs(index, from)),
      toMs: Math.floor(this.#atMs(index, from + WINDOW_SECONDS - 1)),
      rows: WINDOW_SECONDS,
    };
  }

  #atMs(index: number, second: number): number {
    return this.#fromMs + second * 1_000 + (index * 997) / HISTORY_VEHICLES;
  }

  #caseAt(index: number, second: number): CaseId {
    return caseIdOf(Math.floor(second / CASE_SECONDS) * HISTORY_VEHICLES + index);
  }
}
