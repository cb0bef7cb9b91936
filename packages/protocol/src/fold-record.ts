import { itemNamed } from './assessment-items.ts';
import type { KnownEvent, RecordedEvent } from './case-event.ts';
import {
  caseStatuses,
  type CaseState,
  type CaseStatus,
  type GcsParts,
  type SingleValued,
  type Writer,
} from './case-state.ts';
import type { MilestoneCode } from './milestone.ts';

const statusByMilestone: Partial<Record<MilestoneCode, CaseStatus>> = {
  T_LEAVE: 'en-route',
  T_GATE: 'arrived',
  T_DOOR: 'arrived',
  T_HANDOVER: 'handed-over',
};

/** Status only moves forward, so the arrival order of facts cannot change where it ends. */
function reached(state: CaseState, status: CaseStatus): CaseState {
  return caseStatuses.indexOf(status) > caseStatuses.indexOf(state.status) ? { ...state, status } : state;
}

const writerOf = (event: RecordedEvent): Writer => (event.envelope.actor.kind === 'crew' ? 'vehicle' : 'hospital');

function written<T>(field: SingleValued<T>, value: T, event: RecordedEvent): SingleValued<T> {
  const { basedOnCaseSeq } = event.envelope;
  const current = { value, caseSeq: event.caseSeq, writer: writerOf(event), basedOnCaseSeq };
  return { current, earlier: field.current ? [...field.earlier, field.current] : field.earlier };
}

type Gcs = Extract<KnownEvent, { type: 'assessment.recorded' }>['clinical']['gcs'];

const gcsParts = (gcs: Gcs): GcsParts | null =>
  gcs && { eye: gcs.eye, verbal: gcs.verbal, motor: gcs.motor, notTestable: gcs.notTestable };

function opened(
  state: CaseState,
  clinical: Extract<KnownEvent, { type: 'case.opened' }>['clinical'],
  event: RecordedEvent,
): CaseState {
  return {
    ...state,
    origin: state.origin ?? clinical.origin,
    vehicle: state.vehicle ?? clinical.vehicle,
    patientSlot: state.patientSlot ?? clinical.patientSlot,
    specialty: state.specialty ?? clinical.specialty,
    complaintCodes: [...new Set([...state.complaintCodes, ...clinical.complaintCodes])].sort(),
    patient: written(state.patient, clinical.patient, event),
  };
}

