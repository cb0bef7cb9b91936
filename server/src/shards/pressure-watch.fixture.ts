import type { CaseState } from '@pentad/protocol/case-state';
import { boringFinding } from '@pentad/protocol/testing/boring-clinical';
import type { RuleWatch } from './watched-cases.ts';

/** A rule of the test's own: fires once a systolic pressure under 90 was observed, quiet on one of 120 or more. */
export class PressureWatch implements RuleWatch {
  lowestMmHg: number | null = null;
  isRecovered = false;
  observe({ vitals }: Parameters<RuleWatch['observe']>[0]): void {
    const { systolicMmHg } = vitals;
    if (systolicMmHg === null) return;
    this.isRecovered = systolicMmHg >= 120;
    this.lowestMmHg = Math.min(systolicMmHg, this.lowestMmHg ?? systolicMmHg);
  }
  evaluate(state: CaseState) {
    const isLow = this.lowestMmHg !== null && this.lowestMmHg < 90 && !this.isRecovered;
    const isKnownPatient = state.patient.current !== null;
    const quietRuleIds = this.isRecovered ? [boringFinding.ruleId] : [];
    return { firing: isLow && isKnownPatient ? [boringFinding] : [], quietRuleIds };
  }
}
