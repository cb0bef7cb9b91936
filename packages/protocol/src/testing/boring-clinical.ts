import * as v from 'valibot';
import type { CaseEventType, ClinicalByType } from '../case-event.ts';
import { HospitalId } from '../ids.ts';
import type { Finding } from '../pre-alert.ts';
import { caseIdOf, deskIdOf, findingIdOf, preAlertIdOf, START_MS, targetIdOf, vehicle } from './boring-ids.ts';

const hospitalId = v.parse(HospitalId, 'hospital-1');
const sha256 = 'ab'.repeat(32);

export const boringPatient = {
  ageYears: 64,
  ageDays: null,
  sex: 'male',
  gestationDays: null,
  isPregnant: false,
} as const;

export const boringFinding: Finding = {
  ruleId: 'CP-STEMI',
  ruleVersion: '1',
  specialty: 'chest-pain',
  tier: 'level-1',
  inputs: [{ name: 'systolicMmHg', value: 88, unit: 'mm[Hg]', measuredAtMs: START_MS }],
  missing: ['troponin'],
  score: { name: 'news2', minimum: 5, maximum: 8 },
};

export const boringTarget = { targetId: targetIdOf(1), hospitalId, deskId: deskIdOf(1) };
const onTarget = { preAlertId: preAlertIdOf(1), targetId: targetIdOf(1) };
const byRule = { kind: 'rule', findingId: findingIdOf(1) } as const;

/** One valid clinical part for every known event type; the compiler asks for a new one with every new type. */
export const boringClinical: { readonly [K in CaseEventType]: ClinicalByType[K] } = {
  'case.opened': {
    origin: 'dispatch-120',
    vehicle,
    patientSlot: 1,
    patient: boringPatient,
    complaintCodes: ['chest-pain'],
    specialty: 'chest-pain',
  },
  'patient.described': { patient: boringPatient },
  'identity.attached': { personId: 'person-1' },
  'complaint.recorded': { complaintId: 'complaint-1', codes: ['chest-pain'] },
  'onset.recorded': { kind: 'onset', atMs: START_MS, certainty: 'about' },
  'slot.bound': { vehicle, patientSlot: 1 },
  'slot.swapped': { vehicle, fromSlot: 1, toSlot: 2 },
  'dispatch.received': { jobId: 'job-1', complaintCodes: ['chest-pain'], jobNumber: null, source: null },
  'media.stored': { sha256: 'a'.repeat(64), mediaType: 'image/jpeg', bytes: 1_000 },
  'dispatch.withdrawn': { jobId: 'job-1', reason: 'called-off' },
  'assessment.recorded': {
    assessmentId: 'assessment-1',
    measuredAtMs: START_MS,
    consciousness: 'alert',
    oxygen: 'air',
    isPressureUnrecordable: false,
    vitals: {
      heartRateBpm: 80,
      respiratoryRatePerMin: 16,
      spo2Percent: 97,
      systolicMmHg: 120,
      diastolicMmHg: 80,
      temperatureC: 36.8,
      glucoseMmolPerL: null,
    },
    gcs: { eye: 4, verbal: 5, motor: 6, notTestable: [] },
    items: { arrest: 'none', isInjured: true, painScore: 7, capillaryRefillS: null },
  },
  'treatment.recorded': {
    treatmentId: 'treatment-1',
    code: 'aspirin',
    givenAtMs: START_MS,
    dose: 300,
    doseUnit: 'mg',
    route: 'oral',
    site: null,
    fio2Percent: null,
  },
  'treatment.withdrawn': { treatmentId: 'treatment-1' },
  'blood-loss.recorded': { entryId: 'loss-1', volumeMl: 400, method: 'estimated', measuredAtMs: START_MS },
  'ecg.recorded': { ecgId: 'ecg-1', source: 'photo', acquiredAtMs: START_MS, sha256 },
  'media.recorded': { mediaId: 'media-1', kind: 'wound-photo', sha256, bytes: 150_000 },
  'milestone.stamped': { stampId: 'stamp-1', code: 'T_SCENE', atMs: START_MS, source: 'crew', errorMs: null },
  'milestone.corrected': { code: 'T_SCENE', stampId: 'stamp-1', reason: 'pressed-late' },
  'destination.chosen': { hospitalId, reason: 'rule' },
  'birth.recorded': { order: 1, childCaseId: caseIdOf(2) },
  'case.linked': { otherCaseId: caseIdOf(2), kind: 'newborn' },
  'case.progressed': { to: 'en-route' },
  'case.cancelled': { reason: 'no-patient' },
  'transfer.started': { legNo: 2, hospitalId },
  'outcome.recorded': { outcome: 'discharged' },
  'correction.recorded': { correctedEventId: 'event-1', reason: 'wrong-side' },
  'pre-alert.requested': {
    requestId: 'request-1',
    specialty: 'chest-pain',
    tier: 'level-1',
    hospitalId,
    agentFindings: [boringFinding],
  },
  'finding.raised': { findingId: findingIdOf(1), episode: 1, finding: boringFinding },
  'finding.ended': { findingId: findingIdOf(1) },
  'pre-alert.raised': {
    preAlertId: preAlertIdOf(1),
    specialty: 'chest-pain',
    tier: 'level-2',
    cause: { kind: 'crew', requestId: 'request-1' },
    targets: [boringTarget],
  },
  'pre-alert.tier-raised': { preAlertId: preAlertIdOf(1), tier: 'level-1', cause: byRule },
  'pre-alert.cause-added': { preAlertId: preAlertIdOf(1), cause: byRule },
  'pre-alert.tier-lowered': { preAlertId: preAlertIdOf(1), tier: 'level-2', reason: 'ecg-normal' },
  'pre-alert.target-added': {
    preAlertId: preAlertIdOf(1),
    target: { targetId: targetIdOf(2), hospitalId, deskId: deskIdOf(2) },
    reason: 'redirect',
    fromTargetId: targetIdOf(1),
  },
  'pre-alert.target-released': { ...onTarget, reason: 'redirected' },
  'pre-alert.delivered': onTarget,
  'pre-alert.displayed': onTarget,
  'pre-alert.seen': onTarget,
  'pre-alert.answered': { ...onTarget, answer: 'accept', minutes: null, reason: null },
  'pre-alert.escalated': { ...onTarget, step: 'first-line', round: 0, dueAtMs: START_MS, notifies: ['first'] },
  'pre-alert.cancelled': { preAlertId: preAlertIdOf(1), reason: 'case-cancelled' },
  'team.activated': { preAlertId: preAlertIdOf(1) },
  'team.ready': { preAlertId: preAlertIdOf(1) },
  'team.stood-down': { preAlertId: preAlertIdOf(1), kind: 'stand-down', reason: 'not-stemi' },
  'preparation.updated': { itemId: 'prep-1', code: 'cath-lab', state: 'ready', leadTimeMs: 900_000 },
  'handover.item': { itemId: 'handover-1', code: 'allergies', isReadBack: true },
  'handover.signed': { side: 'crew' },
  'referral.requested': { referralId: 'referral-1', hospitalId, reason: 'no-cath-lab' },
  'done-test.recorded': { testId: 'test-1', code: 'troponin', doneAtMs: START_MS },
  'consultation.asked': { consultationId: 'consultation-1', topic: 'ecg' },
  'consultation.opined': { consultationId: 'consultation-1', opinionId: 'opinion-1' },
  'consultation.read-back': { consultationId: 'consultation-1', opinionId: 'opinion-1', isConfirmed: true },
  'consultation.ended': { consultationId: 'consultation-1' },
};
