import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { TimedPosition } from '@pentad/geo/jump';
import type { Log, Random } from '../ports.ts';
import { DeviceClock } from '../sources/device-clock.ts';
import { NmeaFixDecoder } from '../sources/gps/nmea-fix.ts';
import { NmeaFramer } from '../sources/gps/nmea-sentence.ts';
import { NmeaSource } from '../sources/gps/nmea-source.ts';
import { TrackFilter } from '../sources/gps/track-filter.ts';
import { FeedError } from './feed-error.ts';
import { onNoCase, type Bound, type Feed, type FeedPorts, type Say } from './feed.ts';
import { playRecording, type Pace, type Recording } from './playback.ts';
import { readBounded } from './wfdb-files.ts';

const isFix = (fix: TimedPosition | null): fix is TimedPosition => fix !== null;

/** The track of a receiver's log, read at once: bad checksums, epochs without a fix and impossible places are left out. */
export function trackOf(bytes: Uint8Array): { readonly fixes: readonly TimedPosition[]; readonly dropped: number } {
  const framer = new NmeaFramer();
  const decoder = new NmeaFixDecoder();
  const filter = new TrackFilter();
  const heard = [...framer.push(bytes).map((sentence) => decoder.push(sentence)), decoder.flush()].filter(isFix);
  const fixes = heard.flatMap((fix) => filter.push(fix) ?? []);
  const { withoutFix, undated, unreadable } = decoder.counts;
  const { duplicates, doubted } = filter.counts;
  const dropped = framer.counts.badChecksum + withoutFix + undated + unreadable + duplicates + doubted;
  return { fixes, dropped };
}

/** A log of NMEA 0183 as a recording. Throws FeedError where no fix stands in it. */
export function nmeaRecording(path: string, bound: Bound, say: Say): Recording {
  const { fixes, dropped } = trackOf(readBounded(path));
  const [first] = fixes;
  if (first === undefined) throw new FeedError(`no dated fix with a right checksum stands in it: ${path}`);
  say({
    zh: `${basename(path)}：${fixes.length} 个定位点，舍弃 ${dropped}`,
    en: `${basename(path)}: ${fixes.length} fixes, ${dropped} left out`,
  });
  const offsets: number[] = [];
  let offsetMs = 0;
  // A receiver whose date was set right steps back: the track goes on where it is.
  fixes.forEach((fix, at) => {
    offsetMs += Math.max(0, fix.measuredAtMs - (fixes[at - 1] ?? fix).measuredAtMs);
    offsets.push(offsetMs);
  });
  return {
    durationMs: offsetMs,
    readings: () =>
      fixes.map(({ position }, at) => {
        const atMs = offsets[at] ?? 0;
        return {
          offsetMs: atMs,
          at: (baseMs) => ({ ...bound, lane: 'pos', measuredAtMs: Math.round(baseMs + atMs), position }) as const,
        };
      }),
  };
}

export interface ReceiverPorts extends FeedPorts {
  readonly random: Random;
  readonly log: Log;
}

/**
 * A receiver's instants are those of the satellites, an item's those of the vehicle's clock, which the server corrects by
 * what it knows of that one: the difference is taken off here, so that it is not corrected twice.
 */
export function liveFix({ agent, clock }: Pick<ReceiverPorts, 'agent' | 'clock'>, bound: Bound) {
  const receiver = new DeviceClock(clock);
  return (fix: TimedPosition): void => {
    receiver.note(fix.measuredAtMs);
    const measuredAtMs = Math.round(fix.measuredAtMs - (receiver.reading()?.offsetMs ?? 0));
    agent.capture([{ ...bound, lane: 'pos', ...fix, measuredAtMs }]);
  };
}

/** A file is played by its own times; a device or a pipe is heard as it speaks. */
export function playNmea(ports: ReceiverPorts, path: string, bound: Bound, pace: Pace): Feed {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new FeedError(`no such file: ${path}`);
  if (found.isFile()) return playRecording(ports, nmeaRecording(path, bound, ports.say), pace);
  if (found.isDirectory()) throw new FeedError(`a folder, not a receiver: ${path}`);
  const source = new NmeaSource({
    ...ports,
    open: () => createReadStream(path),
    hear: liveFix(ports, { ...onNoCase, ...bound }),
  });
  source.start();
  return withoutEnd(() => source.stop());
}

/** Of a source that speaks until it is stopped. */
export function withoutEnd(stop: () => void | Promise<void>): Feed {
  let resolve: () => void = () => undefined;
  const done = new Promise<void>((ended) => (resolve = ended));
  return {
    done,
    stop: async () => {
      await stop();
      resolve();
    },
  };
}
