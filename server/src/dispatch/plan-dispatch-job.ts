import { readClinical, type Actor } from '@pentad/protocol/case-event';
import { EventId, VehicleId } from '@pentad/protocol/ids';
import type { MilestoneCode } from '@pentad/protocol/milestone';
import * as v from 'valibot';
import type { CasePlanner } from '../cases/case-planner.ts';
import { reactToFacts } from '../cases/react-to-facts.ts';
import { cardOf, type JobContent, type JobSource } from './dispatch-job.ts';

export interface ToldJob {
  readonly jobId: string;
  readonly eventId: string;
  readonly centre: string;
  readonly source: JobSource;
  readonly vehicle: string;
  readonly content: JobContent;
}

const codeOfTime = {
  callAtMs: 'T_CALL',
  answerAtMs: 'T_ANSWER',
  dispatchAtMs: 'T_DISPATCH',
  departAtMs: 'T_DEPART',
} as const satisfies Record<keyof JobContent['times'], MilestoneCode>;
const timeNames = ['callAtMs', 'answerAtMs', 'dispatchAtMs', 'departAtMs'] as const;

const actorOf = (centre: string): Actor => ({ kind: 'dispatch', id: centre, name: null, assurance: 'online' });
const patientOf = (content: JobContent) => ({
  ageYears: content.ageYears,
  ageDays: null,
  sex: content.sex,
  gestationDays: null,
  isPregnant: null,
});

/** Who saw the patient knows better than who took the call: what a crew or a hospital wrote is not written over. */
function describePatient(planner: CasePlanner, { content, centre }: ToldJob): void {
  const { current } = planner.state.patient;
  const writer = planner.state.timeline.find((entry) => entry.caseSeq === current?.caseSeq);
  if (!current || writer?.actorKind !== 'dispatch') return;
  const { value } = current;
  const patient = { ...value, sex: content.sex ?? value.sex, ageYears: content.ageYears ?? value.ageYears };
  if (patient.sex === value.sex && patient.ageYears === value.ageYears) return;
  planner.write('patient.described', { patient }, actorOf(centre));
}

/** A changed time is a stamp beside the old one and is the one shown, unless a person has already decided. */
function stamp(planner: CasePlanner, code: MilestoneCode, atMs: number, centre: string): void {
  const ours = Object.values(planner.state.stamps).filter((made) => made.code === code && made.source === 'dispatch');
  const corrected = planner.state.stampCorrections[code]?.stampId ?? null;
  const isOursToCorrect = corrected === null || ours.some(({ stampId }) => stampId === corrected);
  const known = ours.find((made) => made.atMs === atMs);
  const stampId = known?.stampId ?? planner.context.ids.next();
  const actor = actorOf(centre);
  if (!known) planner.write('milestone.stamped', { stampId, code, atMs, source: 'dispatch', errorMs: null }, actor);
  const isAlone = ours.every((made) => made === known);
  const isShown = corrected === null ? isAlone : corrected === stampId;
  if (!isShown && isOursToCorrect)
    planner.write('milestone.corrected', { code, stampId, reason: 'dispatch-changed' }, actor);
}

function addReceived(planner: CasePlanner, job: ToldJob): void {
  const { jobId, content, source, centre } = job;
  const clinical = { jobId, complaintCodes: content.complaintCodes, jobNumber: content.jobNumber, source };
  if (readClinical('dispatch.received', clinical) === 'invalid') throw new TypeError('dispatch.received is not one');
  const envelope = {
    eventId: v.parse(EventId, job.eventId),
    caseId: planner.state.caseId,
    type: 'dispatch.received',
    occurredAtMs: planner.context.nowMs,
    actor: actorOf(centre),
    basedOnCaseSeq: planner.state.caseSeq,
  };
  planner.add({ envelope, clinical, sealed: cardOf(content) }, null);
}

/**
 * Opens the job's case, or adds to it what this telling has new.
 *
 * A crew that opened a case of its own for the same call a few minutes before keeps it, and the job has its own beside
 * it: nothing here can know that two cases of one vehicle are one patient (a second patient of the same scene looks the
 * same), and merging the wrong two would give one patient the other's address, sex and readings. A person links them.
 */
export function planDispatchJob(planner: CasePlanner, job: ToldJob): void {
  const { content, centre } = job;
  if (planner.state.timeline.some(({ type }) => type === 'case.opened')) describePatient(planner, job);
  else {
    const opened = {
      origin: 'dispatch-120' as const,
      vehicle: v.parse(VehicleId, job.vehicle),
      patientSlot: null,
      patient: patientOf(content),
      complaintCodes: content.complaintCodes,
      specialty: null,
    };
    planner.write('case.opened', opened, actorOf(centre));
  }
  addReceived(planner, job);
  for (const name of timeNames) {
    const atMs = content.times[name];
    if (atMs !== null) stamp(planner, codeOfTime[name], atMs, centre);
  }
  reactToFacts(planner);
}

/**
 * The centre took its job back, and the log says so. It ends no case: a crew in a dead spot may be with the patient, and
 * what it presses there must still ring. People close the case.
 */
export function planWithdrawal(planner: CasePlanner, job: Pick<ToldJob, 'jobId' | 'eventId' | 'centre'>): void {
  const actor = actorOf(job.centre);
  const envelope = {
    eventId: v.parse(EventId, job.eventId),
    caseId: planner.state.caseId,
    type: 'dispatch.withdrawn',
    occurredAtMs: planner.context.nowMs,
    actor,
    basedOnCaseSeq: planner.state.caseSeq,
  };
  planner.add({ envelope, clinical: { jobId: job.jobId, reason: 'called-off' } }, null);
  reactToFacts(planner);
}
