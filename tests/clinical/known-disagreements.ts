import type { PlainCase } from '@pentad/auditor-rules/plain-case';
import { plainCaseOf } from './plain-case-of.ts';

/** A disagreement of packages/clinical with the documents that waits for its mending. It must go when it is mended. */
export interface KnownDisagreement {
  readonly name: string;
  readonly reason: string;
  /** Which kinds it explains: how they begin. */
  readonly kinds: readonly string[];
  /** On which cases. */
  readonly holds: (plain: PlainCase) => boolean;
  /** The smallest case; it must still differ. */
  readonly example: PlainCase;
}

const isHurt = ({ items, specialty }: PlainCase): boolean => items['isInjured'] === true || specialty === 'trauma';
const isChild = ({ patient: { ageYears, ageDays } }: PlainCase): boolean => ageDays !== null || (ageYears ?? 16) < 16;
const hasHeartEmergency = ({ items }: PlainCase): boolean =>
  ['vt', 'vf', 'high-degree-block'].includes(String(items['heartRhythm'])) ||
  ['arrhythmiaUnstable', 'tensionPneumothorax', 'cardiacTamponade', 'peSuspected'].some((name) => items[name] === true);
const isMother = ({ patient, items, minutesSinceBirth }: PlainCase): boolean =>
  patient.isPregnant !== false || minutesSinceBirth !== null || typeof items['maternalDaysSinceBirth'] === 'number';
const hasStrokeAnswer = ({ items }: PlainCase): boolean => Object.keys(items).some((name) => name.startsWith('stroke'));
const isNewborn = ({ patient }: PlainCase): boolean => patient.ageDays !== null;

