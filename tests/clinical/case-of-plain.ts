import type { PlainCase } from '@pentad/auditor-rules/plain-case';
import { emptyCase, type Assessment, type CaseState } from '@pentad/protocol/case-state';
import type { CaseId } from '@pentad/protocol/ids';
import type { MilestoneCode, MilestoneStamp } from '@pentad/protocol/milestone';

export const NOW_MS = 1_790_000_000_000;
const MINUTE_MS = 60_000;

/** The same set now and before, so that what wants two sets has them; a newborn's are wanted 30 min apart. */
const setsAtMinutes = ({ patient }: PlainCase): readonly number[] =>
  patient.ageDays === null ? [-6, 0] : [-31, -11, 0];

/** The state the event log would fold to. */
export function caseOfPlain(plain: PlainCase): CaseState {
  const sets: readonly Assessment[] = setsAtMinutes(plain).map((minutes, index) => ({
    assessmentId: `set-${index}`,
    measuredAtMs: NOW_MS + minutes * MINUTE_MS,
    consciousness: plain.consciousness,
    oxygen: plain.oxygen,
    isPressureUnrecordable: plain.isPressureUnrecordable,
    vitals: { ...plain.vitals },
    gcs: plain.gcs,
    items: plain.items,
  }));
  const stamp = (code: MilestoneCode, minutes: number | null): readonly (readonly [string, MilestoneStamp])[] => {
    if (minutes === null) return [];
    const atMs = NOW_MS - minutes * MINUTE_MS;
    return [[code, { stampId: code, code, atMs, source: 'crew', errorMs: null, actorName: null }]];
  };
  const onset =
    plain.minutesSinceLastKnownWell === null
      ? { kind: 'onset' as const, minutes: plain.minutesSinceOnset }
      : { kind: 'last-known-well' as const, minutes: plain.minutesSinceLastKnownWell };
  const written = { caseSeq: 1, writer: 'vehicle', basedOnCaseSeq: 0 } as const;
  return {
    ...emptyCase('01920000-0000-7000-8000-000000000001' as CaseId),
    specialty: plain.specialty,
    patient: { current: { ...written, value: plain.patient }, earlier: [] },
    assessments: Object.fromEntries(sets.map((set) => [set.assessmentId, set])),
    onset: {
      current:
        onset.minutes === null
          ? null
          : { ...written, value: { kind: onset.kind, atMs: NOW_MS - onset.minutes * MINUTE_MS, certainty: 'exact' } },
      earlier: [],
    },
    stamps: Object.fromEntries([
      ...stamp('T_BIRTH', plain.minutesSinceBirth),
      ...stamp('T_ROSC', plain.minutesSinceRosc),
    ]),
    bloodLossMl: plain.bloodLossMl === null ? {} : { loss: plain.bloodLossMl },
  };
}
