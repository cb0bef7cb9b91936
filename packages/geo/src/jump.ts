import type { Position } from '@pentad/protocol/position';
import { distanceM } from './distance.ts';

/** A position and the instant it was measured at, epoch ms. */
export interface TimedPosition {
  readonly measuredAtMs: number;
  readonly position: Position;
}

/** 252 km/h: no road vehicle, and slower than any error worth calling a jump. Design: needs sign-off. */
export const MAX_ROAD_SPEED_MPS = 70;

/**
 * Whether one vehicle cannot have gone from one position to the other: the least speed that both accuracies leave is
 * above what a road vehicle drives. Two different places at one instant are a jump. An unknown accuracy leaves nothing.
 */
export function isJump(from: TimedPosition, to: TimedPosition): boolean {
  const leeway = (from.position.accuracyM ?? 0) + (to.position.accuracyM ?? 0);
  const leastM = distanceM(from.position, to.position) - leeway;
  return leastM > (MAX_ROAD_SPEED_MPS * Math.abs(to.measuredAtMs - from.measuredAtMs)) / 1_000;
}
