import { createHash } from 'node:crypto';
import { DispatchJobInput, type JobCardText } from '@pentad/protocol/dispatch-job';
import type { CaseId } from '@pentad/protocol/ids';
import * as v from 'valibot';

export type JobSource = 'http' | 'sql-view' | 'csv';
export type JobState = 'unmatched' | 'taken' | 'withdrawn';

/** Where a job comes from: the centre whose numbers it counts by, the road it took, and who is named in the trail. */
export interface JobOrigin {
  readonly centre: string;
  readonly source: JobSource;
  readonly actorId: string;
}

/** What is kept of a job from one telling to the next: all of it but the vehicle, places in WGS-84. */
export const JobContent = v.omit(DispatchJobInput, ['vehicle', 'isWithdrawn']);
export type JobContent = v.InferOutput<typeof JobContent>;

export interface DispatchedJob {
  readonly jobId: string;
  readonly state: JobState;
  /** null: a job that was withdrawn before it had a vehicle. */
  readonly caseId: CaseId | null;
  /** Something of this telling was new. */
  readonly isChanged: boolean;
}

interface Point {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
}
export type ToWgs84 = (point: Point, datum: 'GCJ-02' | 'BD-09') => Point;

/** A UUIDv8 that follows from its parts: told again, a job's event has the same id. */
export function derivedUuid(...parts: readonly string[]): string {
  const hash = createHash('sha256').update(parts.join('/')).digest();
  hash[6] = 0x80 | ((hash[6] ?? 0) & 0x0f);
  hash[8] = 0x80 | ((hash[8] ?? 0) & 0x3f);
  const hex = hash.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

const unstorable = /\u0000|\p{Surrogate}/gu;

/** What PostgreSQL cannot hold is made visible; an empty text is none. */
export const plainText = (text: string | null): string | null => {
  const plain = text?.replace(unstorable, '\uFFFD').trim() ?? '';
  return plain === '' ? null : plain;
};

const microDegrees = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

function inWgs84(location: DispatchJobInput['location'], toWgs84: ToWgs84): DispatchJobInput['location'] {
  if (location === null) return null;
  const { datum, latitudeDeg, longitudeDeg } = location;
  const point = datum === 'WGS-84' ? location : toWgs84({ latitudeDeg, longitudeDeg }, datum);
  return {
    latitudeDeg: microDegrees(point.latitudeDeg),
    longitudeDeg: microDegrees(point.longitudeDeg),
    datum: 'WGS-84',
  };
}

/** The content of one telling, in the house's own form. */
export function contentOf(job: DispatchJobInput, toWgs84: ToWgs84): JobContent {
  const { vehicle: _vehicle, isWithdrawn: _isWithdrawn, location, ...told } = job;
  return {
    ...told,
    complaint: plainText(told.complaint),
    address: plainText(told.address),
    callerPhone: plainText(told.callerPhone),
    callerName: plainText(told.callerName),
    patientName: plainText(told.patientName),
    note: plainText(told.note),
    complaintCodes: [...new Set(told.complaintCodes)].sort(),
    location: inWgs84(location, toWgs84),
  };
}

/** A later telling over the earlier ones. What it does not say is not taken back: null is "not told", never "none". */
export function tellAgain(before: JobContent | null, now: JobContent): JobContent {
  if (before === null) return now;
  const codes = [...new Set([...before.complaintCodes, ...now.complaintCodes])].sort();
  return {
    jobNumber: before.jobNumber,
    times: {
      callAtMs: now.times.callAtMs ?? before.times.callAtMs,
      answerAtMs: now.times.answerAtMs ?? before.times.answerAtMs,
      dispatchAtMs: now.times.dispatchAtMs ?? before.times.dispatchAtMs,
      departAtMs: now.times.departAtMs ?? before.times.departAtMs,
    },
    complaint: now.complaint ?? before.complaint,
    complaintCodes: codes.length > MAX_CODES ? before.complaintCodes : codes,
    sex: now.sex ?? before.sex,
    ageYears: now.ageYears ?? before.ageYears,
    address: now.address ?? before.address,
    location: now.location ?? before.location,
    callerPhone: now.callerPhone ?? before.callerPhone,
    callerName: now.callerName ?? before.callerName,
    patientName: now.patientName ?? before.patientName,
    note: now.note ?? before.note,
  };
}

const MAX_CODES = 32;

/** The same text for the same content: keys stand in the order of one schema. */
export const contentText = (content: JobContent): string => JSON.stringify(v.parse(JobContent, content));

/** What the crew reads and nobody else: sealed in the log. Only texts, so that it can be sealed. */
export function cardOf(content: JobContent): { [K in keyof JobCardText]: string | null } {
  const { address, location, callerPhone, callerName, patientName, complaint, note } = content;
  return {
    address,
    latitudeDeg: location === null ? null : location.latitudeDeg.toFixed(6),
    longitudeDeg: location === null ? null : location.longitudeDeg.toFixed(6),
    callerPhone,
    callerName,
    patientName,
    complaint,
    note,
  };
}
