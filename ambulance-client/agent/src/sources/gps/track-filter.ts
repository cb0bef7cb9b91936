import { distanceM } from '@pentad/geo/distance';
import { isJump, type TimedPosition } from '@pentad/geo/jump';
import type { Position } from '@pentad/protocol/position';

/** Fixes in a row that agree with each other before the vehicle is believed to be where it cannot have driven. */
export const AGREEING_FIXES = 3;
/** Below this a receiver's speed is noise and the vehicle may be parked. Design: needs sign-off. */
export const PARKED_BELOW_MPS = 1;
/** A parked receiver stays put while its fixes stay this near, or within their accuracy up to the larger bound. */
export const HOLD_M = 15;
const MAX_HOLD_M = 50;
/** A parked receiver that says another place for this long was held at a wrong one. Design: needs sign-off. */
export const HOLD_GIVEN_UP_AFTER_MS = 10_000;

export interface FilteredFixes {
  readonly passed: number;
  /** The instant of the last fix once more. */
  readonly duplicates: number;
  /** Impossibly far from the last fix, or older than it, and not confirmed (yet). */
  readonly doubted: number;
}

/**
 * One receiver's fixes to a track. A fix that is older than the last one or farther than a vehicle drives is held back
 * until fixes agree with it: a receiver that starts with a wrong place or date mends itself that way, and one stray fix
 * never shows. While the vehicle is parked its place is held; instant, speed and accuracy stay those of each fix.
 */
export class TrackFilter {
  #last: TimedPosition | null = null;
  /** The newest doubted fix and how many in a row agree with it. */
  #doubt: { readonly fix: TimedPosition; readonly count: number } | null = null;
  /** Where the vehicle is held, and since when its fixes have been elsewhere. */
  #parked: { readonly at: Position; readonly elsewhereSinceMs: number | null } | null = null;
  readonly #counts = { passed: 0, duplicates: 0, doubted: 0 };

  get counts(): FilteredFixes {
    return { ...this.#counts };
  }

  push(fix: TimedPosition): TimedPosition | null {
    if (fix.measuredAtMs === this.#last?.measuredAtMs) {
      this.#counts.duplicates += 1;
      return null;
    }
    if (this.#last && !follows(this.#last, fix)) {
      const count = this.#doubt && follows(this.#doubt.fix, fix) ? this.#doubt.count + 1 : 1;
      if (count < AGREEING_FIXES) {
        this.#doubt = { fix, count };
        this.#counts.doubted += 1;
        return null;
      }
      this.#parked = null;
    }
    this.#doubt = null;
    this.#last = fix;
    this.#counts.passed += 1;
    return { measuredAtMs: fix.measuredAtMs, position: this.#hold(fix) };
  }

  #hold({ measuredAtMs, position }: TimedPosition): Position {
    const { speedMps, accuracyM } = position;
    // Without a speed nobody knows whether it is parked, and a moving vehicle must not be shown standing.
    if (speedMps === null || speedMps >= PARKED_BELOW_MPS) {
      this.#parked = null;
      return position;
    }
    const at = this.#parked?.at ?? position;
    const isNear = distanceM(at, position) <= Math.min(MAX_HOLD_M, Math.max(HOLD_M, accuracyM ?? 0));
    const elsewhereSinceMs = isNear ? null : (this.#parked?.elsewhereSinceMs ?? measuredAtMs);
    const isGivenUp = elsewhereSinceMs !== null && measuredAtMs - elsewhereSinceMs >= HOLD_GIVEN_UP_AFTER_MS;
    this.#parked = isGivenUp ? { at: position, elsewhereSinceMs: null } : { at, elsewhereSinceMs };
    const { latitudeDeg, longitudeDeg } = this.#parked.at;
    return { ...position, latitudeDeg, longitudeDeg };
  }
}

const follows = (last: TimedPosition, fix: TimedPosition): boolean =>
  fix.measuredAtMs > last.measuredAtMs && !isJump(last, fix);