/** Folds the facts of the record; pre-alerts have their own fold beside it. */
export function foldRecord(state: CaseState, known: KnownEvent, event: RecordedEvent): CaseState {
  const { occurredAtMs } = event.envelope;
  switch (known.type) {
    case 'case.opened':
      return opened(state, known.clinical, event);
    case 'patient.described':
      return { ...state, patient: written(state.patient, known.clinical.patient, event) };
    case 'complaint.recorded':
    case 'dispatch.received': {
      const { complaintCodes } = state;
      const added = known.type === 'complaint.recorded' ? known.clinical.codes : known.clinical.complaintCodes;
      return { ...state, complaintCodes: [...new Set([...complaintCodes, ...added])].sort() };
    }
    case 'onset.recorded':
      return { ...state, onset: written(state.onset, known.clinical, event) };
    case 'slot.bound':
      return { ...state, vehicle: state.vehicle ?? known.clinical.vehicle, patientSlot: known.clinical.patientSlot };
    case 'slot.swapped':
      return { ...state, patientSlot: known.clinical.toSlot };
    case 'assessment.recorded': {
      const { assessmentId, measuredAtMs, consciousness, oxygen, isPressureUnrecordable, vitals } = known.clinical;
      const gcs = gcsParts(known.clinical.gcs);
      const numbers = Object.fromEntries(
        Object.entries(vitals).filter(([, value]) => typeof value === 'number' || value === null),
      ) as Record<string, number | null>;
      const items = Object.fromEntries(Object.entries(known.clinical.items).filter(([name]) => itemNamed(name)));
      const judged = { consciousness, oxygen, isPressureUnrecordable, vitals: numbers, gcs, items };
      const assessment = { assessmentId, measuredAtMs, ...judged };
      return reached({ ...state, assessments: { ...state.assessments, [assessmentId]: assessment } }, 'assessed');
    }
    case 'treatment.recorded': {
      const { treatmentId, code, givenAtMs } = known.clinical;
      const isWithdrawn = state.treatments[treatmentId]?.isWithdrawn ?? false;
      return { ...state, treatments: { ...state.treatments, [treatmentId]: { code, givenAtMs, isWithdrawn } } };
    }
    case 'treatment.withdrawn': {
      const { treatmentId } = known.clinical;
      const before = Object.hasOwn(state.treatments, treatmentId) ? state.treatments[treatmentId] : undefined;
      const treatment = before ?? { code: 'unknown', givenAtMs: occurredAtMs };
      return { ...state, treatments: { ...state.treatments, [treatmentId]: { ...treatment, isWithdrawn: true } } };
    }
    case 'blood-loss.recorded':
      return { ...state, bloodLossMl: { ...state.bloodLossMl, [known.clinical.entryId]: known.clinical.volumeMl } };
    case 'milestone.stamped': {
      const { stampId, code, atMs, source, errorMs } = known.clinical;
      const stamp = { stampId, code, atMs, source, errorMs, actorName: event.envelope.actor.name };
      const status = statusByMilestone[code];
      const stamped = { ...state, stamps: { ...state.stamps, [stampId]: stamp } };
      return status ? reached(stamped, status) : stamped;
    }
    case 'milestone.corrected': {
      const { code, stampId } = known.clinical;
      const before = state.stampCorrections[code];
      const isLater =
        !before ||
        occurredAtMs > before.occurredAtMs ||
        (occurredAtMs === before.occurredAtMs && stampId > before.stampId);
      return isLater
        ? { ...state, stampCorrections: { ...state.stampCorrections, [code]: { stampId, occurredAtMs } } }
        : state;
    }
    case 'destination.chosen': {
      const { hospitalId, reason } = known.clinical;
      return reached(
        { ...state, destination: written(state.destination, { hospitalId, reason }, event) },
        'destination',
      );
    }
    case 'pre-alert.requested': {
      const { requestId, specialty, tier, hospitalId } = known.clinical;
      const request = { requestId, specialty, tier, hospitalId, pressedAtMs: occurredAtMs };
      return { ...state, requests: { ...state.requests, [requestId]: request } };
    }
    case 'finding.raised': {
      const { findingId, episode, finding } = known.clinical;
      const raised = { findingId, episode, finding, raisedAtMs: event.recordedAtMs, isEnded: false };
      return { ...state, findings: { ...state.findings, [findingId]: state.findings[findingId] ?? raised } };
    }
    case 'finding.ended': {
      const finding = state.findings[known.clinical.findingId];
      return finding
        ? { ...state, findings: { ...state.findings, [finding.findingId]: { ...finding, isEnded: true } } }
        : state;
    }
    case 'pre-alert.raised':
      return reached(state, 'pre-alerted');
    case 'birth.recorded':
      return { ...state, births: { ...state.births, [String(known.clinical.order)]: known.clinical.childCaseId } };
    case 'case.progressed': {
      const { to } = known.clinical;
      const moved = reached(state, to);
      return to === 'closed'
        ? { ...moved, closedAtMs: Math.min(state.closedAtMs ?? occurredAtMs, occurredAtMs) }
        : moved;
    }
    case 'case.cancelled': {
      const isEarlier = state.cancelled === null || occurredAtMs < state.cancelled.atMs;
      return isEarlier ? { ...state, cancelled: { reason: known.clinical.reason, atMs: occurredAtMs } } : state;
    }
    default:
      return state;
  }
}
