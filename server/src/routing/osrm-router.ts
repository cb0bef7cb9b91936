import * as v from 'valibot';
import { askRouteService } from './ask-route-service.ts';
import { createRoadRouter, type RoadRouterPorts } from './road-router.ts';
import type { Router } from './router.ts';

const Length = v.pipe(v.number(), v.finite(), v.minValue(0));
/** What is read of OSRM's `/route/v1` answer: seconds and metres of the best way. */
const OsrmAnswer = v.object({
  code: v.literal('Ok'),
  routes: v.pipe(v.array(v.object({ duration: Length, distance: Length })), v.minLength(1)),
});

export interface OsrmSettings {
  /** With or without a path, e.g. http://127.0.0.1:5000/. */
  readonly baseUrl: string;
  /** The profile the service was built with. */
  readonly profile: string;
}

/** OSRM's HTTP API, version 1 of the route service. */
export function createOsrmRouter(ports: RoadRouterPorts, { baseUrl, profile }: OsrmSettings): Router {
  return createRoadRouter(ports, 'osrm', async (from, to) => {
    const ends = [from, to].map(({ longitudeDeg, latitudeDeg }) => `${decimal(longitudeDeg)},${decimal(latitudeDeg)}`);
    const path = `route/v1/${encodeURIComponent(profile)}/${ends.join(';')}`;
    const url = new URL(path, folderOf(baseUrl));
    url.search = 'overview=false&steps=false&alternatives=false';
    const { answer, failure } = await askRouteService(ports, url, { method: 'GET' }, OsrmAnswer);
    if (!answer) return { answer, failure };
    const [best] = answer.routes;
    return best
      ? { answer: { seconds: best.duration, metres: best.distance }, failure: null }
      : { answer: null, failure: 'unreadable' };
  });
}

/** Centimetres are enough, and no exponent ever stands in a URL. */
const decimal = (degrees: number): string => degrees.toFixed(7);

const folderOf = (url: string): string => (url.endsWith('/') ? url : `${url}/`);
