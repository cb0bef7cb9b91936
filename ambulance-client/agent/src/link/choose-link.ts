import type { Road } from '@pentad/protocol/lane';
import type { Ask } from '@pentad/protocol/subjects';
import { AgentError, codeOf } from '../agent-error.ts';
import type { BrokerLink, BrokerListener, BrokerMeasure, Cancel, Clock, Log, Random, Timers } from '../ports.ts';
import { Backoff, fraction, RECONNECT, STABLE_AFTER_MS } from './backoff.ts';
import type { Line, Way } from './broker-way.ts';

const PROBE_EVERY_MS = 30_000;
/** Drawn, so that a fleet that starts together does not measure together. */
const FIRST_PROBE_WITHIN_MS = 10_000;
/** As long as a heartbeat waits for its answer. */
const ANSWER_WITHIN_MS = 4_500;
/** A way slower than this is not changed to: half of it would already cost heartbeats. */
const GOOD_WITHIN_MS = 2_000;
const GOOD_IN_A_ROW = 2;
/** Two in a row are the ten seconds after which the link is shown as lost (N5). */
const FAILED_BEATS = 2;

export interface ChosenLinkOptions {
  readonly ways: readonly Way[];
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly log: Log;
}

interface Candidate {
  readonly way: Way;
  readonly place: number;
  measured: { readonly isGood: boolean; readonly roundTripMs: number | null; readonly atMs: number } | null;
  goodInARow: number;
  isProbing: boolean;
}
interface Live {
  readonly candidate: Candidate;
  readonly line: Line;
}

const order = { tls: 0, wss: 1 } as const;

/**
 * One broker link over several ways: TLS before WebSocket, each measured every 30 s by a connection and a heartbeat, the
 * live one by its own heartbeats. A way is left when it ends, or when its heartbeats fail and another way answers one; a
 * better way is taken after two good probes in a row. HTTPS, the third in the order, is the second path's.
 */
export class ChosenLink implements BrokerLink {
  readonly #options: ChosenLinkOptions;
  readonly #candidates: readonly Candidate[];
  readonly #backoff: Backoff;
  #listener: BrokerListener | null = null;
  #live: Live | null = null;
  #failedBeats = 0;
  /** The last heartbeat said: a probe says it again. */
  #beat: Uint8Array | null = null;
  #isStopped = false;
  readonly #timers = new Map<'probe' | 'connect' | 'stable', Cancel>();

  constructor(options: ChosenLinkOptions) {
    this.#options = options;
    this.#backoff = new Backoff(options.random, RECONNECT);
    this.#candidates = options.ways
      .toSorted((a, b) => order[a.kind] - order[b.kind])
      .map((way, place) => ({ way, place, measured: null, goodInARow: 0, isProbing: false }));
  }

  start(listener: BrokerListener): void {
    this.#listener = listener;
    this.#later('probe', FIRST_PROBE_WITHIN_MS * fraction(this.#options.random), () => this.#probeRound());
    void this.#connect();
  }

  isConnected(): boolean {
    return this.#live !== null;
  }