export const knownDisagreements: readonly KnownDisagreement[] = [
  {
    name: 'injury-not-ticked',
    reason: 'A RED injury named by the crew does not count until "injured" is answered too or trauma chosen (B3.1).',
    kinds: ['row TR-R', 'tier trauma: auditor level-1'],
    holds: ({ items, specialty }) =>
      items['isInjured'] === undefined &&
      specialty !== 'trauma' &&
      Object.entries(items).some(([name, answer]) => name.startsWith('trauma') && answer !== false && answer !== null),
    example: plainCaseOf({ items: { traumaSkull: true } }),
  },
  {
    name: 'unrecordable-pressure-of-a-child',
    reason:
      'C34 with C7: a pressure unrecordable on two sets is confirmed hypotension of a child too; TR-A1 wants a number.',
    kinds: ['row TR-A1: auditor level-1'],
    holds: (plain) => (plain.isPressureUnrecordable === true || plain.items['radialPulse'] === false) && isChild(plain),
    example: plainCaseOf({ isPressureUnrecordable: true, patient: { ageYears: 5 }, specialty: 'trauma' }),
  },
  {
    name: 'heart-rate-above-pressure-without-injury',
    reason: 'GEN-SI (emergency, level 2, any adult with HR > SBP) stands in no document: more alerts than R3 allows.',
    kinds: ['row GEN-SI', 'tier emergency: auditor advice, clinical level-2'],
    holds: ({ specialty }) => specialty !== 'trauma',
    example: plainCaseOf({ patient: { ageYears: 56 }, vitals: { systolicMmHg: 100, heartRateBpm: 101 } }),
  },
  {
    name: 'arrhythmia-and-chest-emergency-of-child-or-injured',
    reason:
      'CP-R4 and CP-R8 (VT, VF, block; tamponade, tension pneumothorax) of a child or an injured go to the emergency desk as GEN-6, which stands in no document; embolism tells nobody.',
    kinds: ['row CP-R4: auditor level-1', 'row CP-R8: auditor level-1', 'row GEN-6: auditor nothing', 'tier emergency'],
    holds: (plain) => (isHurt(plain) || isChild(plain)) && hasHeartEmergency(plain),
    example: plainCaseOf({ patient: { ageYears: 12 }, items: { heartRhythm: 'vt' } }),
  },
  {
    name: 'injured-newborn',
    reason: '0.6.1: the neonatal center leads whatever brings a newborn; a RED trauma tells trauma alone.',
    kinds: ['row CO-1: auditor level-1'],
    holds: (plain) => isNewborn(plain) && isHurt(plain),
    example: plainCaseOf({ patient: { ageDays: 3 }, items: { isInjured: true, traumaSkull: true } }),
  },
  {
    name: 'mind-on-two-sets',
    reason:
      'GEN-4 (R3): a single 3 that persists on two sets is level 2; of consciousness clinical wants a further answer.',
    kinds: ['row GEN-4: auditor level-2, clinical advice', 'tier emergency: auditor level-2, clinical advice'],
    holds: ({ consciousness }) => consciousness !== null && consciousness !== 'alert',
    example: plainCaseOf({ patient: { ageYears: 41 }, consciousness: 'voice' }),
  },
  {
    name: 'blood-loss-without-bleeding-answer',
    reason:
      'OB-R4, OB-R5: a blood loss that was measured is bleeding; clinical wants "vaginal bleeding" answered as well.',
    kinds: ['row OB-R4: auditor', 'row OB-R5: auditor', 'row OB-R9: auditor'],
    holds: ({ bloodLossMl }) => bloodLossMl !== null && bloodLossMl > 0,
    example: plainCaseOf({ isPressureUnrecordable: true, bloodLossMl: 500, patient: { isPregnant: true } }),
  },
  {
    name: 'laboured-breathing-as-dyspnoea',
    reason:
      'C13, R3 OB-R9: laboured or shallow breathing is shortness of breath; clinical reads "respiratory distress" alone.',
    kinds: ['row OB-Y2: auditor level-1', 'row OB-R9: auditor level-1'],
    holds: ({ items }) => ['laboured', 'shallow', 'absent'].includes(String(items['breathing'])),
    example: plainCaseOf({
      patient: { isPregnant: true },
      vitals: { systolicMmHg: 149 },
      items: { breathing: 'laboured' },
    }),
  },
  {
    name: 'embolism-of-a-mother',
    reason:
      'OB-R7: a suspected embolism is one whichever of the two questions was answered; clinical reads the maternal one.',
    kinds: ['row OB-R7: auditor level-1'],
    holds: ({ items }) => items['peSuspected'] === true,
    example: plainCaseOf({ patient: { isPregnant: true }, items: { peSuspected: true } }),
  },
  {
    name: 'isolated-balance-or-eyes-without-clock',
    reason:
      'ST-Y3: positive and last-known-well never established is advice; at 10 h it is level 2, at an unknown hour nothing.',
    kinds: ['row ST-Y3: auditor advice', 'tier stroke: auditor advice'],
    holds: ({ items }) => items['strokeBalance'] === true || items['strokeEyes'] === true,
    example: plainCaseOf({ items: { strokeEyes: true } }),
  },
  {
    name: 'short-apnoea-of-a-newborn',
    reason:
      'R3 NB-R1, NB-R2: a pause of any length with a slow heart, or with grunting, is apnoea; clinical wants over 20 s.',
    kinds: ['row NB-R1: auditor level-1', 'row NB-R2: auditor level-1', 'score trips'],
    holds: ({ items }) => items['neonateApnoea'] === 'brief',
    example: plainCaseOf({ patient: { ageDays: 3 }, vitals: { heartRateBpm: 90 }, items: { neonateApnoea: 'brief' } }),
  },
  {
    name: 'mother-of-a-red-trauma',
    reason:
      '0.6.2: TR L1 or L2 makes the maternal center co-primary; clinical leaves out RR > 29, T-RTS, ACS items and judgement.',
    kinds: ['row CO-2: auditor', 'tier maternal: auditor', 'row CO-7: auditor', 'tier neonate: auditor'],
    holds: (plain) => isHurt(plain) && (isMother(plain) || isNewborn(plain) || hasStrokeAnswer(plain)),
    example: plainCaseOf({
      specialty: 'trauma',
      patient: { ageYears: 30, isPregnant: true },
      vitals: { respiratoryRatePerMin: 31 },
    }),
  },
  {
    name: 'purposeful-movement-against-motor-score',
    reason:
      'C2: a motor score below 6 stands beside "purposeful movement"; of two answers that contradict the worse counts.',
    kinds: ['row TR-R10: auditor level-1'],
    holds: ({ items, gcs }) => items['traumaPurposefulMovement'] === true && (gcs?.motor ?? 6) < 6,
    example: plainCaseOf({
      items: { isInjured: true, traumaNeverObeys: true, traumaPurposefulMovement: true },
      gcs: { eye: 2, verbal: 2, motor: 2, notTestable: [] },
    }),
  },
  {
    name: 'shock-seen-on-the-skin',
    reason:
      'OB-R5: bleeding with shock; cold, pale, sweating is shock before a pressure is taken; clinical wants the pressure.',
    kinds: ['row OB-R5: auditor level-1'],
    holds: ({ items }) => items['skin'] === 'cold-pale-sweating',
    example: plainCaseOf({
      patient: { isPregnant: true },
      items: { skin: 'cold-pale-sweating', maternalBleeding: 'heavy' },
    }),
  },
  {
    name: 'diastolic-alone',
    reason: 'OB-R2: DBP >= 110 is enough; clinical reads no diastolic pressure without a systolic one.',
    kinds: ['row OB-'],
    holds: ({ vitals }) => vitals.diastolicMmHg !== null && vitals.systolicMmHg === null,
    example: plainCaseOf({ patient: { isPregnant: true }, vitals: { diastolicMmHg: 112 } }),
  },
  {
    name: 'pews-oxygen-without-oxygen',
    reason:
      'A5: "child\'s oxygen" answered says that there is oxygen; clinical counts it only with "oxygen" answered. Display.',
    kinds: ['score pews'],
    holds: ({ items, isPressureUnrecordable }) => 'pewsOxygen' in items || isPressureUnrecordable === true,
    example: plainCaseOf({ patient: { ageDays: 364 }, items: { pewsOxygen: 'high' } }),
  },
];
