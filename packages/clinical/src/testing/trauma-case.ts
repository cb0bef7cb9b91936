import type { ItemAnswer } from '@pentad/protocol/assessment-items/item';
import type { Patient } from '@pentad/protocol/case-event-types';
import type { Assessment, CaseState } from '@pentad/protocol/case-state';
import type { Specialty } from '@pentad/protocol/center';
import { assessmentOf, caseOf, evaluated } from './case-builder.ts';

export type Items = Readonly<Record<string, ItemAnswer>>;
type Vitals = Readonly<Record<string, number>>;
export type Person = Partial<Patient>;
type More = Partial<Omit<Assessment, 'vitals' | 'items'>>;

export const man30: Person = { ageYears: 30, sex: 'male' };
export const aged = (ageYears: number): Person => ({ ageYears, sex: 'male' });
export const daysOld = (ageDays: number, gestationDays: number | null = null): Person => ({
  ageYears: 0,
  ageDays,
  gestationDays,
  sex: 'male',
});
export const pregnant: Person = { ageYears: 28, sex: 'female', isPregnant: true, gestationDays: 200 };
export const gcsOf = (eye: number, verbal: number, motor: number) => ({ eye, verbal, motor, notTestable: [] });

export interface Story {
  readonly items?: Items;
  readonly vitals?: Vitals;
  readonly more?: More;
  readonly patient?: Person | null;
  readonly specialty?: Specialty | null;
}

/** One set of hand readings. */
export const injured = ({
  items = {},
  vitals = {},
  more = {},
  patient = man30,
  specialty = 'trauma',
}: Story): CaseState => caseOf(specialty, [assessmentOf(0, { items, vitals, ...more })], patient);

/** The same readings twice, `apart` seconds from each other. */
export const repeated = (story: Story, apart = 60): CaseState =>
  caseOf(
    story.specialty ?? 'trauma',
    [0, apart].map((seconds) =>
      assessmentOf(seconds, { items: story.items ?? {}, vitals: story.vitals ?? {}, ...story.more }),
    ),
    story.patient === undefined ? man30 : story.patient,
  );

export const traumaIds = (state: CaseState, seconds = 0): readonly string[] =>
  evaluated(state, [], seconds)
    .firing.filter(({ specialty }) => specialty === 'trauma')
    .map(({ ruleId }) => ruleId);
export const idsOf = (story: Story) => traumaIds(injured(story));
export const flagsOf = (story: Story): readonly string[] =>
  evaluated(injured({ ...story, items: { traumaCrewConcern: true, ...story.items } }), [], 0).firing.find(
    ({ ruleId }) => ruleId === 'TR-Y15',
  )?.flags ?? [];
export const promptsOf = (story: Story) =>
  Object.fromEntries(evaluated(injured(story), [], 0).prompts.map(({ ruleId, missing }) => [ruleId, missing]));
