import type { CaseState } from '@pentad/protocol/case-state';
import type { CaseId } from '@pentad/protocol/ids';
import { authorizeOwnPart, type CaseUnits } from '../cases/case-units.ts';
import type { PlanFactory } from '../cases/plan-factory.ts';
import { systemActor } from '../platform/actor.ts';
import { errorFields, type Logger } from '../platform/logger.ts';
import type { Clock, Timers } from '../platform/ports.ts';
import { actOnFindings, changesFindings, type RuleOutcome } from '../pre-alerts/act-on-findings.ts';
import { Turns } from '../platform/turns.ts';
import { keyOf, type NumericsEntry } from '../uplink/uplink-entry.ts';

type Sample = Pick<NumericsEntry['item'], 'measuredAtMs' | 'vitals' | 'times'>;

/** The clinical engine's memory of one patient's stream (packages/clinical, CaseWatch). */
export interface RuleWatch {
  observe(sample: Sample): void;
  evaluate(state: CaseState, nowMs: number): RuleOutcome;
}

export interface WatchedCasesOptions {
  readonly units: CaseUnits;
  readonly plans: PlanFactory;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Logger;
  newWatch(): RuleWatch;
  loadCase(caseId: CaseId): Promise<{ readonly state: CaseState | null; readonly samples: readonly Sample[] }>;
  /** The lease token of a shard while it is ours, else null. */
  tokenOf(shard: number): number | null;
  /** `latencyMs` from the last sample that led to it; null where none did. */
  onWritten(before: CaseState, after: CaseState, latencyMs: number | null): void;
}

interface WatchedCase {
  readonly caseId: CaseId;
  readonly shard: number;
  readonly watch: RuleWatch;
  state: CaseState | null;
  isBusy: boolean;
  mustReload: boolean;
  waiting: NumericsEntry[];
  usedAtMs: number;
}

/** The lease the row lock found is not ours: it is lost in a moment, or was renewed meanwhile. Looked at again either way. */
class LeaseNotOurs extends Error {}

const IDLE_MS = 30 * 60_000;
/** Of a whole shard taken over: the feed, the leases and the alerts need the database too. */
const LOADS_AT_ONCE = 2;
const RETRY_MS = 300;

/**
 * The holder's cases in memory: a cache of one version each, evaluated after every commit. When something fires, a
 * second transaction checks the lease, locks the case, evaluates again on what it finds there, and writes; only then
 * are the samples ended (design decision 4). A case is loaded with its rule window, so a crash between the two
 * commits still alerts, once.
 */
export class WatchedCases {
  readonly #options: WatchedCasesOptions;
  readonly #cases = new Map<CaseId, WatchedCase>();
  readonly #loads = new Turns(LOADS_AT_ONCE);

  constructor(options: WatchedCasesOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#cases.size;
  }

  /** What the rules say of a case that is being written: with its stream where it is watched here, without one elsewhere. */
  outcomeFor(state: CaseState): RuleOutcome {
    const watch = this.#cases.get(state.caseId)?.watch ?? this.#options.newWatch();
    return watch.evaluate(state, this.#options.clock.nowMs());
  }

  committed(caseId: CaseId, entries: readonly NumericsEntry[]): void {
    const first = entries[0];
    if (!first) return;
    const known = this.#cases.get(caseId);
    if (!known) {
      const added = this.#add(caseId, first.shard);
      added.waiting.push(...entries);
      this.#work(added);
    } else if (known.isBusy) known.waiting.push(...entries);
    else this.#observe(known, entries);
  }

  /** Its shard was taken: what the last holder committed and did not come to evaluate is evaluated now. */
  take(caseId: CaseId, shard: number): void {
    if (!this.#cases.has(caseId)) this.#work(this.#add(caseId, shard));
  }

  /** An event of one of our shard's cases was committed somewhere: it is watched from now on, on its newest version. */
  caseChanged(caseId: CaseId, shard: number, toSeq: number): void {
    const known = this.#cases.get(caseId);
    if (!known) return this.take(caseId, shard);
    known.usedAtMs = this.#options.clock.nowMs();
    if (known.state !== null && known.state.caseSeq >= toSeq) return;
    known.mustReload = true;
    if (!known.isBusy) this.#work(known);
  }

  dropShard(shard: number): void {
    for (const watched of [...this.#cases.values()].filter((entry) => entry.shard === shard)) {
      this.#cases.delete(watched.caseId);
      for (const entry of watched.waiting.splice(0)) entry.end({ kind: 'given-up' });
    }
  }

  /** Each minute: forgets what nobody writes to, and judges what the clock alone may have changed. */
  sweep(): void {
    const nowMs = this.#options.clock.nowMs();
    for (const watched of this.#cases.values()) {
      const { caseId, isBusy, usedAtMs, state, watch } = watched;
      if (isBusy) continue;
      if (usedAtMs < nowMs - IDLE_MS) this.#cases.delete(caseId);
      else if (state !== null && changesFindings(state, watch.evaluate(state, nowMs))) {
        watched.mustReload = true;
        this.#work(watched);
      }
    }
  }

  #add(caseId: CaseId, shard: number): WatchedCase {
    const watch = this.#options.newWatch();
    const usedAtMs = this.#options.clock.nowMs();
    const added = { caseId, shard, watch, state: null, isBusy: false, mustReload: true, waiting: [], usedAtMs };
    this.#cases.set(caseId, added);
    return added;
  }

  #observe(watched: WatchedCase, entries: readonly NumericsEntry[]): void {
    const { clock } = this.#options;
    watched.usedAtMs = clock.nowMs();
    this.#feed(watched, entries);
    if (
      watched.state !== null &&
      changesFindings(watched.state, watched.watch.evaluate(watched.state, clock.nowMs()))
    ) {
      watched.waiting.push(...entries);
      this.#work(watched);
    } else this.#end(entries, 'stored');
  }

  #work(watched: WatchedCase): void {
    watched.isBusy = true;
    void this.#untilQuiet(watched);
  }

