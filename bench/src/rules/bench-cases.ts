import { emptyCase, type Assessment, type CaseState } from '@pentad/protocol/case-state';
import type { Specialty } from '@pentad/protocol/center';
import type { CaseId } from '@pentad/protocol/ids';
import type { Patient } from '@pentad/protocol/case-event-types';

export const START_MS = 1_790_000_000_000;

const adult: Patient = { ageYears: 58, ageDays: null, sex: 'male', gestationDays: null, isPregnant: false };
const mother: Patient = { ageYears: 29, ageDays: null, sex: 'female', gestationDays: 36 * 7, isPregnant: true };
const newborn: Patient = { ageYears: 0, ageDays: 1, sex: 'female', gestationDays: 36 * 7, isPregnant: null };

/** A crew that keeps asking: three full rounds in the first half hour. */
function assessments(items: Assessment['items']): CaseState['assessments'] {
  const rounds = [0, 600, 1200].map((second) => ({
    assessmentId: `round-${second}`,
    measuredAtMs: START_MS + second * 1000,
    consciousness: 'alert',
    oxygen: 'air' as const,
    isPressureUnrecordable: false,
    vitals: { glucoseMmolPerL: 6.2 },
    gcs: { eye: 4, verbal: 5, motor: 6, notTestable: [] },
    items,
  }));
  return Object.fromEntries(rounds.map((round) => [round.assessmentId, round]));
}

const caseWith = (specialty: Specialty | null, patient: Patient, items: Assessment['items']): CaseState => ({
  ...emptyCase('01920000-0000-7000-8000-000000000001' as CaseId),
  specialty,
  patient: { current: { value: patient, caseSeq: 1, writer: 'vehicle', basedOnCaseSeq: 0 }, earlier: [] },
  assessments: assessments(items),
});

/** Nobody here is ill enough to fire: what is paid is what every quiet case pays each second. */
export const benchCases: readonly { readonly name: string; readonly state: CaseState }[] = [
  { name: 'no specialty', state: caseWith(null, adult, {}) },
  { name: 'chest pain', state: caseWith('chest-pain', adult, { arrest: 'none', skin: 'normal' }) },
  { name: 'stroke', state: caseWith('stroke', adult, { seizure: 'none', anticoagulant: false }) },
  { name: 'trauma', state: caseWith('trauma', adult, { isInjured: true, airway: 'own' }) },
  { name: 'maternal', state: caseWith('maternal', mother, { seizure: 'none', painScore: 1 }) },
  { name: 'neonate', state: caseWith('neonate', newborn, { airway: 'own', capillaryRefillS: 2 }) },
];
