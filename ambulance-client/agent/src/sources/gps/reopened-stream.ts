import type { Readable } from 'node:stream';
import { Backoff, RECONNECT, STABLE_AFTER_MS } from '../../link/backoff.ts';
import type { Cancel, Log, Random, Timers } from '../../ports.ts';

/** A receiver speaks every second: one that is silent this long hangs, or its network is gone without a word. */
export const SILENT_AFTER_MS = 30_000;

export interface StreamPorts {
  readonly timers: Timers;
  readonly random: Random;
  readonly log: Log;
}

export interface StreamListener {
  /** Called again whenever the stream ended, failed or fell silent: a file is read from its start. Must not throw. */
  open(): Readable;
  heard(chunk: Uint8Array): void;
  /** What was half heard is not continued. */
  closed(): void;
}

/** A byte stream of a device that is opened again, with full jitter, until stopped. What fails is a reason to reopen. */
export class ReopenedStream {
  readonly #ports: StreamPorts;
  readonly #listener: StreamListener;
  readonly #backoff: Backoff;
  #stream: Readable | null = null;
  #isStopped = false;
  #cancelSilence: Cancel | null = null;
  #cancelStable: Cancel | null = null;
  #cancelRetry: Cancel | null = null;

  constructor(ports: StreamPorts, listener: StreamListener) {
    this.#ports = ports;
    this.#listener = listener;
    this.#backoff = new Backoff(ports.random, RECONNECT);
  }

  start(): void {
    const stream = this.#listener.open();
    this.#stream = stream;
    let isHeard = false;
    stream.on('data', (chunk: unknown) => {
      if (this.#stream !== stream) return;
      if (!isHeard) this.#cancelStable = this.#ports.timers.after(STABLE_AFTER_MS, () => this.#backoff.reset());
      isHeard = true;
      this.#watchSilence(stream);
      if (chunk instanceof Uint8Array) this.#listener.heard(chunk);
    });
    stream.once('end', () => this.#ended(stream, 'ended'));
    stream.once('close', () => this.#ended(stream, 'closed'));
    // Stays for good: an error after the stream was given up would otherwise end the process.
    stream.on('error', () => this.#ended(stream, 'failed'));
    this.#watchSilence(stream);
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancelRetry?.();
    if (this.#stream) this.#ended(this.#stream, 'stopped');
  }

  #watchSilence(stream: Readable): void {
    this.#cancelSilence?.();
    this.#cancelSilence = this.#ports.timers.after(SILENT_AFTER_MS, () => this.#ended(stream, 'silent'));
  }

  #ended(stream: Readable, reason: string): void {
    if (this.#stream !== stream) return;
    this.#stream = null;
    this.#cancelSilence?.();
    this.#cancelStable?.();
    stream.destroy();
    this.#listener.closed();
    if (this.#isStopped) return;
    const delayMs = this.#backoff.nextMs();
    this.#ports.log.warn('gps.reopening', { reason, delayMs });
    this.#cancelRetry = this.#ports.timers.after(delayMs, () => this.start());
  }
}
