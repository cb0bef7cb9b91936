import type { Readable } from 'node:stream';
import type { TimedPosition } from '@pentad/geo/jump';
import type { Cancel } from '../../ports.ts';
import { NmeaFixDecoder } from './nmea-fix.ts';
import { NmeaFramer } from './nmea-sentence.ts';
import { ReopenedStream, type StreamPorts } from './reopened-stream.ts';
import { TrackFilter } from './track-filter.ts';

/** The sentences of one instant come in one burst; after this much silence the burst is over. */
export const BURST_OVER_AFTER_MS = 250;

export interface NmeaSourceOptions extends StreamPorts {
  /** A serial device whose speed is set, a TCP connection, a file: anything that gives NMEA 0183 bytes. */
  readonly open: () => Readable;
  readonly hear: (fix: TimedPosition) => void;
}

/** A receiver that speaks NMEA 0183: bytes to the vehicle's track. */
export class NmeaSource {
  readonly #options: NmeaSourceOptions;
  readonly #stream: ReopenedStream;
  readonly #filter = new TrackFilter();
  readonly #framer = new NmeaFramer();
  readonly #decoder = new NmeaFixDecoder();
  #cancelFlush: Cancel | null = null;

  constructor(options: NmeaSourceOptions) {
    this.#options = options;
    this.#stream = new ReopenedStream(options, {
      open: options.open,
      heard: (chunk) => this.#heard(chunk),
      closed: () => this.#closed(),
    });
  }

  start(): void {
    this.#stream.start();
  }

  stop(): void {
    this.#stream.stop();
  }

  #heard(chunk: Uint8Array): void {
    for (const sentence of this.#framer.push(chunk)) this.#give(this.#decoder.push(sentence));
    this.#cancelFlush?.();
    this.#cancelFlush = this.#options.timers.after(BURST_OVER_AFTER_MS, () => this.#give(this.#decoder.flush()));
  }

  #closed(): void {
    this.#cancelFlush?.();
    this.#give(this.#decoder.flush());
    this.#options.log.info('gps.closed', { ...this.#framer.counts, ...this.#decoder.counts, ...this.#filter.counts });
  }

  #give(fix: TimedPosition | null): void {
    const passed = fix && this.#filter.push(fix);
    if (passed) this.#options.hear(passed);
  }
}
