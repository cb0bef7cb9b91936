import type { PlainCase } from '@pentad/auditor-rules/plain-case';

type Some = Omit<Partial<PlainCase>, 'patient' | 'vitals'> & {
  readonly patient?: Partial<PlainCase['patient']>;
  readonly vitals?: Partial<PlainCase['vitals']>;
};

/** Of a patient nothing is known of but this. */
export const plainCaseOf = ({ patient = {}, vitals = {}, ...rest }: Some): PlainCase => ({
  specialty: null,
  consciousness: null,
  oxygen: null,
  isPressureUnrecordable: null,
  gcs: null,
  items: {},
  minutesSinceLastKnownWell: null,
  minutesSinceOnset: null,
  minutesSinceBirth: null,
  minutesSinceRosc: null,
  bloodLossMl: null,
  ...rest,
  patient: { ageYears: null, ageDays: null, sex: null, gestationDays: null, isPregnant: null, ...patient },
  vitals: {
    heartRateBpm: null,
    respiratoryRatePerMin: null,
    spo2Percent: null,
    systolicMmHg: null,
    diastolicMmHg: null,
    temperatureC: null,
    glucoseMmolPerL: null,
    ...vitals,
  },
});
