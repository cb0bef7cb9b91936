import 'maplibre-gl/dist/maplibre-gl.css';
import { LngLatBounds, Map as MapLibreMap, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { Region } from '@pentad/protocol/http-api';
import type { Lang } from '@pentad/ui/locale';
import { baseStyle } from './base-style.ts';
import type { Palette } from './map-palette.ts';

setWorkerUrl(workerUrl);

export function regionBounds(region: Region): LngLatBounds {
  const bounds = new LngLatBounds();
  for (const hospital of region.hospitals) bounds.extend([hospital.longitudeDeg, hospital.latitudeDeg]);
  for (const { position } of region.units) if (position) bounds.extend([position.longitudeDeg, position.latitudeDeg]);
  if (bounds.isEmpty()) bounds.extend([region.centerLongitudeDeg, region.centerLatitudeDeg]);
  return bounds;
}

export const REGION_PADDING = { top: 84, bottom: 72, left: 60, right: 170 };

/** The one map of the page. It repaints only when something moved. */
export function makeMap(container: HTMLElement, region: Region, palette: Palette, lang: Lang): MapLibreMap {
  return new MapLibreMap({
    container,
    style: baseStyle(palette, lang),
    bounds: regionBounds(region),
    fitBoundsOptions: { padding: REGION_PADDING, maxZoom: 13 },
    minZoom: 6,
    maxZoom: 16,
    fadeDuration: 0,
    attributionControl: false,
    localIdeographFontFamily: palette.font,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    keyboard: false,
  });
}
