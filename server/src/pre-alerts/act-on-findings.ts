import { isOver } from '@pentad/protocol/case-reading';
import { FindingId } from '@pentad/protocol/ids';
import type { Finding } from '@pentad/protocol/pre-alert';
import type { CaseState } from '@pentad/protocol/case-state';
import * as v from 'valibot';
import type { CasePlanner } from '../cases/case-planner.ts';
import { joinEmergency } from './join-emergency.ts';
import { raisePreAlert } from './raise-pre-alert.ts';

/** What the engine says now: rules that fire after debounce, and rules quiet long enough for their episode to end. */
export interface RuleOutcome {
  readonly firing: readonly Finding[];
  readonly quietRuleIds: readonly string[];
}

const openFinding = (state: CaseState, ruleId: string) =>
  Object.values(state.findings).find((entry) => entry.finding.ruleId === ruleId && !entry.isEnded);

/** Cheap test on the cached state: does anything have to be written at all? */
export function changesFindings(state: CaseState, outcome: RuleOutcome): boolean {
  if (isOver(state)) return false;
  return (
    outcome.firing.some((finding) => !openFinding(state, finding.ruleId)) ||
    outcome.quietRuleIds.some((ruleId) => openFinding(state, ruleId))
  );
}

/** One finding per (case, rule, episode); a new one raises its specialty's pre-alert or that one's tier. */
export function actOnFindings(planner: CasePlanner, outcome: RuleOutcome): void {
  if (isOver(planner.state)) return;
  for (const ruleId of outcome.quietRuleIds) {
    const open = openFinding(planner.state, ruleId);
    if (open) planner.write('finding.ended', { findingId: v.parse(FindingId, open.findingId) });
  }
  for (const finding of outcome.firing) {
    if (openFinding(planner.state, finding.ruleId)) continue;
    const episode =
      Object.values(planner.state.findings).filter((entry) => entry.finding.ruleId === finding.ruleId).length + 1;
    const findingId = v.parse(FindingId, planner.context.ids.next());
    planner.write('finding.raised', { findingId, episode, finding });
    raisePreAlert(planner, {
      specialty: finding.specialty,
      tier: finding.tier,
      cause: { kind: 'rule', findingId },
      destination: planner.state.destination.current?.value.hospitalId ?? null,
    });
  }
  joinEmergency(planner);
}
