import type { RuleSet } from '@pentad/clinical/rule';
import type { Specialty } from '@pentad/protocol/center';
import type { Tier } from '@pentad/protocol/pre-alert';
import type { ReplayedAlert } from './replay-case.ts';

export interface AlertRate {
  readonly ruleId: string;
  readonly specialty: Specialty | 'selected';
  readonly tier: Tier;
  /** First firings, one an episode. */
  readonly alerts: number;
  /** Cases in which it fired. */
  readonly cases: number;
  /** Cases in 1,000 in which it fired; null where there was no case. */
  readonly casesPerThousand: number | null;
}

/** How often each rule of a set fires. */
export class AlertRates {
  readonly #rules: RuleSet;
  readonly #fired = new Map<string, { alerts: number; cases: number }>();
  #cases = 0;
  #casesAlerted = 0;

  constructor(rules: RuleSet) {
    this.#rules = rules;
    for (const { id } of rules.rules) this.#fired.set(id, { alerts: 0, cases: 0 });
  }

  get cases(): number {
    return this.#cases;
  }

  /** Cases in which any rule fired. */
  get casesAlerted(): number {
    return this.#casesAlerted;
  }

  add(alerts: readonly ReplayedAlert[]): void {
    this.#cases += 1;
    if (alerts.length > 0) this.#casesAlerted += 1;
    for (const { ruleId } of alerts) this.#counted(ruleId, 'alerts');
    for (const ruleId of new Set(alerts.map((alert) => alert.ruleId))) this.#counted(ruleId, 'cases');
  }

  rates(): readonly AlertRate[] {
    return this.#rules.rules.map(({ id, specialty, tier }) => {
      const { alerts, cases } = this.#fired.get(id) ?? { alerts: 0, cases: 0 };
      const casesPerThousand = this.#cases === 0 ? null : (cases / this.#cases) * 1000;
      return { ruleId: id, specialty, tier, alerts, cases, casesPerThousand };
    });
  }

  #counted(ruleId: string, what: 'alerts' | 'cases'): void {
    const fired = this.#fired.get(ruleId);
    if (fired) fired[what] += 1;
  }
}
