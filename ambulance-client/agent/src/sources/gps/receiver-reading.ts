import type { Position } from '@pentad/protocol/position';
import { isOnEarth } from '@pentad/geo/geo-point';

/**
 * Metres of error (95 %) for each unit of HDOP: the GPS SPS Performance Standard (5th ed., 2020) promises 8 m for the
 * mean geometry, whose HDOP is about 1. Design: needs sign-off, because streets between houses are worse.
 */
export const METRES_PER_HDOP = 8;
/** Receivers write 50 or 99.99 where they know no HDOP, and 0 where they know nothing. */
const UNKNOWN_HDOP_FROM = 50;
/** Below this the course is noise. Design: needs sign-off. */
export const HEADING_FROM_MPS = 1.5;
/** The protocol's limits: what a device says beyond them is not a reading. */
const MAX_SPEED_MPS = 120;
const MAX_ACCURACY_M = 100_000;

export interface ReceiverReading {
  readonly latitudeDeg: number | null;
  readonly longitudeDeg: number | null;
  readonly speedMps: number | null;
  readonly courseDeg: number | null;
  readonly accuracyM: number | null;
}

export function accuracyOfHdop(hdop: number | null): number | null {
  return hdop === null || hdop <= 0 || hdop >= UNKNOWN_HDOP_FROM ? null : hdop * METRES_PER_HDOP;
}

/**
 * What a receiver said as a Position; what it cannot have meant becomes null. null as a whole: there is no place in it.
 * 0 N 0 E is what a receiver without a fix writes. A heading is a heading only while the vehicle moves.
 */
export function readPosition(reading: ReceiverReading): Position | null {
  const { latitudeDeg, longitudeDeg, courseDeg } = reading;
  if (latitudeDeg === null || longitudeDeg === null) return null;
  if (!isOnEarth({ latitudeDeg, longitudeDeg }) || (latitudeDeg === 0 && longitudeDeg === 0)) return null;
  const speedMps = within(reading.speedMps, MAX_SPEED_MPS);
  const isMoving = speedMps !== null && speedMps >= HEADING_FROM_MPS;
  return {
    latitudeDeg,
    longitudeDeg,
    speedMps,
    headingDeg: isMoving ? within(courseDeg, 360) : null,
    accuracyM: within(reading.accuracyM, MAX_ACCURACY_M),
  };
}

const within = (value: number | null, max: number): number | null =>
  value !== null && value >= 0 && value <= max ? value : null;
