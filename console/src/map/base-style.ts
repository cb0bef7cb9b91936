import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { Lang } from '@pentad/ui/locale';
import type { Palette } from './map-palette.ts';

export const BASE_FILES = { context: '/base-map/context.json', county: '/base-map/county.json' } as const;
type Source = keyof typeof BASE_FILES;

const only = (...kinds: readonly string[]) => ['in', ['get', 'kind'], ['literal', kinds]] as never;

const fill = (source: Source, kind: string, color: string): LayerSpecification => ({
  id: `${source}-${kind}-fill`,
  type: 'fill',
  source,
  filter: only(kind),
  paint: { 'fill-color': color, 'fill-antialias': false },
});

const line = (source: Source, kind: string, color: string, width: number, dash?: number[]): LayerSpecification => ({
  id: `${source}-${kind}-line`,
  type: 'line',
  source,
  filter: only(kind),
  layout: { 'line-cap': dash ? 'butt' : 'round', 'line-join': 'round' },
  paint: {
    'line-color': color,
    'line-width': ['interpolate', ['linear'], ['zoom'], 8, width * 0.6, 11, width, 14, width * 2.4],
    ...(dash ? { 'line-dasharray': dash } : {}),
  },
});

export const townLabel = (lang: Lang) =>
  ['coalesce', ['get', lang === 'en' ? 'nameEn' : 'nameZh'], ['get', 'nameZh']] as never;

/**
 * Our own schematic base map, in greys: colour is kept for cases and centers. No glyph or sprite server: labels of
 * every script are drawn on this machine.
 */
export function baseStyle(palette: Palette, lang: Lang): StyleSpecification {
  return {
    version: 8,
    sources: {
      context: { type: 'geojson', data: BASE_FILES.context },
      county: { type: 'geojson', data: BASE_FILES.county },
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': palette.ground } },
      fill('context', 'land', palette.land),
      fill('context', 'province', palette.land),
      fill('county', 'land', palette.land),
      fill('county', 'county', palette.land),
      fill('context', 'lake', palette.water),
      fill('county', 'lake', palette.water),
      line('context', 'river', palette.water, 5),
      line('county', 'river', palette.water, 6),
      line('context', 'road-1', palette.mainRoad, 2.4),
      line('county', 'road-2', palette.road, 2),
      line('county', 'road-1', palette.mainRoad, 3.2),
      line('context', 'province', palette.border, 1.2, [6, 3]),
      line('county', 'county', palette.border, 1.6, [5, 2, 1, 2]),
      {
        id: 'towns',
        type: 'symbol',
        source: 'county',
        filter: only('town'),
        layout: { 'text-field': townLabel(lang), 'text-size': 12, 'text-letter-spacing': 0.08 },
        paint: { 'text-color': palette.label, 'text-halo-color': palette.land, 'text-halo-width': 1.5 },
      },
    ],
  };
}
