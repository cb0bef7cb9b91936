import { atFirst, passGate, type GateState, type GateStamp } from '@pentad/geo/gate-crossing';
import type { TimedPosition } from '@pentad/geo/jump';
import type { Polygon } from '@pentad/geo/polygon';

/** One vehicle against all gates of one hospital. What was said before `notBeforeMs` is not listened to. */
export class GatePassage {
  readonly #notBeforeMs: number;
  #gates: { readonly polygon: Polygon; readonly state: GateState }[];

  constructor(gates: readonly Polygon[], notBeforeMs: number) {
    this.#gates = gates.map((polygon) => ({ polygon, state: atFirst }));
    this.#notBeforeMs = notBeforeMs;
  }

  /** @returns the arrival this position completes, at whichever gate; a departure is none */
  pass(fix: TimedPosition): GateStamp | null {
    if (fix.measuredAtMs < this.#notBeforeMs) return null;
    let arrived: GateStamp | null = null;
    this.#gates = this.#gates.map(({ polygon, state }) => {
      const step = passGate(polygon, state, fix);
      if (step.stamp?.kind === 'arrived') arrived ??= step.stamp;
      return { polygon, state: step.state };
    });
    return arrived;
  }
}
