import { distanceM } from '@pentad/geo/distance';
import type { GeoPoint } from '@pentad/geo/geo-point';
import type { Logger } from '../platform/logger.ts';
import type { RouteAnswer, RouteServicePorts } from './ask-route-service.ts';
import { estimateByGreatCircle } from './great-circle-router.ts';
import { estimate, type EtaSource, type Router } from './router.ts';

export interface RoadRouterPorts extends RouteServicePorts {
  readonly log: Logger;
}

export interface RoadWay {
  readonly seconds: number;
  readonly metres: number;
}

/**
 * A service knows the roads and neither the traffic nor the siren: the band of its answer. design: needs sign-off. The
 * minute at the end is turning in and stopping.
 */
export const ROAD_BAND = { fromFactor: 0.7, toFactor: 1.5, toExtraSeconds: 60 } as const;
/** Ends of a way are moved to the nearest road: an answer may be this much shorter than the great circle. design: needs sign-off */
const SNAP_LEEWAY_M = 2_000;
/** Mean speed over a whole way that no ambulance reaches (216 km/h). design: needs sign-off */
const MAX_MEAN_SPEED_MPS = 60;

/** A way shorter than the great circle, faster than an ambulance, or longer than a day is a mistake of the service. */
function isPlausible({ seconds, metres }: RoadWay, straightM: number): boolean {
  return (
    seconds >= 0 && seconds <= 86_400 && metres >= straightM - SNAP_LEEWAY_M && metres <= seconds * MAX_MEAN_SPEED_MPS
  );
}

/** Router over a service: asks, checks, and estimates by the great circle when there is no usable answer. */
export function createRoadRouter(
  { log }: RoadRouterPorts,
  source: Exclude<EtaSource, 'great-circle'>,
  ask: (from: GeoPoint, to: GeoPoint) => Promise<RouteAnswer<RoadWay>>,
): Router {
  return {
    eta: async (from, to, atMs) => {
      const { answer, failure } = await ask(from, to);
      if (answer && isPlausible(answer, distanceM(from, to)))
        return estimate(
          answer,
          {
            fromSeconds: answer.seconds * ROAD_BAND.fromFactor,
            toSeconds: answer.seconds * ROAD_BAND.toFactor + ROAD_BAND.toExtraSeconds,
          },
          { source, computedAtMs: atMs },
        );
      log.warn('routing.fell-back', { source, reason: failure ?? 'implausible' });
      return estimateByGreatCircle(from, to, atMs);
    },
  };
}
