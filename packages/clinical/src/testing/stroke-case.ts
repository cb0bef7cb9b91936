import type { ItemAnswer } from '@pentad/protocol/assessment-items/item';
import type { Assessment, CaseState } from '@pentad/protocol/case-state';
import type { Specialty } from '@pentad/protocol/center';
import { assessmentOf, at, caseOf, evaluated } from './case-builder.ts';

export type Items = Readonly<Record<string, ItemAnswer>>;
export const full = { eye: 4, verbal: 5, motor: 6, notTestable: [] };
export const gcsOf = (eye: number, verbal: number, motor: number) => ({ eye, verbal, motor, notTestable: [] });

/** `lastWell`: minutes before the first assessment; null = never recorded. */
export const strokeCase = (
  items: Items,
  lastWell: number | null,
  more: Partial<Assessment> = {},
  specialty: Specialty | null = 'stroke',
): CaseState => ({
  ...caseOf(specialty, [assessmentOf(0, { items, ...more })], { ageYears: 60 }),
  onset: {
    current:
      lastWell === null
        ? null
        : {
            value: { kind: 'last-known-well', atMs: at(-60 * lastWell), certainty: 'exact' },
            caseSeq: 2,
            writer: 'vehicle',
            basedOnCaseSeq: 1,
          },
    earlier: [],
  },
});

export const strokeIdsAt = (state: CaseState, seconds: number): readonly string[] =>
  evaluated(state, [], seconds)
    .firing.filter(({ specialty }) => specialty === 'stroke')
    .map(({ ruleId }) => ruleId);
export const idsOf = (...of: Parameters<typeof strokeCase>) => strokeIdsAt(strokeCase(...of), 0);
export const flagsOf = (...of: Parameters<typeof strokeCase>) =>
  evaluated(strokeCase(...of), [], 0).firing.find(({ specialty }) => specialty === 'stroke')?.flags ?? [];
export const promptsOf = (...of: Parameters<typeof strokeCase>) =>
  Object.fromEntries(evaluated(strokeCase(...of), [], 0).prompts.map(({ ruleId, missing }) => [ruleId, missing]));

export const lamsOf = (face: string, arm: string, grip: string): Items => ({
  strokeLamsFace: face,
  strokeLamsArm: arm,
  strokeLamsGrip: grip,
});
export const raceOf = (face: string, arm: string, leg: string, gaze: string, aphasia: string): Items => ({
  strokeRaceFace: face,
  strokeRaceArm: arm,
  strokeRaceLeg: leg,
  strokeRaceGaze: gaze,
  strokeWeakSide: 'right',
  strokeRaceAphasia: aphasia,
});
export const lvoNegative: Items = {
  ...lamsOf('present', 'drifts', 'weak'),
  ...raceOf('mild', 'weak', 'weak', 'absent', 'one'),
};
export const noBeFast: Items = {
  strokeBalance: false,
  strokeEyes: false,
  strokeFace: false,
  strokeArm: false,
  strokeSpeech: false,
};
