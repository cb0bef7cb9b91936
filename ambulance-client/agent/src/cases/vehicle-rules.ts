import { CaseWatch } from '@pentad/clinical/case-watch';
import type { RuleSet } from '@pentad/clinical/rule';
import type { CaseState } from '@pentad/protocol/case-state';
import type { CaseId } from '@pentad/protocol/ids';
import { isMoreUrgent, type Finding } from '@pentad/protocol/pre-alert';
import type { Capture } from '../agent-types.ts';

const MAX_WATCHED = 16;

/**
 * The same clinical engine as the server's, on the vehicle, offline too. What it finds is shown and quoted inside the
 * crew's own pre-alert; only the server raises alerts (design decision 3).
 */
export class VehicleRules {
  readonly #rules: RuleSet;
  readonly #watches = new Map<CaseId, CaseWatch>();

  constructor(rules: RuleSet) {
    this.#rules = rules;
  }

  observe(samples: readonly Capture[]): void {
    for (const sample of samples) {
      if (sample.lane === 'vit' && sample.caseId !== null) this.#watch(sample.caseId).observe(sample);
    }
  }

  /** The most urgent first: a pre-alert quotes only so many. */
  findings(state: CaseState, nowMs: number): readonly Finding[] {
    const { firing } = this.#watch(state.caseId).evaluate(state, nowMs);
    return firing.toSorted((a, b) => Number(isMoreUrgent(b.tier, a.tier)) - Number(isMoreUrgent(a.tier, b.tier)));
  }

  /** The oldest case makes room: a vehicle carries two patients, rarely more. */
  #watch(caseId: CaseId): CaseWatch {
    const known = this.#watches.get(caseId);
    if (known) return known;
    if (this.#watches.size >= MAX_WATCHED) this.#watches.delete(this.#watches.keys().next().value ?? caseId);
    const made = new CaseWatch(this.#rules);
    this.#watches.set(caseId, made);
    return made;
  }
}
