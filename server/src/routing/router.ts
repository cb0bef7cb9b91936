import type { GeoPoint } from '@pentad/geo/geo-point';

export type EtaSource = 'great-circle' | 'osrm' | 'valhalla';

/** How long the way takes, never as one number alone: shown or compared with its band and its source. */
export interface EtaEstimate {
  readonly seconds: number;
  /** The band: `fromSeconds` <= `seconds` <= `toSeconds`. */
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Length of the way by road; an estimate too where the source is the great circle. */
  readonly metres: number;
  readonly source: EtaSource;
  /** The instant all seconds count from, epoch ms: the `atMs` of the question. */
  readonly computedAtMs: number;
}

export interface Router {
  /** The way from where the vehicle was at `atMs` (WGS-84). Always answers: what fails falls back and says so in `source`. */
  eta(from: GeoPoint, to: GeoPoint, atMs: number): Promise<EtaEstimate>;
}

/** Whole seconds and metres, the band rounded outwards. */
export function estimate(
  way: { readonly seconds: number; readonly metres: number },
  band: { readonly fromSeconds: number; readonly toSeconds: number },
  said: { readonly source: EtaSource; readonly computedAtMs: number },
): EtaEstimate {
  return {
    seconds: Math.round(way.seconds),
    fromSeconds: Math.floor(band.fromSeconds),
    toSeconds: Math.ceil(band.toSeconds),
    metres: Math.round(way.metres),
    ...said,
  };
}
