import type { Patient } from '@pentad/protocol/case-event-types';
import { emptyCase, type Assessment, type CaseState } from '@pentad/protocol/case-state';
import type { Specialty } from '@pentad/protocol/center';
import type { CaseId } from '@pentad/protocol/ids';
import { noVitals, type Vitals, type VitalTimes } from '@pentad/protocol/vitals';
import { CaseWatch, type Evaluation, type Shown } from '../case-watch.ts';
import { ruleSet } from '../rule-sets/pentad-2.ts';
import type { Sample } from '../stream-history.ts';

export const START_MS = 1_790_000_000_000;
export const at = (seconds: number): number => START_MS + seconds * 1000;

const boringAdult: Patient = { ageYears: 52, ageDays: null, sex: 'male', gestationDays: null, isPregnant: null };

export const patientOf = (patient: Partial<Patient> = {}): Patient => ({ ...boringAdult, ...patient });

export const assessmentOf = (atSeconds: number, assessment: Partial<Assessment> = {}): Assessment => ({
  assessmentId: `assessment-${atSeconds}`,
  measuredAtMs: at(atSeconds),
  consciousness: null,
  oxygen: null,
  isPressureUnrecordable: null,
  vitals: {},
  gcs: null,
  items: {},
  ...assessment,
});

export const caseOf = (
  specialty: Specialty | null = null,
  assessments: readonly Assessment[] = [],
  patient: Partial<Patient> | null = {},
): CaseState => ({
  ...emptyCase('01920000-0000-7000-8000-000000000001' as CaseId),
  specialty,
  patient: {
    current: patient && { value: patientOf(patient), caseSeq: 1, writer: 'vehicle', basedOnCaseSeq: 0 },
    earlier: [],
  },
  assessments: Object.fromEntries(assessments.map((one) => [one.assessmentId, one])),
});

/** `cuffAt`, `probeAt`: seconds at which pressure and temperature were taken. */
export const sampleOf = (
  seconds: number,
  vitals: Partial<Vitals>,
  { cuffAt, probeAt }: { cuffAt?: number; probeAt?: number } = {},
): Sample => {
  const times: VitalTimes = {
    bloodPressureAtMs: cuffAt === undefined ? null : at(cuffAt),
    temperatureAtMs: probeAt === undefined ? null : at(probeAt),
  };
  return { measuredAtMs: at(seconds), vitals: { ...noVitals, ...vitals }, times };
};

/** One sample a second, from and to inclusive. */
export const everySecond = (from: number, to: number, sample: (second: number) => Sample): readonly Sample[] =>
  Array.from({ length: to - from + 1 }, (_, index) => sample(from + index));

export const firingIds = ({ firing }: Evaluation): readonly string[] => firing.map(({ ruleId }) => ruleId);

/** Observes all, evaluates once. */
export const evaluated = (state: CaseState, samples: readonly Sample[], nowSeconds: number): Evaluation & Shown => {
  const watch = new CaseWatch(ruleSet);
  for (const sample of samples) watch.observe(sample);
  return { ...watch.evaluate(state, at(nowSeconds)), ...watch.shown(at(nowSeconds)) };
};
