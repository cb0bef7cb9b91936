import { CaseWatch, longestWindowMs } from '@pentad/clinical/case-watch';
import type { RuleSet } from '@pentad/clinical/rule';
import type { RecordedEvent } from '@pentad/protocol/case-event';
import { foldCase } from '@pentad/protocol/case-fold';
import { isOver } from '@pentad/protocol/case-reading';
import { emptyCase, type CaseState } from '@pentad/protocol/case-state';
import type { Specialty } from '@pentad/protocol/center';
import type { CaseId } from '@pentad/protocol/ids';
import type { Tier } from '@pentad/protocol/pre-alert';
import type { StoredSample } from './stored-cases.ts';

/** The first firing of a rule in one episode: what a desk would have been told. */
export interface ReplayedAlert {
  readonly ruleId: string;
  readonly specialty: Specialty;
  readonly tier: Tier;
  readonly fromMs: number;
  /** When the episode was over; null: it still stood at the case's end. */
  readonly toMs: number | null;
}

export interface ReplayedCase {
  /** Of each rule set, in their order; each in the order of firing. */
  readonly alerts: readonly (readonly ReplayedAlert[])[];
  /** Seconds in which the case's own vehicle measured anything. */
  readonly monitoredS: number;
}

/** One rule set over one case. */
class RulePlay {
  readonly #watch: CaseWatch;
  readonly #open = new Map<string, { -readonly [K in keyof ReplayedAlert]: ReplayedAlert[K] }>();
  readonly alerts: ReplayedAlert[] = [];

  constructor(rules: RuleSet) {
    this.#watch = new CaseWatch(rules);
  }

  observe(sample: StoredSample): void {
    this.#watch.observe(sample);
  }

  /** As the server acts on it: what is quiet ends, what fires and is not open begins. */
  judge(state: CaseState, nowMs: number): void {
    const { firing, quietRuleIds } = this.#watch.evaluate(state, nowMs);
    for (const ruleId of quietRuleIds) {
      const open = this.#open.get(ruleId);
      if (open) open.toMs = nowMs;
      this.#open.delete(ruleId);
    }
    for (const { ruleId, specialty, tier } of firing) {
      if (this.#open.has(ruleId)) continue;
      const alert = { ruleId, specialty, tier, fromMs: nowMs, toMs: null };
      this.#open.set(ruleId, alert);
      this.alerts.push(alert);
    }
  }
}

/** A case played anew: its state as it grew, and what each rule set made of it. Time only goes on. */
class CasePlay {
  readonly plays: readonly RulePlay[];
  #state: CaseState;
  #nowMs = -Infinity;
  /** Samples from before the case had a vehicle, as far back as the server would load them. */
  #early: StoredSample[] = [];
  #secondOf = -Infinity;
  #isUnjudged = false;
  monitoredS = 0;

  constructor(caseId: CaseId, ruleSets: readonly RuleSet[]) {
    this.#state = emptyCase(caseId);
    this.plays = ruleSets.map((rules) => new RulePlay(rules));
  }

  get isOver(): boolean {
    return isOver(this.#state);
  }

  take(event: RecordedEvent): void {
    this.judgeWaiting();
    this.#state = foldCase(this.#state, event);
    this.#nowMs = Math.max(this.#nowMs, event.recordedAtMs);
    const { vehicle } = this.#state;
    if (vehicle !== null) {
      const sinceMs = this.#nowMs - longestWindowMs;
      for (const sample of this.#early.splice(0)) if (sample.measuredAtMs >= sinceMs) this.#observe(sample);
    }
    this.#isUnjudged = true;
    this.judgeWaiting();
  }

  observe(sample: StoredSample): void {
    if (this.#state.vehicle === null) {
      this.#early.push(sample);
      return;
    }
    if (Math.floor(sample.measuredAtMs / 1000) !== this.#secondOf) this.judgeWaiting();
    this.#nowMs = Math.max(this.#nowMs, sample.measuredAtMs);
    this.#observe(sample);
  }

  /** What was observed since the last look; the server does not look at a case that is over. */
  judgeWaiting(): void {
    if (!this.#isUnjudged) return;
    this.#isUnjudged = false;
    if (!this.isOver) for (const play of this.plays) play.judge(this.#state, this.#nowMs);
  }

  #observe(sample: StoredSample): void {
    if (sample.vehicle !== this.#state.vehicle) return;
    const second = Math.floor(sample.measuredAtMs / 1000);
    if (second !== this.#secondOf) this.monitoredS += 1;
    this.#secondOf = second;
    this.#isUnjudged = true;
    for (const play of this.plays) play.observe(sample);
  }
}

/**
 * One case through several rule sets at once: events in the order given, each at the instant it was recorded; samples in
 * measured order, each at its measured instant, as if none had come late. The rules judge after each event and after each
 * second of samples, until the case is over. Nothing of a patient is in what comes out.
 */
export async function replayCase(
  caseId: CaseId,
  events: readonly RecordedEvent[],
  samples: AsyncIterable<StoredSample> | Iterable<StoredSample>,
  ruleSets: readonly RuleSet[],
): Promise<ReplayedCase> {
  const play = new CasePlay(caseId, ruleSets);
  let next = 0;
  const takeUntil = (atMs: number): void => {
    for (let event = events[next]; event && event.recordedAtMs <= atMs; event = events[next]) {
      play.take(event);
      next += 1;
    }
  };
  for await (const sample of samples) {
    takeUntil(sample.measuredAtMs);
    if (play.isOver) break;
    play.observe(sample);
  }
  play.judgeWaiting();
  takeUntil(Infinity);
  return { alerts: play.plays.map(({ alerts }) => alerts), monitoredS: play.monitoredS };
}
