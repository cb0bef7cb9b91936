import { assessmentItems } from '@pentad/protocol/assessment-items';
import { slots } from '../picture.ts';

/** What kind of thing a name of the rule language stands for. */
export type FactKind = 'number' | 'flag' | 'code';

/** Beside the vitals and the crew's answers: who the patient is, and how long ago things were. Minutes are not rounded. */
const caseFacts: Readonly<Record<string, FactKind>> = {
  ageYears: 'number',
  ageDays: 'number',
  gestationDays: 'number',
  gestationWeeks: 'number',
  sex: 'code',
  isAdult: 'flag',
  isNeonate: 'flag',
  isPregnant: 'flag',
  specialty: 'code',
  consciousness: 'code',
  oxygen: 'code',
  isPressureUnrecordable: 'flag',
  gcsEye: 'number',
  gcsVerbal: 'number',
  gcsMotor: 'number',
  bloodLossMl: 'number',
  minutesSinceOnset: 'number',
  minutesSinceLastKnownWell: 'number',
  minutesSinceBirth: 'number',
  minutesSinceRosc: 'number',
};

const itemKinds = Object.fromEntries(
  Object.entries(assessmentItems).map(([name, { kind }]): [string, FactKind] => [
    name,
    kind === 'flag' ? 'flag' : kind === 'choice' ? 'code' : 'number',
  ]),
);

export const factKinds: ReadonlyMap<string, FactKind> = new Map([
  ...slots.map((slot): [string, FactKind] => [slot, 'number']),
  ...Object.entries(caseFacts),
  ...Object.entries(itemKinds),
]);
