import type { CaseState } from '@pentad/protocol/case-state';
import type { Finding } from '@pentad/protocol/pre-alert';
import { shownScores } from './scores/shown-scores.ts';
import { vitalTermMs } from '@pentad/protocol/vitals';
import { Chart } from './chart.ts';
import { isDue } from './confirmation.ts';
import { Episode } from './episode.ts';
import { askedFor, findingOf } from './finding.ts';
import type { Picture } from './picture.ts';
import type { RuleSet } from './rule.ts';
import type { ScoreRange } from './scores/score-range.ts';
import { clockLeadMs } from './staleness.ts';
import { StreamHistory, type Sample } from './stream-history.ts';

/**
 * How far back a new holder loads samples: the life of a cuff reading, longest of what is streamed. A temperature
 * lives 60 min, but a monitor repeats it in every frame; one it stopped repeating is prompted for, never assumed.
 */
export const longestWindowMs = 15 * 60_000;

/** What of a case the rules read. */
const readFields = [
  'patient',
  'specialty',
  'assessments',
  'onset',
  'stamps',
  'stampCorrections',
  'bloodLossMl',
] as const satisfies readonly (keyof CaseState)[];

interface Prompt {
  readonly ruleId: string;
  readonly missing: readonly string[];
}

export interface Evaluation {
  /** Rules that hold after debounce, and those that did and are not yet over nor out of date. */
  readonly firing: readonly Finding[];
  /** Rules clearly over for the hysteresis time: an open finding of theirs may end. In neither list: it stays as it is. */
  readonly quietRuleIds: readonly string[];
}

export interface Shown {
  readonly prompts: readonly Prompt[];
  /** By name, of the scores that are for this patient, those with something to count. */
  readonly scores: Readonly<Record<string, ScoreRange>>;
}

const openRules = (state: CaseState): ReadonlySet<string> =>
  new Set(Object.values(state.findings).flatMap(({ finding, isEnded }) => (isEnded ? [] : [finding.ruleId])));

/** The clinical rules over one case: streamed samples are observed, the case is evaluated once per batch. */
export class CaseWatch {
  readonly #ruleSet: RuleSet;
  readonly #history = new StreamHistory();
  #observed: Sample[] = [];
  #unjudged = 0;
  #state: CaseState | null = null;
  #chart: Chart | null = null;
  #episodes: readonly Episode[] = [];
  #judgedToMs = -Infinity;
  /** Rules with a finding that is open in the case. */
  #open: ReadonlySet<string> = new Set();
  #following: { readonly entries: number; readonly episodes: readonly Episode[] } | null = null;

  constructor(rules: RuleSet) {
    this.#ruleSet = rules;
  }

  /** O(1). Instants are corrected to the clock of `nowMs`: a sample over a minute ahead of it is not read. */
  observe(sample: Sample): void {
    this.#observed.push(sample);
  }

