import type { TimedPosition } from '@pentad/geo/jump';
import { NmeaEpoch } from './nmea-epoch.ts';
import { instantNear, readTimeOfDayMs } from './nmea-field.ts';
import type { NmeaSentence } from './nmea-sentence.ts';
import { readPosition } from './receiver-reading.ts';

export interface NmeaFixes {
  readonly fixes: number;
  /** Epochs whose receiver said that it has no fix, or that it guesses, simulates or was told the place. */
  readonly withoutFix: number;
  /** Epochs before any sentence gave a date. */
  readonly undated: number;
  /** Sentences whose time of day is unreadable, and epochs that say "fix" and name no place. */
  readonly unreadable: number;
}

/** Where the time of day stands in each sentence that has one. */
const timeFields: ReadonlyMap<string, number> = new Map([
  ['RMC', 0],
  ['GGA', 0],
  ['ZDA', 0],
  ['GLL', 4],
]);
/** Talker and type: any constellation's talker. Proprietary addresses begin with P and have no talker. */
const ADDRESS_CHARS = 5;

/**
 * Sentences of one receiver to fixes, time and place as the receiver measured them. The sentences of one time of day are
 * one fix, given out when the next time of day begins or at `flush`. RMC gives place, motion and date; GGA place and
 * HDOP; GLL place; ZDA the date; VTG and GSA, which carry no time, count for the epoch they follow.
 */
export class NmeaFixDecoder {
  #epoch: NmeaEpoch | null = null;
  #lastAtMs: number | null = null;
  readonly #counts = { fixes: 0, withoutFix: 0, undated: 0, unreadable: 0 };

  get counts(): NmeaFixes {
    return { ...this.#counts };
  }

  push({ address, fields }: NmeaSentence): TimedPosition | null {
    if (address.length !== ADDRESS_CHARS || address.startsWith('P')) return null;
    const type = address.slice(2);
    const index = timeFields.get(type);
    if (index === undefined) {
      this.#epoch?.add(type, fields);
      return null;
    }
    const timeOfDayMs = readTimeOfDayMs(fields[index]);
    // Before its first fix a receiver knows no time and leaves the field empty.
    if (timeOfDayMs === null) return fields[index] ? this.#drop('unreadable') : null;
    const ended = this.#epoch && this.#epoch.timeOfDayMs !== timeOfDayMs ? this.flush() : null;
    this.#epoch ??= new NmeaEpoch(timeOfDayMs);
    this.#epoch.add(type, fields);
    return ended;
  }

  /** The fix of the sentences heard so far: the line went silent, so nothing more of this instant comes. */
  flush(): TimedPosition | null {
    const epoch = this.#epoch;
    this.#epoch = null;
    if (!epoch) return null;
    const measuredAtMs = this.#instant(epoch);
    this.#lastAtMs = measuredAtMs ?? this.#lastAtMs;
    // ZDA alone is no epoch of its own.
    if (epoch.hasFix === null) return null;
    if (!epoch.hasFix) return this.#drop('withoutFix');
    if (measuredAtMs === null) return this.#drop('undated');
    const position = readPosition(epoch.reading);
    if (!position) return this.#drop('unreadable');
    this.#counts.fixes += 1;
    return { measuredAtMs, position };
  }

  #instant({ midnightMs, timeOfDayMs }: NmeaEpoch): number | null {
    if (midnightMs !== null) return midnightMs + timeOfDayMs;
    return this.#lastAtMs === null ? null : instantNear(this.#lastAtMs, timeOfDayMs);
  }

  #drop(outcome: keyof NmeaFixes): null {
    this.#counts[outcome] += 1;
    return null;
  }
}
