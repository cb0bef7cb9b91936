import { isJump, type TimedPosition } from './jump.ts';
import type { Polygon } from './polygon.ts';

/** Slower than this inside the gate, one position of known accuracy is an arrival. Design: needs sign-off. */
export const STOPPED_BELOW_MPS = 3;
/** Positions that agree with each other before a vehicle is believed to be where it cannot have driven. */
const AGREEING_POSITIONS = 3;

export type GateSide = 'inside' | 'outside';

/** The crossing lies after `notBeforeMs` (last position surely on the old side) and at or before `atMs` (first on the new). */
export interface GateStamp {
  readonly kind: 'arrived' | 'departed';
  readonly atMs: number;
  readonly notBeforeMs: number;
}

/** Plain data: it may be kept and taken up again after a restart. */
export interface GateState {
  /** null: no position has said anything yet. */
  readonly side: GateSide | null;
  /** Last instant the vehicle was surely on `side`. */
  readonly surelyAtMs: number | null;
  /** One position on another side, not confirmed yet. */
  readonly turning: { readonly side: GateSide; readonly sinceMs: number } | null;
  /** Last believed position that said something. */
  readonly last: TimedPosition | null;
  /** Newest position after a jump, and how many in a row agree with it. */
  readonly doubted: { readonly at: TimedPosition; readonly count: number } | null;
}

export interface GateStep {
  readonly state: GateState;
  readonly stamp: GateStamp | null;
}

export const atFirst: GateState = { side: null, surelyAtMs: null, turning: null, last: null, doubted: null };

/**
 * What one position says of a gate; null: nothing. An accuracy circle larger than the gate says nothing, and neither
 * does a position outside whose circle reaches the gate. An unknown accuracy is taken as a point.
 */
export function sideOf(gate: Polygon, { position }: TimedPosition): GateSide | null {
  const accuracyM = position.accuracyM ?? 0;
  if (Math.PI * accuracyM ** 2 > gate.areaM2) return null;
  if (gate.contains(position)) return 'inside';
  return gate.boundaryDistanceM(position) > accuracyM ? 'outside' : null;
}

/**
 * Positions of one vehicle, one by one, to stamps of one gate. Two positions on the other side are a crossing, or one
 * inside that is slow and of known accuracy. A vehicle first seen inside has not arrived: nobody saw it cross. What is
 * not newer than the last position changes nothing, so repeated and late positions do no harm; a jump waits for
 * positions that agree with it. `measuredAtMs` must come from one clock (the server's, as corrected by telemetry).
 */
export function passGate(gate: Polygon, state: GateState, fix: TimedPosition): GateStep {
  const { last, doubted } = state;
  const side = sideOf(gate, fix);
  if (side === null || (last && fix.measuredAtMs <= last.measuredAtMs)) return { state, stamp: null };
  if (!last || !isJump(last, fix)) return take({ ...state, last: fix, doubted: null }, fix, side);
  if (doubted && fix.measuredAtMs <= doubted.at.measuredAtMs) return { state, stamp: null };
  const count = doubted && !isJump(doubted.at, fix) ? doubted.count + 1 : 1;
  if (count < AGREEING_POSITIONS) return { state: { ...state, doubted: { at: fix, count } }, stamp: null };
  // The vehicle is there, and how it came there is unknown: it has to be seen on a side again.
  return { state: { ...state, turning: null, last: fix, doubted: null }, stamp: null };
}

function take(state: GateState, fix: TimedPosition, side: GateSide): GateStep {
  const atMs = fix.measuredAtMs;
  if (side === state.side) return { state: { ...state, surelyAtMs: atMs, turning: null }, stamp: null };
  const earlier = state.turning?.side === side ? state.turning : null;
  const turning = earlier ?? { side, sinceMs: atMs };
  if (!earlier && !(side === 'inside' && isStopped(fix))) return { state: { ...state, turning }, stamp: null };
  const crossed: GateState = { ...state, side, surelyAtMs: atMs, turning: null };
  if (state.side === null || state.surelyAtMs === null) return { state: crossed, stamp: null };
  const kind = side === 'inside' ? 'arrived' : 'departed';
  return { state: crossed, stamp: { kind, atMs: turning.sinceMs, notBeforeMs: state.surelyAtMs } };
}

const isStopped = ({ position: { speedMps, accuracyM } }: TimedPosition): boolean =>
  speedMps !== null && speedMps < STOPPED_BELOW_MPS && accuracyM !== null;
