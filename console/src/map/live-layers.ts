import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import type { FeatureCollection } from './geojson.ts';
import type { Palette } from './map-palette.ts';
import { addUnitImages } from './unit-images.ts';

const empty: FeatureCollection = { type: 'FeatureCollection', features: [] };
export type LiveSource = 'rings' | 'courses' | 'idle-units';

/** Sources and layers above the base map; screens only ever write data into them. */
export function addLiveLayers(map: MapLibreMap, palette: Palette): void {
  addUnitImages(map, palette);
  for (const id of ['rings', 'courses', 'idle-units'] satisfies LiveSource[])
    map.addSource(id, { type: 'geojson', data: empty });
  map.addLayer({
    id: 'rings',
    type: 'line',
    source: 'rings',
    paint: { 'line-color': palette.act, 'line-opacity': 0.7, 'line-width': 1.3, 'line-dasharray': [1, 3] },
  });
  map.addLayer({
    id: 'ring-labels',
    type: 'symbol',
    source: 'rings',
    layout: {
      'text-field': ['get', 'label'],
      'text-size': 12,
      'symbol-placement': 'line',
      'symbol-spacing': 400,
      'text-keep-upright': true,
    },
    paint: { 'text-color': palette.label, 'text-halo-color': palette.land, 'text-halo-width': 2 },
  });
  map.addLayer({
    id: 'courses',
    type: 'line',
    source: 'courses',
    layout: { 'line-cap': 'round' },
    paint: {
      'line-color': [
        'match',
        ['get', 'tier'],
        'level-1',
        palette.high,
        'level-2',
        palette.med,
        'advice',
        palette.low,
        palette.label,
      ],
      'line-width': 2,
      'line-dasharray': [3, 2.6],
    },
  });
  map.addLayer({
    id: 'idle-units',
    type: 'symbol',
    source: 'idle-units',
    layout: {
      'icon-image': ['get', 'image'],
      'icon-rotate': ['get', 'heading'],
      'icon-rotation-alignment': 'map',
      'icon-allow-overlap': true,
      'text-field': ['step', ['zoom'], '', 11.5, ['get', 'name']],
      'text-size': 12,
      'text-offset': [0, 1.4],
      'text-optional': true,
    },
    paint: { 'text-color': palette.label, 'text-halo-color': palette.land, 'text-halo-width': 1.5 },
  });
}

/** At most one write a frame for each source, with the newest data. */
export function createSourceWriter(map: MapLibreMap): (id: LiveSource, data: FeatureCollection) => void {
  const waiting = new Map<LiveSource, FeatureCollection>();
  let frame = 0;
  const write = (): void => {
    frame = 0;
    for (const [id, data] of waiting) void map.getSource<GeoJSONSource>(id)?.setData(data);
    waiting.clear();
  };
  return (id, data) => {
    waiting.set(id, data);
    if (frame === 0) frame = requestAnimationFrame(write);
  };
}