  /** Only the case's own vehicle's. What came before the case was known is loaded with it. */
  #feed({ state, watch }: WatchedCase, entries: readonly NumericsEntry[]): void {
    for (const { item } of entries) if (state?.vehicle === item.vehicle) watch.observe(item);
  }

  /** Reloads and acts until nothing waits. Ends only by success or by losing the shard. */
  async #untilQuiet(watched: WatchedCase): Promise<void> {
    while (this.#cases.get(watched.caseId) === watched && (watched.mustReload || watched.waiting.length > 0)) {
      try {
        if (watched.mustReload && !(await this.#reload(watched))) break;
        const entries = watched.waiting.splice(0);
        this.#feed(watched, entries);
        await this.#act(watched, entries);
      } catch (error) {
        this.#options.log.warn('watched-case.failed', { ...errorFields(error), caseId: watched.caseId });
        watched.mustReload = true;
        await new Promise<void>((resolve) => void this.#options.timers.after(RETRY_MS, resolve));
      }
    }
    // In the turn of the last look: what comes later finds it idle. Left over is only what a lost shard leaves.
    watched.isBusy = false;
    this.#end(watched.waiting.splice(0), 'given-up');
  }

  /** False: its shard was lost while it waited. */
  async #reload(watched: WatchedCase): Promise<boolean> {
    const loaded = await this.#loads.take(watched.waiting.length > 0, async () => {
      if (this.#cases.get(watched.caseId) !== watched) return null;
      watched.mustReload = false;
      return this.#options.loadCase(watched.caseId);
    });
    if (loaded === null) return false;
    const { state, samples } = loaded;
    for (const sample of samples) watched.watch.observe(sample);
    if (state !== null && (watched.state === null || state.caseSeq >= watched.state.caseSeq)) watched.state = state;
    return true;
  }

  async #act(watched: WatchedCase, entries: NumericsEntry[]): Promise<void> {
    const { clock, units, plans } = this.#options;
    const { state, watch } = watched;
    if (state === null || !changesFindings(state, watch.evaluate(state, clock.nowMs())))
      return this.#end(entries, 'stored');
    const token = this.#options.tokenOf(watched.shard);
    if (token === null) return this.#end(entries, 'given-up');
    try {
      const outcome = await units.change<CaseState>(systemActor('ingest'), {
        caseId: watched.caseId,
        guard: { kind: 'lease', shard: watched.shard, token },
        mayOpen: false,
        authorize: authorizeOwnPart,
        decide: (locked) => {
          const planner = plans.begin(locked);
          actOnFindings(planner, watch.evaluate(locked, clock.nowMs()));
          return { plan: planner.plan(), result: locked };
        },
      });
      if (outcome.kind === 'guarded') throw new LeaseNotOurs(`shard ${watched.shard}`);
      if (outcome.kind === 'no-case') return this.#end(entries, 'stored');
      watched.state = outcome.state;
      const receivedAtMs = entries.at(-1)?.receivedAtMs;
      const latencyMs = receivedAtMs === undefined ? null : clock.nowMs() - receivedAtMs;
      if (outcome.isChanged) this.#options.onWritten(outcome.result, outcome.state, latencyMs);
      this.#end(entries, 'stored');
    } catch (error) {
      watched.waiting.unshift(...entries);
      throw error;
    }
  }

  #end(entries: readonly NumericsEntry[], kind: 'stored' | 'given-up'): void {
    for (const entry of entries) entry.end(kind === 'stored' ? { kind, key: keyOf(entry.item), shed: [] } : { kind });
  }
}
