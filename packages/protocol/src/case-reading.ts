import {
  caseStatuses,
  type CaseState,
  type CaseStatus,
  type SingleValued,
  type Written,
  type Writer,
} from './case-state.ts';
import { chosenStamp, type MilestoneCode, type MilestoneStamp } from './milestone.ts';
import { isOpenPreAlert, type PreAlertState } from './pre-alert-state.ts';

/** An entry that asks for a person's attention; `key` is stable, so a display keeps its place. */
export interface Conflict {
  readonly key: string;
  readonly kind: 'written-apart' | 'after-closing';
  readonly field: string;
}

function latestBy<T>(field: SingleValued<T>, writer: Writer): Written<T> | null {
  const all = field.current ? [...field.earlier, field.current] : field.earlier;
  return all.filter((entry) => entry.writer === writer).at(-1) ?? null;
}

/** The same text for the same flat value, however a stored projection ordered its keys. */
const textOf = (value: object): string => JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Both wrote, neither had seen the other, and the values differ: the log cannot know which is right. */
function isWrittenApart<T extends object>(field: SingleValued<T>): boolean {
  const vehicle = latestBy(field, 'vehicle');
  const hospital = latestBy(field, 'hospital');
  if (!vehicle || !hospital || textOf(vehicle.value) === textOf(hospital.value)) return false;
  const [first, second] = vehicle.caseSeq < hospital.caseSeq ? [vehicle, hospital] : [hospital, vehicle];
  return second.basedOnCaseSeq < first.caseSeq;
}

const allowedAfterClosing = new Set(['outcome.recorded', 'correction.recorded', 'milestone.corrected']);

/** Open conflicts of a case, in a stable order that does not depend on which writer arrived first. */
export function openConflicts(state: CaseState): readonly Conflict[] {
  const apart = (['destination', 'onset', 'patient'] as const)
    .filter((field) => isWrittenApart<object>(state[field]))
    .map((field) => ({ key: `written-apart:${field}`, kind: 'written-apart' as const, field }));
  const { closedAtMs } = state;
  const late = state.timeline
    .filter((entry) => closedAtMs !== null && entry.occurredAtMs > closedAtMs && !allowedAfterClosing.has(entry.type))
    .map((entry) => ({ key: `after-closing:${entry.eventId}`, kind: 'after-closing' as const, field: entry.type }));
  return [...apart, ...late].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** The stamp shown for each milestone that has any. T_DOOR is T_GATE unless a person corrects it (design.md, The case). */
export function milestones(state: CaseState): Partial<Record<MilestoneCode, MilestoneStamp>> {
  const byCode: Partial<Record<MilestoneCode, MilestoneStamp[]>> = {};
  for (const stamp of Object.values(state.stamps)) (byCode[stamp.code] ??= []).push(stamp);
  const chosen: Partial<Record<MilestoneCode, MilestoneStamp>> = {};
  for (const [code, stamps] of Object.entries(byCode) as [MilestoneCode, MilestoneStamp[]][]) {
    const stamp = chosenStamp(stamps, state.stampCorrections[code]?.stampId ?? null);
    if (stamp) chosen[code] = stamp;
  }
  const isByPerson = chosen.T_DOOR?.source === 'staff' || chosen.T_DOOR?.source === 'crew';
  if (chosen.T_GATE && !isByPerson) chosen.T_DOOR = { ...chosen.T_GATE, code: 'T_DOOR' };
  return chosen;
}

export const openPreAlerts = (state: CaseState): readonly PreAlertState[] =>
  isOver(state) ? [] : Object.values(state.preAlerts).filter(isOpenPreAlert);

export const hasReached = (state: CaseState, status: CaseStatus): boolean =>
  caseStatuses.indexOf(state.status) >= caseStatuses.indexOf(status);

/** Nothing new may be raised for a case that is cancelled or closed (faults.md E10, L3). */
export const isOver = (state: CaseState): boolean => state.cancelled !== null || state.closedAtMs !== null;
