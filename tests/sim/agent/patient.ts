import { noVitals, type Vitals, type VitalTimes } from '@pentad/protocol/vitals';
import type { Rng } from '../world/rng.ts';

/** Clear of every threshold either way, so that the truth of the case is not a matter of rounding. */
const well: Vitals = { ...noVitals, heartRateBpm: 75, respiratoryRatePerMin: 16, spo2Percent: 98 };
const failing: Vitals = { ...noVitals, heartRateBpm: 150, respiratoryRatePerMin: 32, spo2Percent: 82 };

export type Course = 'well' | 'failing' | 'fails-later' | 'fails-and-recovers' | 'fails-twice';
export const courses: readonly Course[] = [
  'well',
  'well',
  'failing',
  'fails-later',
  'fails-and-recovers',
  'fails-twice',
];

/** One patient's true course; `isFailing` is what the reference goes by. */
export class Patient {
  readonly course: Course;
  readonly #startedAtMs: number;
  readonly #turnMs: number;
  /** Instants at which failing vitals were measured, true time. */
  readonly failingAtMs: number[] = [];

  constructor(course: Course, startedAtMs: number, rng: Rng) {
    this.course = course;
    this.#startedAtMs = startedAtMs;
    this.#turnMs = rng.between(60, 120) * 1_000;
  }

  isFailingAt(atMs: number): boolean {
    const phase = Math.floor((atMs - this.#startedAtMs) / this.#turnMs);
    switch (this.course) {
      case 'well':
        return false;
      case 'failing':
        return true;
      case 'fails-later':
        return phase >= 1;
      case 'fails-and-recovers':
        return phase === 1;
      case 'fails-twice':
        return phase === 1 || phase >= 4;
    }
  }

  /** At most this many separate episodes can truly be. */
  get episodes(): number {
    return this.course === 'well' ? 0 : this.course === 'fails-twice' ? 2 : 1;
  }

  measure(atMs: number): { vitals: Vitals; times: VitalTimes } {
    const isFailing = this.isFailingAt(atMs);
    if (isFailing) this.failingAtMs.push(atMs);
    return { vitals: isFailing ? failing : well, times: { bloodPressureAtMs: null, temperatureAtMs: null } };
  }
}