  measured(): BrokerMeasure {
    const nowMs = this.#options.clock.monotonicMs();
    return {
      kind: this.#live?.candidate.way.kind ?? null,
      probes: this.#candidates.map(({ way, measured }) => ({
        link: way.kind,
        isGood: measured?.isGood ?? null,
        roundTripMs: measured?.roundTripMs ?? null,
        ageMs: measured && nowMs - measured.atMs,
      })),
    };
  }

  async publish(road: Road, bytes: Uint8Array): Promise<void> {
    if (this.#live === null) throw new AgentError('unavailable', 'link.down');
    await this.#live.line.publish(road, bytes);
  }

  async ask(ask: Ask | 'hb', bytes: Uint8Array, timeoutMs: number): Promise<Uint8Array> {
    const live = this.#live;
    if (live === null) throw new AgentError('unavailable', 'link.down');
    if (ask !== 'hb') return live.line.ask(ask, bytes, timeoutMs);
    this.#beat = bytes;
    const askedAtMs = this.#options.clock.monotonicMs();
    try {
      const answer = await live.line.ask('hb', bytes, timeoutMs);
      this.#beatAnswered(live, this.#options.clock.monotonicMs() - askedAtMs);
      return answer;
    } catch (error) {
      this.#beatFailed(live);
      throw error;
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    const live = this.#live;
    this.#live = null;
    await live?.line.close();
  }

  #beatAnswered(live: Live, roundTripMs: number): void {
    if (live !== this.#live) return;
    this.#failedBeats = 0;
    this.#note(live.candidate, roundTripMs <= GOOD_WITHIN_MS, roundTripMs);
  }

  #beatFailed(live: Live): void {
    if (live !== this.#live) return;
    this.#failedBeats += 1;
    this.#note(live.candidate, false, null);
    if (this.#failedBeats === FAILED_BEATS) this.#probeOthers();
  }

  #note(candidate: Candidate, isGood: boolean, roundTripMs: number | null): void {
    Object.assign(candidate, {
      measured: { isGood, roundTripMs, atMs: this.#options.clock.monotonicMs() },
      goodInARow: isGood ? candidate.goodInARow + 1 : 0,
    });
  }

  /** While there is no link, connecting is what measures. */
  #probeRound(): void {
    this.#later('probe', PROBE_EVERY_MS, () => this.#probeRound());
    if (this.#live !== null) this.#probeOthers();
  }

  #probeOthers(): void {
    for (const candidate of this.#candidates)
      if (candidate !== this.#live?.candidate && !candidate.isProbing) void this.#probe(candidate);
  }

  async #probe(candidate: Candidate): Promise<void> {
    const { clock, log } = this.#options;
    candidate.isProbing = true;
    let line: Line | null = null;
    try {
      let askedAtMs = clock.monotonicMs();
      line = await candidate.way.open();
      if (this.#beat !== null) {
        askedAtMs = clock.monotonicMs();
        await line.ask('hb', this.#beat, ANSWER_WITHIN_MS);
      }
      const roundTripMs = clock.monotonicMs() - askedAtMs;
      this.#note(candidate, roundTripMs <= GOOD_WITHIN_MS, roundTripMs);
    } catch (error) {
      log.info('link.probe-failed', { link: candidate.way.kind, code: codeOf(error) });
      this.#note(candidate, false, null);
    } finally {
      candidate.isProbing = false;
    }
    if (line === null) return;
    if (this.#isWanted(candidate)) this.#take(candidate, line);
    else await line.close();
  }

  #isWanted({ measured, goodInARow, place }: Candidate): boolean {
    if (this.#isStopped) return false;
    if (this.#live === null) return true;
    if (measured?.isGood !== true) return false;
    return this.#failedBeats >= FAILED_BEATS || (place < this.#live.candidate.place && goodInARow >= GOOD_IN_A_ROW);
  }

  /** The ways in their order, those that failed last time behind the others; the first that opens is taken. */
  async #connect(): Promise<void> {
    const { log, clock } = this.#options;
    const hasFailed = ({ measured }: Candidate) => (measured?.isGood === false ? 1 : 0);
    for (const candidate of this.#candidates.toSorted((a, b) => hasFailed(a) - hasFailed(b) || a.place - b.place)) {
      if (this.#isStopped || this.#live !== null) return;
      const askedAtMs = clock.monotonicMs();
      try {
        const line = await candidate.way.open();
        this.#note(candidate, true, clock.monotonicMs() - askedAtMs);
        if (this.#isStopped || this.#live !== null) return await line.close();
        if (this.#take(candidate, line)) return;
      } catch (error) {
        if (this.#isStopped) return;
        this.#note(candidate, false, null);
        log.warn('link.connect-failed', { link: candidate.way.kind, code: codeOf(error) });
      }
    }
    if (!this.#isStopped && this.#live === null) this.#connectLater();
  }

  #connectLater(): void {
    this.#later('connect', this.#backoff.nextMs(), () => void this.#connect());
  }

  /** The new line is heard before the old one is closed. False: it was over before it could be heard. */
  #take(candidate: Candidate, line: Line): boolean {
    const before = this.#live;
    const live: Live = { candidate, line };
    try {
      line.hear((kind, bytes) => {
        if (live === this.#live) this.#listener?.downlink(kind, bytes);
      });
    } catch (error) {
      this.#options.log.warn('link.ended-early', { link: candidate.way.kind, code: codeOf(error) });
      this.#note(candidate, false, null);
      void line.close();
      return false;
    }
    this.#live = live;
    this.#failedBeats = 0;
    this.#options.log.info('link.chosen', { link: candidate.way.kind });
    void line.ended.then(() => this.#ended(live));
    this.#later('stable', STABLE_AFTER_MS, () => this.#backoff.reset());
    this.#listener?.connected();
    void before?.line.close();
    return true;
  }

  #ended(live: Live): void {
    if (live !== this.#live || this.#isStopped) return;
    this.#live = null;
    this.#timers.get('stable')?.();
    this.#listener?.disconnected();
    this.#connectLater();
  }

  #later(name: 'probe' | 'connect' | 'stable', delayMs: number, act: () => void): void {
    this.#timers.get(name)?.();
    this.#timers.set(name, this.#options.timers.after(delayMs, act));
  }
}
