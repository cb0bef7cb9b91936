import { readAngleDeg, readDate, readFullDate, readKnotsMps, readNumber } from './nmea-field.ts';
import type { ReceiverReading } from './receiver-reading.ts';
import { accuracyOfHdop } from './receiver-reading.ts';

type Fields = readonly string[];
interface Place {
  readonly latitudeDeg: number | null;
  readonly longitudeDeg: number | null;
}
const nowhere: Place = { latitudeDeg: null, longitudeDeg: null };

// Mode of RMC, GLL and VTG (absent before NMEA 2.3): N none, E estimated by dead reckoning, S simulated, M typed in.
const isMeasuredMode = (mode: string | undefined): boolean => !/^[NESM]/.test(mode ?? '');
// Quality of GGA: 0 none, 6 estimated, 7 typed in, 8 simulated.
const isMeasuredQuality = (quality: string | undefined): boolean => /^[1-59]$/.test(quality ?? '');

const placeAt = (fields: Fields, index: number): Place => ({
  latitudeDeg: readAngleDeg(fields[index], fields[index + 1], 90),
  longitudeDeg: readAngleDeg(fields[index + 2], fields[index + 3], 180),
});

/** What the sentences of one time of day have said. */
export class NmeaEpoch {
  readonly timeOfDayMs: number;
  #midnightMs: number | null = null;
  readonly #places = new Map<string, Place>();
  /** By sentence type: whether any sentence of it said that there is a fix. */
  readonly #hasFix = new Map<string, boolean>();
  readonly #hdops = new Map<string, number | null>();
  readonly #motions = new Map<string, { readonly speedMps: number | null; readonly courseDeg: number | null }>();

  constructor(timeOfDayMs: number) {
    this.timeOfDayMs = timeOfDayMs;
  }

  /** Midnight UTC of the day RMC or ZDA named, epoch ms. */
  get midnightMs(): number | null {
    return this.#midnightMs;
  }

  /** null: nothing was said about a fix. Every type that spoke of one must have said once that there is one. */
  get hasFix(): boolean | null {
    const said = [...this.#hasFix.values()];
    return said.length === 0 ? null : said.every(Boolean);
  }

  get reading(): ReceiverReading {
    const place = this.#places.get('RMC') ?? this.#places.get('GGA') ?? this.#places.get('GLL') ?? nowhere;
    const motion = this.#motions.get('RMC') ?? this.#motions.get('VTG') ?? { speedMps: null, courseDeg: null };
    const hdop = this.#hdops.get('GGA') ?? this.#hdops.get('GSA') ?? null;
    return { ...place, ...motion, accuracyM: accuracyOfHdop(hdop) };
  }

  add(type: string, fields: Fields): void {
    if (type === 'RMC') this.#addRmc(fields);
    else if (type === 'GGA') this.#addGga(fields);
    else if (type === 'GLL') this.#addPlace('GLL', fields[5] === 'A' && isMeasuredMode(fields[6]), placeAt(fields, 0));
    else if (type === 'ZDA') this.#midnightMs ??= readFullDate(fields[1], fields[2], fields[3]);
    else if (type === 'GSA') this.#addHdop('GSA', fields[15]);
    else if (type === 'VTG' && isMeasuredMode(fields[8])) this.#addMotion('VTG', fields[4], fields[0]);
  }

  #addRmc(fields: Fields): void {
    this.#midnightMs ??= readDate(fields[8]);
    const hasFix = fields[1] === 'A' && isMeasuredMode(fields[11]);
    this.#addPlace('RMC', hasFix, placeAt(fields, 2));
    if (hasFix) this.#addMotion('RMC', fields[6], fields[7]);
  }

  #addGga(fields: Fields): void {
    const hasFix = isMeasuredQuality(fields[5]);
    this.#addPlace('GGA', hasFix, placeAt(fields, 1));
    if (hasFix) this.#addHdop('GGA', fields[7]);
  }

  /** The first of a type counts: a receiver with one sentence a constellation repeats the place. */
  #addPlace(type: string, hasFix: boolean, place: Place): void {
    this.#hasFix.set(type, hasFix || this.#hasFix.get(type) === true);
    if (hasFix && !this.#places.has(type)) this.#places.set(type, place);
  }

  #addHdop(type: string, field: string | undefined): void {
    if (!this.#hdops.has(type)) this.#hdops.set(type, readNumber(field));
  }

  #addMotion(type: string, knots: string | undefined, course: string | undefined): void {
    if (!this.#motions.has(type))
      this.#motions.set(type, { speedMps: readKnotsMps(knots), courseDeg: readNumber(course) });
  }
}
