import type { RuleSet } from '@pentad/clinical/rule';
import { specialties, type Specialty } from '@pentad/protocol/center';
import type { CaseId } from '@pentad/protocol/ids';
import type { Tier } from '@pentad/protocol/pre-alert';
import { alertChanges } from './alert-changes.ts';
import type { ReplayedAlert } from './replay-case.ts';

export interface AlertCounts {
  /** Alerts of the old and of the new set. */
  before: number;
  after: number;
  gained: number;
  lost: number;
  /** The same alert with another tier. */
  tierChanged: number;
  /** Cases with at least one alert. */
  casesBefore: number;
  casesAfter: number;
}

/** One line of what changed: ids and instants, nothing of a patient. */
export interface ChangedCase {
  readonly kind: 'gained' | 'lost' | 'tier';
  readonly caseId: CaseId;
  readonly ruleId: string;
  readonly specialty: Specialty;
  readonly tier: Tier;
  /** Of a changed tier: what it was. */
  readonly tierBefore: Tier | null;
  readonly atMs: number;
}

export interface ReplayReport {
  readonly against: string;
  readonly rules: string;
  readonly sinceMs: number | null;
  readonly cases: number;
  readonly total: AlertCounts;
  readonly byRule: readonly (AlertCounts & { readonly ruleId: string })[];
  /** A desk hears the rules of the specialties it serves. */
  readonly bySpecialty: readonly (AlertCounts & { readonly specialty: Specialty })[];
  readonly changes: readonly ChangedCase[];
}

const noCounts = (): AlertCounts => ({
  before: 0,
  after: 0,
  gained: 0,
  lost: 0,
  tierChanged: 0,
  casesBefore: 0,
  casesAfter: 0,
});
const counterOf = { gained: 'gained', lost: 'lost', tier: 'tierChanged' } as const;

/** Counts what a new rule set gains and loses against an old one, a case at a time. */
export class ReplayComparison {
  readonly #sets: { readonly against: RuleSet; readonly rules: RuleSet };
  readonly #total = noCounts();
  readonly #byRule: ReadonlyMap<string, AlertCounts>;
  readonly #bySpecialty: ReadonlyMap<Specialty, AlertCounts>;
  readonly #changes: ChangedCase[] = [];
  #cases = 0;

  constructor(sets: { readonly against: RuleSet; readonly rules: RuleSet }) {
    this.#sets = sets;
    const ids = [...sets.against.rules, ...sets.rules.rules].map(({ id }) => id);
    this.#byRule = new Map(ids.map((id) => [id, noCounts()]));
    this.#bySpecialty = new Map(specialties.map((specialty) => [specialty, noCounts()]));
  }

  add(caseId: CaseId, before: readonly ReplayedAlert[], after: readonly ReplayedAlert[]): void {
    this.#cases += 1;
    this.#count('before', 'casesBefore', before);
    this.#count('after', 'casesAfter', after);
    for (const change of alertChanges(before, after)) {
      const { ruleId, specialty, tier, fromMs } = change.alert;
      for (const counts of this.#countsOf(change.alert)) counts[counterOf[change.kind]] += 1;
      const tierBefore = change.kind === 'tier' ? change.before : null;
      this.#changes.push({ kind: change.kind, caseId, ruleId, specialty, tier, tierBefore, atMs: fromMs });
    }
  }

  report(sinceMs: number | null): ReplayReport {
    return {
      against: this.#sets.against.version,
      rules: this.#sets.rules.version,
      sinceMs,
      cases: this.#cases,
      total: this.#total,
      byRule: [...this.#byRule].map(([ruleId, counts]) => ({ ruleId, ...counts })),
      bySpecialty: [...this.#bySpecialty].map(([specialty, counts]) => ({ specialty, ...counts })),
      changes: this.#changes,
    };
  }

  #countsOf({ ruleId, specialty }: ReplayedAlert): readonly AlertCounts[] {
    return [this.#total, this.#byRule.get(ruleId) ?? [], this.#bySpecialty.get(specialty) ?? []].flat();
  }

  #count(alerts: 'before' | 'after', cases: 'casesBefore' | 'casesAfter', given: readonly ReplayedAlert[]): void {
    for (const alert of given) for (const counts of this.#countsOf(alert)) counts[alerts] += 1;
    for (const counts of new Set(given.flatMap((alert) => this.#countsOf(alert)))) counts[cases] += 1;
  }
}
