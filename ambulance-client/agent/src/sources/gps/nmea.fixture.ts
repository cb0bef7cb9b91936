import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { distanceM } from '@pentad/geo/distance';
import type { TimedPosition } from '@pentad/geo/jump';
import { NmeaFixDecoder } from './nmea-fix.ts';
import { NmeaFramer } from './nmea-sentence.ts';

const folder = fileURLToPath(new URL('../../../../../../shared/data/', import.meta.url));

/** The recordings beside the repository, by folder; empty where they are absent, which is said aloud. */
export function recordings(kind: 'nmea_drive' | 'nmea_gpsd'): { readonly name: string; readonly bytes: Uint8Array }[] {
  if (!existsSync(folder + kind)) {
    process.stderr.write(`NOT RUN: real receivers need shared/data/${kind} beside the repository\n`);
    return [];
  }
  return readdirSync(folder + kind).map((name) => ({ name, bytes: readFileSync(`${folder}${kind}/${name}`) }));
}

/** `GPRMC,..` as a receiver sends it. */
export function sentence(body: string): string {
  const sum = [...body].reduce((xor, char) => xor ^ char.charCodeAt(0), 0);
  return `$${body}*${sum.toString(16).toUpperCase().padStart(2, '0')}\r\n`;
}

export interface Heard {
  readonly fixes: readonly TimedPosition[];
  readonly framing: NmeaFramer['counts'];
  readonly counts: NmeaFixDecoder['counts'];
}

/** Everything a receiver sent, in chunks of so many bytes. */
export function decode(bytes: Uint8Array, chunkBytes = bytes.length): Heard {
  const framer = new NmeaFramer();
  const decoder = new NmeaFixDecoder();
  const fixes: (TimedPosition | null)[] = [];
  for (let from = 0; from < bytes.length; from += chunkBytes)
    for (const heard of framer.push(bytes.subarray(from, from + chunkBytes))) fixes.push(decoder.push(heard));
  fixes.push(decoder.flush());
  return {
    fixes: fixes.filter((fix) => fix !== null),
    framing: framer.counts,
    counts: decoder.counts,
  };
}

export const decodeBodies = (...bodies: readonly string[]): Heard =>
  decode(Buffer.from(bodies.map(sentence).join(''), 'latin1'));

/** The farthest two places of a track are apart. */
export const spreadM = (track: readonly TimedPosition[]): number =>
  Math.max(0, ...track.flatMap((one) => track.map((other) => distanceM(one.position, other.position))));
