import type { CaseView } from '@pentad/protocol/case-view';
import type { GivenAnswer, PreAlert, Target } from '@pentad/ui/case-parts';
import { byPriority, priorityOf } from '@pentad/ui/priority';

/** One ask of one desk: the unit of work of a board. */
export interface DeskTarget {
  readonly view: CaseView;
  readonly preAlert: PreAlert;
  readonly target: Target;
}

export type Standing = 'unanswered' | 'ours' | 'elsewhere' | 'over';

const isOwning = (given: GivenAnswer): boolean => given.answer === 'accept' || given.answer === 'accept-in-minutes';

export function standingOf(ask: DeskTarget): Standing {
  const { view, preAlert, target } = ask;
  if (view.isOver || !preAlert.isOpen || target.isReleased) return 'over';
  if (target.isRinging || preAlert.ownerTargetId === null) return 'unanswered';
  return preAlert.ownerTargetId === target.targetId ? 'ours' : 'elsewhere';
}

export const allTargets = (view: CaseView): readonly DeskTarget[] =>
  view.preAlerts.flatMap((preAlert) => preAlert.targets.map((target) => ({ view, preAlert, target })));

/** All that a desk was ever asked, in the order it was asked: cards do not change places under the eye. */
export function deskTargets(views: readonly CaseView[], deskId: string): readonly DeskTarget[] {
  return views
    .flatMap(allTargets)
    .filter((ask) => ask.target.deskId === deskId)
    .sort((a, b) => a.target.addedAtMs - b.target.addedAtMs || (a.target.targetId < b.target.targetId ? -1 : 1));
}

/** Other open asks about the same patient at the same desk: one arrival, several cards. */
export const siblingsAtDesk = (ask: DeskTarget): readonly DeskTarget[] =>
  allTargets(ask.view).filter(
    (each) =>
      each.target.deskId === ask.target.deskId &&
      each.target.targetId !== ask.target.targetId &&
      standingOf(each) !== 'over',
  );

/** The answer that made the owner of a pre-alert, with the desk it came from. */
export function ownerOf(preAlert: PreAlert): { readonly target: Target; readonly given: GivenAnswer } | null {
  const target = preAlert.targets.find((each) => each.targetId === preAlert.ownerTargetId);
  const given = target?.answers.findLast(isOwning);
  return target && given ? { target, given } : null;
}

/** What this desk said that left the ask open. */
export const leftOpenBy = (target: Target): GivenAnswer | null =>
  target.answers.findLast((given) => !isOwning(given)) ?? null;

/** When the owner said it can take the patient; null when it can now. */
export function readyAtMs(preAlert: PreAlert): number | null {
  const given = ownerOf(preAlert)?.given;
  return given?.answer === 'accept-in-minutes' && given.minutes !== null ? given.atMs + given.minutes * 60_000 : null;
}

export const worstFirst = (a: DeskTarget, b: DeskTarget): number =>
  byPriority(priorityOf[a.preAlert.tier], priorityOf[b.preAlert.tier]) || a.target.addedAtMs - b.target.addedAtMs;

/** When what raised the pre-alert was taken: the crew's press, or the newest measurement of the rule that was before it. */
export function capturedAtMs(view: CaseView, preAlert: PreAlert): number | null {
  const { pressedAtMs } = preAlert;
  if (pressedAtMs !== null && pressedAtMs <= preAlert.raisedAtMs) return pressedAtMs;
  const measured = view.findings
    .filter((each) => each.finding.specialty === preAlert.specialty && each.raisedAtMs <= preAlert.raisedAtMs)
    .flatMap((each) => each.finding.inputs.map((input) => input.measuredAtMs))
    .filter((at): at is number => at !== null);
  return measured.length === 0 ? pressedAtMs : Math.max(...measured);
}

/** When this target last began to ring: a promise that ran out begins the ladder anew. */
export function ringsFromMs(target: Target): number {
  const lapsed = target.ladder.findLast((step) => step.step === 'promised' && step.firedAtMs !== null);
  return lapsed?.firedAtMs ?? target.addedAtMs;
}

/** There is something left to answer: nobody has it, or we have it later and could have it now. */
export function needsAnswer(ask: DeskTarget): boolean {
  const standing = standingOf(ask);
  return standing === 'unanswered' || (standing === 'ours' && readyAtMs(ask.preAlert) !== null);
}
