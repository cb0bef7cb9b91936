import type { ItemAnswer } from './assessment-items/item.ts';
import type { Patient } from './case-event-types.ts';
import type { CaseOrigin, Specialty } from './center.ts';
import type { CaseId, HospitalId, VehicleId } from './ids.ts';
import type { MilestoneStamp } from './milestone.ts';
import type { Finding, Tier } from './pre-alert.ts';
import type { PreAlerts } from './pre-alert-state.ts';

/** Raised when the fold's result for the same log changes: stored projections of another version are refolded. */
export const FOLD_VERSION = 2;

export const caseStatuses = [
  'opened',
  'assessed',
  'destination',
  'pre-alerted',
  'en-route',
  'arrived',
  'handed-over',
  'in-hospital-care',
  'disposed',
  'closed',
] as const;
export type CaseStatus = (typeof caseStatuses)[number];

/** Crew and hospital write to one case without waiting for each other; conflicts are between these two. */
export type Writer = 'vehicle' | 'hospital';

/** A single-valued fact: last by caseSeq, earlier values kept. */
export interface Written<T> {
  readonly value: T;
  readonly caseSeq: number;
  readonly writer: Writer;
  readonly basedOnCaseSeq: number;
}
export interface SingleValued<T> {
  readonly current: Written<T> | null;
  readonly earlier: readonly Written<T>[];
}

export interface Onset {
  readonly kind: 'onset' | 'last-known-well';
  readonly atMs: number | null;
  readonly certainty: string;
}
export interface Destination {
  readonly hospitalId: HospitalId;
  readonly reason: string;
}
export interface FindingState {
  readonly findingId: string;
  readonly episode: number;
  readonly finding: Finding;
  readonly raisedAtMs: number;
  readonly isEnded: boolean;
}
export interface CrewRequest {
  readonly requestId: string;
  readonly specialty: Specialty | null;
  readonly tier: Tier;
  readonly hospitalId: HospitalId | null;
  readonly pressedAtMs: number;
}
export interface Assessment {
  readonly assessmentId: string;
  readonly measuredAtMs: number;
  readonly consciousness: string | null;
  readonly oxygen: 'air' | 'oxygen' | null;
  readonly isPressureUnrecordable: boolean | null;
  readonly vitals: Readonly<Record<string, number | null>>;
  readonly gcs: GcsParts | null;
  /** Answers by item name (`assessment-items.ts`). */
  readonly items: Readonly<Record<string, ItemAnswer>>;
}
/** null = not examined; named in `notTestable` = cannot be. */
export interface GcsParts {
  readonly eye: number | null;
  readonly verbal: number | null;
  readonly motor: number | null;
  readonly notTestable: readonly ('eye' | 'verbal' | 'motor')[];
}
export interface TimelineEntry {
  readonly caseSeq: number;
  readonly eventId: string;
  readonly type: string;
  readonly occurredAtMs: number;
  readonly recordedAtMs: number;
  readonly actorKind: string;
  readonly actorName: string | null;
}

export interface CaseState {
  readonly foldVersion: number;
  readonly caseId: CaseId;
  readonly caseSeq: number;
  readonly openedAtMs: number | null;
  readonly origin: CaseOrigin | null;
  readonly vehicle: VehicleId | null;
  readonly patientSlot: number | null;
  readonly specialty: Specialty | null;
  readonly status: CaseStatus;
  readonly closedAtMs: number | null;
  readonly cancelled: { readonly reason: string; readonly atMs: number } | null;
  readonly patient: SingleValued<Patient>;
  readonly onset: SingleValued<Onset>;
  readonly destination: SingleValued<Destination>;
  readonly complaintCodes: readonly string[];
  readonly assessments: Readonly<Record<string, Assessment>>;
  readonly treatments: Readonly<
    Record<string, { readonly code: string; readonly givenAtMs: number; readonly isWithdrawn: boolean }>
  >;
  readonly bloodLossMl: Readonly<Record<string, number>>;
  readonly stamps: Readonly<Record<string, MilestoneStamp>>;
  readonly stampCorrections: Readonly<Record<string, { readonly stampId: string; readonly occurredAtMs: number }>>;
  readonly findings: Readonly<Record<string, FindingState>>;
  readonly requests: Readonly<Record<string, CrewRequest>>;
  readonly preAlerts: PreAlerts;
  readonly births: Readonly<Record<string, CaseId>>;
  readonly hasIdentity: boolean;
  readonly timeline: readonly TimelineEntry[];
}

const unwritten = { current: null, earlier: [] } as const;

export const emptyCase = (caseId: CaseId): CaseState => ({
  foldVersion: FOLD_VERSION,
  caseId,
  caseSeq: 0,
  openedAtMs: null,
  origin: null,
  vehicle: null,
  patientSlot: null,
  specialty: null,
  status: 'opened',
  closedAtMs: null,
  cancelled: null,
  patient: unwritten,
  onset: unwritten,
  destination: unwritten,
  complaintCodes: [],
  assessments: {},
  treatments: {},
  bloodLossMl: {},
  stamps: {},
  stampCorrections: {},
  findings: {},
  requests: {},
  preAlerts: {},
  births: {},
  hasIdentity: false,
  timeline: [],
});
