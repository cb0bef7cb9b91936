import { connect } from 'node:net';
import type { TimedPosition } from '@pentad/geo/jump';
import { GpsdDecoder } from './gpsd-line.ts';
import { ReopenedStream, type StreamPorts } from './reopened-stream.ts';
import { LineSplitter } from './split-lines.ts';
import { TrackFilter } from './track-filter.ts';

const WATCH = '?WATCH={"enable":true,"json":true};\n';

export interface GpsdSourceOptions extends StreamPorts {
  readonly host: string;
  /** gpsd's own is 2947. */
  readonly port: number;
  readonly hear: (fix: TimedPosition) => void;
}

/** A gpsd by TCP, watched in JSON: its reports to the vehicle's track. */
export class GpsdSource {
  readonly #options: GpsdSourceOptions;
  readonly #stream: ReopenedStream;
  readonly #filter = new TrackFilter();
  readonly #decoder = new GpsdDecoder();
  readonly #lines = new LineSplitter();

  constructor(options: GpsdSourceOptions) {
    this.#options = options;
    this.#stream = new ReopenedStream(options, {
      open: () => {
        const socket = connect({ host: options.host, port: options.port });
        socket.once('connect', () => void socket.write(WATCH));
        return socket;
      },
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
    for (const line of this.#lines.push(chunk)) {
      const fix = this.#decoder.push(line);
      const passed = fix && this.#filter.push(fix);
      if (passed) this.#options.hear(passed);
    }
  }

  #closed(): void {
    const { tooLong } = this.#lines;
    this.#options.log.info('gps.closed', { tooLong, ...this.#decoder.counts, ...this.#filter.counts });
    this.#lines.reset();
  }
}
