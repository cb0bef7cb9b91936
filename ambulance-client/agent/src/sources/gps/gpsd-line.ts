import type { TimedPosition } from '@pentad/geo/jump';
import * as v from 'valibot';
import { accuracyOfHdop, readPosition } from './receiver-reading.ts';

const number = v.optional(v.nullable(v.number()));
/** Time, place and motion; what gpsd does not know it leaves out. */
const Tpv = v.object({
  class: v.literal('TPV'),
  mode: v.number(),
  status: number,
  time: v.optional(v.nullable(v.string())),
  lat: number,
  lon: number,
  speed: number,
  track: number,
  eph: number,
  epx: number,
  epy: number,
});
const Sky = v.object({ class: v.literal('SKY'), hdop: number });
const Report = v.variant('class', [Tpv, Sky]);
const Other = v.object({ class: v.string() });

export interface GpsdReports {
  readonly fixes: number;
  /** TPV that says that there is no fix, or that the place is reckoned or simulated. */
  readonly withoutFix: number;
  /** Reports of other classes: VERSION, DEVICES, WATCH .. */
  readonly others: number;
  readonly unreadable: number;
}

const MODE_2D = 2;
/** TPV.status: dead reckoning, and simulated. */
const NOT_MEASURED: readonly number[] = [5, 8];
/** An HDOP of SKY stands for this many TPV after it; gpsd sends SKY about once a second. */
const HDOP_LASTS_TPV = 10;

/** Lines of gpsd's JSON watch protocol (one device watched) to fixes. */
export class GpsdDecoder {
  #hdop: { readonly value: number; readonly leftTpv: number } | null = null;
  readonly #counts = { fixes: 0, withoutFix: 0, others: 0, unreadable: 0 };

  get counts(): GpsdReports {
    return { ...this.#counts };
  }

  push(line: string): TimedPosition | null {
    if (line.trim() === '') return null;
    const json = parse(line);
    const report = v.safeParse(Report, json);
    if (!report.success) return this.#drop(isOther(json) ? 'others' : 'unreadable');
    if (report.output.class === 'TPV') return this.#takeTpv(report.output);
    const { hdop } = report.output;
    if (typeof hdop === 'number') this.#hdop = { value: hdop, leftTpv: HDOP_LASTS_TPV };
    return null;
  }

  #takeTpv(tpv: v.InferOutput<typeof Tpv>): TimedPosition | null {
    const accuracyM = statedAccuracyM(tpv) ?? this.#accuracyOfSkyM();
    if (tpv.mode < MODE_2D || NOT_MEASURED.includes(tpv.status ?? 0)) return this.#drop('withoutFix');
    const measuredAtMs = readTime(tpv.time);
    const position = readPosition({
      latitudeDeg: tpv.lat ?? null,
      longitudeDeg: tpv.lon ?? null,
      speedMps: tpv.speed ?? null,
      courseDeg: tpv.track ?? null,
      accuracyM,
    });
    if (measuredAtMs === null || !position) return this.#drop('unreadable');
    this.#counts.fixes += 1;
    return { measuredAtMs, position };
  }

  #accuracyOfSkyM(): number | null {
    if (!this.#hdop) return null;
    const { value, leftTpv } = this.#hdop;
    this.#hdop = leftTpv > 1 ? { value, leftTpv: leftTpv - 1 } : null;
    return accuracyOfHdop(value);
  }

  #drop(outcome: keyof GpsdReports): null {
    this.#counts[outcome] += 1;
    return null;
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Half a line, or another protocol on this port: counted as unreadable.
    return null;
  }
}

const isOther = (json: unknown): boolean => {
  const read = v.safeParse(Other, json);
  return read.success && read.output.class !== 'TPV' && read.output.class !== 'SKY';
};

/** `eph` is the error of the place; older versions have only those of its two axes. 0 is no error estimate. */
function statedAccuracyM({ eph, epx, epy }: v.InferOutput<typeof Tpv>): number | null {
  const stated = eph ?? (typeof epx === 'number' && typeof epy === 'number' ? Math.hypot(epx, epy) : null);
  return stated !== null && stated > 0 ? stated : null;
}

function readTime(time: string | null | undefined): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/.test(time ?? '')) return null;
  const atMs = Date.parse(time ?? '');
  return Number.isFinite(atMs) ? Math.round(atMs) : null;
}
