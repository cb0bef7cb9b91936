import * as v from 'valibot';
import { greatCircleRouter } from './great-circle-router.ts';
import { createOsrmRouter } from './osrm-router.ts';
import type { RoadRouterPorts } from './road-router.ts';
import type { Router } from './router.ts';
import { createValhallaRouter } from './valhalla-router.ts';

function isBareHttp(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash;
}
const BaseUrl = v.pipe(v.string(), v.maxLength(2_048), v.check(isBareHttp, 'http or https, without query or password'));
const Word = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));

/** Which router an installation uses. The address comes from configuration alone; there is no public service by default. */
export const RoutingSettings = v.variant('kind', [
  v.object({ kind: v.literal('great-circle') }),
  v.object({ kind: v.literal('osrm'), baseUrl: BaseUrl, profile: v.optional(Word, 'driving') }),
  v.object({ kind: v.literal('valhalla'), baseUrl: BaseUrl, costing: v.optional(Word, 'auto') }),
]);
export type RoutingSettings = v.InferOutput<typeof RoutingSettings>;

export function chooseRouter(settings: RoutingSettings, ports: RoadRouterPorts): Router {
  switch (settings.kind) {
    case 'great-circle':
      return greatCircleRouter;
    case 'osrm':
      return createOsrmRouter(ports, settings);
    case 'valhalla':
      return createValhallaRouter(ports, settings);
  }
}