  /** The same for the same samples and state, however often it was called between them. */
  evaluate(state: CaseState, nowMs: number): Evaluation {
    const isRewritten = this.#settle(nowMs);
    const chart = this.#judge(state, nowMs, isRewritten);
    const { presentMs, now } = this.#present(chart, nowMs);
    // With a monitor every instant is judged; without one the clock alone may bring a rule about.
    const isSilent = presentMs - this.#judgedToMs > vitalTermMs.noSignal;
    const firing: Finding[] = [];
    const quietRuleIds: string[] = [];
    for (const episode of this.#followed(chart, presentMs, now)) {
      const { rule } = episode;
      const evidence = episode.firesOn(now, presentMs) ?? (isSilent && isDue(rule, now, chart) ? now : null);
      if (evidence) firing.push(findingOf(rule, evidence, presentMs, chart, state, this.#ruleSet));
      else if (episode.isQuiet(now)) quietRuleIds.push(rule.id);
    }
    return { firing, quietRuleIds };
  }

  /** What the last evaluation lets the crew see, and asks of it. */
  shown(nowMs: number): Shown {
    if (!this.#chart) return { prompts: [], scores: {} };
    const chart = this.#chart;
    const { presentMs, now } = this.#present(chart, nowMs);
    const prompts = this.#ruleSet.rules
      .map((rule) => ({ ruleId: rule.id, missing: askedFor(rule, now, presentMs, chart) }))
      .filter(({ missing }) => missing.length > 0);
    return { prompts, scores: shownScores(now) };
  }

  #present(chart: Chart, nowMs: number): { readonly presentMs: number; readonly now: Picture } {
    const presentMs = Math.max(nowMs, this.#judgedToMs);
    return { presentMs, now: chart.at(this.#history.rows.length - 1, presentMs) };
  }

  /** The rules that may come to hold on what the crew has entered so far, those that did, and those with an open finding. */
  #followed(chart: Chart, atMs: number, picture: Picture): readonly Episode[] {
    const entries = chart.entriesAt(atMs);
    if (this.#following?.entries === entries) return this.#following.episodes;
    const episodes = this.#episodes.filter(
      (episode) => this.#open.has(episode.rule.id) || episode.hasFired || episode.rule.canHold(picture),
    );
    this.#following = { entries, episodes };
    return episodes;
  }

  /** Takes the observed samples in; true when an instant already judged is no longer what it was. */
  #settle(nowMs: number): boolean {
    let isRewritten = false;
    for (const sample of this.#observed) {
      // One instant far ahead would make every true one after it look old.
      if (sample.measuredAtMs > nowMs + clockLeadMs) continue;
      const change = this.#history.take(sample);
      if (change === 'appended') this.#unjudged += 1;
      else if (change === 'rewritten') isRewritten = true;
    }
    this.#observed = [];
    return isRewritten;
  }

  /** Steps the rules through the new instants, or through all kept ones when the record itself has changed. */
  #judge(state: CaseState, nowMs: number, isRewritten: boolean): Chart {
    const { rows } = this.#history;
    const firstNewMs = rows.at(-this.#unjudged)?.measuredAtMs ?? Infinity;
    const isOutOfOrder = this.#unjudged > 0 && firstNewMs <= this.#judgedToMs;
    const kept = this.#chart;
    const isSame = kept && !kept.crew.hasAhead && this.#isSameRecord(state) && !isRewritten && !isOutOfOrder;
    const chart = isSame ? kept : new Chart(this.#history, state, nowMs);
    if (this.#state?.findings !== state.findings) {
      this.#open = openRules(state);
      this.#following = null;
    }
    if (isSame) {
      for (let at = rows.length - this.#unjudged; at < rows.length; at += 1)
        this.#step(chart, at, rows[at]?.measuredAtMs);
    } else {
      this.#judgeAll(chart);
    }
    this.#unjudged = 0;
    this.#chart = chart;
    this.#state = state;
    this.#history.trim((name, value) => chart.isPlausible(name, value));
    return chart;
  }

  #judgeAll(chart: Chart): void {
    const { rows } = this.#history;
    this.#episodes = this.#ruleSet.rules.map((rule) => new Episode(rule));
    this.#following = null;
    this.#judgedToMs = -Infinity;
    const entered = chart.crew.newestFirst.map(({ measuredAtMs }) => measuredAtMs).toReversed();
    let next = 0;
    const enteredBefore = (atMs: number, rowIndex: number): void => {
      for (; next < entered.length && (entered[next] ?? Infinity) < atMs; next += 1)
        this.#step(chart, rowIndex, entered[next]);
    };
    for (let at = 0; at < rows.length; at += 1) {
      enteredBefore(rows[at]?.measuredAtMs ?? -Infinity, at - 1);
      this.#step(chart, at, rows[at]?.measuredAtMs);
    }
    enteredBefore(Infinity, rows.length - 1);
  }

  #step(chart: Chart, rowIndex: number, atMs = -Infinity): void {
    const picture = chart.at(rowIndex, atMs);
    for (const episode of this.#followed(chart, atMs, picture)) episode.step(picture, rowIndex, atMs, chart);
    this.#judgedToMs = atMs;
  }

  #isSameRecord(state: CaseState): boolean {
    const seen = this.#state;
    return seen !== null && readFields.every((field) => seen[field] === state[field]);
  }
}
