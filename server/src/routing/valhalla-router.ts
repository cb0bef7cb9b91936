import * as v from 'valibot';
import { askRouteService } from './ask-route-service.ts';
import { createRoadRouter, type RoadRouterPorts } from './road-router.ts';
import type { Router } from './router.ts';

const Length = v.pipe(v.number(), v.finite(), v.minValue(0));
/** What is read of Valhalla's `/route` answer: seconds, and length in the units it names. */
const ValhallaAnswer = v.object({
  trip: v.object({
    status: v.literal(0),
    units: v.literal('kilometers'),
    summary: v.object({ time: Length, length: Length }),
  }),
});

export interface ValhallaSettings {
  /** With or without a path, e.g. http://127.0.0.1:8002/. */
  readonly baseUrl: string;
  readonly costing: string;
}

/** Valhalla's turn-by-turn API, asked without directions. */
export function createValhallaRouter(ports: RoadRouterPorts, { baseUrl, costing }: ValhallaSettings): Router {
  const url = new URL('route', baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`);
  return createRoadRouter(ports, 'valhalla', async (from, to) => {
    const body = JSON.stringify({
      locations: [from, to].map(({ latitudeDeg, longitudeDeg }) => ({ lat: latitudeDeg, lon: longitudeDeg })),
      costing,
      units: 'kilometers',
      directions_type: 'none',
    });
    const init = { method: 'POST', body, headers: { 'content-type': 'application/json' } };
    const { answer, failure } = await askRouteService(ports, url, init, ValhallaAnswer);
    if (!answer) return { answer, failure };
    const { time, length } = answer.trip.summary;
    return { answer: { seconds: time, metres: length * 1_000 }, failure: null };
  });
}
