import type { DownlinkPage } from '@pentad/protocol/downlink';
import type { Receipt } from '@pentad/protocol/receipt';
import { codeOf } from '../agent-error.ts';
import { Backoff } from '../link/backoff.ts';
import type { LinkState } from '../link/link-state.ts';
import type { Clock, Log, Random, SecondPath } from '../ports.ts';

const PROBE_EVERY_MS = 30_000;
/** While it is the only way out, so that its loss too is shown in ten seconds (E13). */
const PROBE_ALONE_EVERY_MS = 4_000;
/** An event that has no receipt after this long goes by the second path too, whatever the broker link looks like (N3). */
const EVENT_PATIENCE_MS = 8_000;
const EVENTS_AT_ONCE = 64;

export interface SecondPathPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly link: LinkState;
  readonly path: SecondPath;
  readonly oldestEvent: () => number | null;
  readonly events: (atMost: number) => readonly { readonly seq: number; readonly bytes: Uint8Array }[];
  /** The next piece of a picture without a receipt. */
  readonly media: () => Uint8Array | null;
  readonly sent: (seqs: readonly number[]) => void;
  readonly receipt: (receipt: Receipt) => void;
  readonly downlinkAfter: () => number;
  readonly page: (page: DownlinkPage) => void;
}

/** Runs the HTTPS path: probes it, sends events and polls the downlink while the broker is away. */
export class SecondPathRunner {
  readonly #ports: SecondPathPorts;
  readonly #backoff: Backoff;
  readonly #mediaBackoff: Backoff;
  readonly #pollBackoff: Backoff;
  readonly #busy = new Set<'probe' | 'uplink' | 'media' | 'poll'>();
  #probedAtMs = Number.NEGATIVE_INFINITY;
  #uplinkAtMs = 0;
  #mediaAtMs = 0;
  #pollAtMs = 0;
  #oldest: { readonly seq: number; readonly sinceMs: number } | null = null;
  #isRunning = false;

  constructor(ports: SecondPathPorts) {
    this.#ports = ports;
    this.#backoff = new Backoff(ports.random, { firstMs: 1_000, capMs: 30_000 });
    this.#mediaBackoff = new Backoff(ports.random, { firstMs: 1_000, capMs: 30_000 });
    this.#pollBackoff = new Backoff(ports.random, { firstMs: 1_000, capMs: 30_000 });
  }

  start(): void {
    this.#isRunning = true;
  }

  stop(): void {
    this.#isRunning = false;
    this.#ports.path.stop();
  }

  /** Once a second, and when the broker link changes. */
  tick(): void {
    if (!this.#isRunning) return;
    const { link, clock } = this.#ports;
    const nowMs = clock.monotonicMs();
    const isBrokerLive = link.isBrokerLive();
    if (nowMs - this.#probedAtMs >= (isBrokerLive ? PROBE_EVERY_MS : PROBE_ALONE_EVERY_MS)) this.#probe(nowMs);
    if (this.#oldestEventAgeMs(nowMs) > (isBrokerLive ? EVENT_PATIENCE_MS : -1) && nowMs >= this.#uplinkAtMs)
      this.#uplink();
    // Behind the events, and only while there is no other way: a picture of some hundred kilobytes is no heartbeat.
    else if (!isBrokerLive && nowMs >= this.#mediaAtMs) this.#uplinkMedia();
    if (!isBrokerLive && nowMs >= this.#pollAtMs) this.#poll();
  }

  /** -1: no event waits. */
  #oldestEventAgeMs(nowMs: number): number {
    const seq = this.#ports.oldestEvent();
    if (seq === null) this.#oldest = null;
    else if (this.#oldest?.seq !== seq) this.#oldest = { seq, sinceMs: nowMs };
    return this.#oldest === null ? -1 : nowMs - this.#oldest.sinceMs;
  }

  #probe(nowMs: number): void {
    this.#probedAtMs = nowMs;
    const { path, link, clock } = this.#ports;
    this.#once('probe', async () => {
      const isAnswered = await path.probe().catch(() => false);
      link.secondPathProbed(isAnswered ? clock.monotonicMs() - nowMs : null);
    });
  }

  #uplink(): void {
    const { path, link, events, sent, receipt, clock, log } = this.#ports;
    this.#once('uplink', async () => {
      const batch = events(EVENTS_AT_ONCE);
      if (batch.length === 0) return;
      try {
        const receipts = await path.uplink(batch.map(({ bytes }) => bytes));
        if (!this.#isRunning) return;
        link.secondPathAnswered();
        this.#backoff.reset();
        sent(batch.map(({ seq }) => seq));
        for (const part of receipts) receipt(part);
        log.info('second-path.sent', { count: batch.length });
        // The answer is the receipt; what it does not cover is not asked for again at once.
        this.#uplinkAtMs = clock.monotonicMs() + 1_000;
      } catch (error) {
        link.secondPathFailed();
        this.#uplinkAtMs = clock.monotonicMs() + 1_000 + this.#backoff.nextMs();
        log.warn('second-path.uplink-failed', { code: codeOf(error) });
      }
    });
  }

  #uplinkMedia(): void {
    const { path, link, media, receipt, clock, log } = this.#ports;
    const bytes = media();
    if (bytes === null) return;
    this.#once('media', async () => {
      try {
        const receipts = await path.uplinkMedia(bytes);
        if (!this.#isRunning) return;
        link.secondPathAnswered();
        this.#mediaBackoff.reset();
        for (const part of receipts) receipt(part);
      } catch (error) {
        // A picture that does not pass says nothing of an event a hundredth its size: that one has its own time.
        this.#mediaAtMs = clock.monotonicMs() + 1_000 + this.#mediaBackoff.nextMs();
        log.warn('second-path.media-failed', { code: codeOf(error) });
      }
    });
  }

  #poll(): void {
    const { path, link, page, downlinkAfter, clock, log } = this.#ports;
    this.#once('poll', async () => {
      try {
        const answer = await path.downlink(downlinkAfter());
        if (!this.#isRunning) return;
        link.secondPathAnswered();
        this.#pollBackoff.reset();
        page(answer);
      } catch (error) {
        this.#pollAtMs = clock.monotonicMs() + 1_000 + this.#pollBackoff.nextMs();
        log.warn('second-path.downlink-failed', { code: codeOf(error) });
      }
    });
  }

  /** At most one of a kind at a time. */
  #once(kind: 'probe' | 'uplink' | 'media' | 'poll', act: () => Promise<void>): void {
    if (this.#busy.has(kind)) return;
    this.#busy.add(kind);
    void act().finally(() => this.#busy.delete(kind));
  }
}
