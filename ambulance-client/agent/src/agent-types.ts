import type { MediaType } from '@pentad/protocol/media';
import type { Waveform } from '@pentad/protocol/waveform';
import type { CaseOrigin, Specialty } from '@pentad/protocol/center';
import type { Actor, Sealed } from '@pentad/protocol/case-event';
import type { Patient } from '@pentad/protocol/case-event-types';
import type { CaseState } from '@pentad/protocol/case-state';
import type { JobCardText } from '@pentad/protocol/dispatch-job';
import type { CaseId, Epoch, HospitalId, VehicleId } from '@pentad/protocol/ids';
import type { MilestoneCode, MilestoneSource } from '@pentad/protocol/milestone';
import type { Finding, Tier } from '@pentad/protocol/pre-alert';
import type { PhoneAdvice } from '@pentad/protocol/phone-table';
import type { Position } from '@pentad/protocol/position';
import type { Vitals, VitalTimes } from '@pentad/protocol/vitals';
import type { VehicleState } from './vehicle-states.ts';
import type {
  BrokerKind,
  BrokerLink,
  Clock,
  Credentials,
  JournalLane,
  JournalShelf,
  Log,
  Probed,
  Random,
  Refused,
  SecondPath,
  Timers,
} from './ports.ts';

export interface AgentLimits {
  /** Publishes in flight at most; backlog takes a share that shrinks when PubAcks are slow. */
  readonly window: number;
  readonly liveWithinMs: number;
  readonly pubAckTimeoutMs: number;
  readonly receiptTimeoutMs: number;
  readonly maxJournalBytes: number;
  readonly keepReceiptedMs: number;
}

export interface AgentOptions {
  readonly credentials: Credentials;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly log: Log;
  readonly shelf: JournalShelf;
  readonly broker: BrokerLink;
  readonly secondPath: SecondPath;
  /** What the rules say on the vehicle, quoted in the crew's own pre-alert. */
  readonly rules?: {
    observe(samples: readonly Capture[]): void;
    findings(state: CaseState, nowMs: number): readonly Finding[];
  };
  readonly limits?: Partial<AgentLimits>;
}

export interface TelemetryCapture {
  readonly measuredAtMs: number;
  readonly caseId: CaseId | null;
  readonly patientSlot: number | null;
}
export interface NumericsCapture extends TelemetryCapture {
  readonly lane: 'vit';
  readonly vitals: Vitals;
  readonly times: VitalTimes;
}
export interface PositionCapture extends TelemetryCapture {
  readonly lane: 'pos';
  readonly position: Position;
}
export interface WaveformCapture extends TelemetryCapture {
  readonly lane: 'wav';
  /** `measuredAtMs` is the instant of its first sample. */
  readonly waveform: Waveform;
}

/** A picture or document of a case; sent in pieces, the small ones right behind events. */
export interface MediaInput {
  readonly caseId: CaseId;
  readonly patientSlot: number | null;
  readonly mediaType: MediaType;
  readonly content: Uint8Array;
  readonly takenAtMs: number;
}

export type Capture = NumericsCapture | PositionCapture | WaveformCapture;

export interface CrewActor {
  readonly id: string;
  /** Display name of a staff member. */
  readonly name: string | null;
  readonly assurance: Actor['assurance'];
}
interface Act {
  readonly actor: CrewActor;
  /** Made by the tablet, so that a repeated press is one event; the agent makes one otherwise. */
  readonly eventId?: string;
  readonly occurredAtMs?: number;
  readonly sealed?: Sealed;
}
export interface OpenCaseInput extends Act {
  readonly caseId?: string;
  readonly origin: CaseOrigin;
  readonly patientSlot: number | null;
  readonly patient: Patient;
  readonly complaintCodes: readonly string[];
  readonly specialty: Specialty | null;
}
export interface RecordEventInput extends Act {
  readonly type: string;
  readonly clinical: Readonly<Record<string, unknown>>;
}
export interface PreAlertInput extends Act {
  readonly specialty: Specialty | null;
  readonly tier: Tier;
  readonly hospitalId: HospitalId | null;
}
export interface VehicleStateInput extends Act {
  readonly state: VehicleState;
  /** Takes the last press of this state back; the next press is then the one that counts. */
  readonly isUndone?: boolean;
}
export interface Recorded {
  readonly caseId: CaseId;
  readonly eventId: string;
  readonly seq: number;
  readonly capturedAtMs: number;
}

export interface AnswerShown {
  readonly answer: string;
  readonly byName: string | null;
  readonly atMs: number;
  readonly minutes: number | null;
  readonly reason: string | null;
  readonly deskId: string;
  readonly hospitalId: string;
  readonly isOwner: boolean;
}
/** 已采集 → 已发出 → 已入库; each null until it is true. */
export interface OwnEventView {
  readonly eventId: string;
  readonly type: string;
  readonly occurredAtMs: number;
  readonly capturedAtMs: number;
  readonly sentAtMs: number | null;
  readonly isStored: boolean;
  readonly refusedCode: string | null;
}
/** → 已送达 → 已显示 → 已阅(姓名) → answer. */
export interface RequestView extends OwnEventView {
  readonly requestId: string;
  readonly specialty: Specialty | null;
  readonly tier: Tier;
  readonly preAlertId: string | null;
  readonly deliveredAtMs: number | null;
  readonly displayedAtMs: number | null;
  readonly seen: { readonly atMs: number; readonly byName: string | null } | null;
  readonly answers: readonly AnswerShown[];
  readonly elapsedMs: number;
  readonly advice: readonly PhoneAdvice[];
}
/** `card` null: not there yet. `isLatest` false: the centre has told more since, and it is being asked for. */
export interface JobCardShown {
  readonly card: JobCardText | null;
  readonly isLatest: boolean;
}
export interface VehicleStateShown {
  readonly state: VehicleState;
  readonly labelZh: string;
  readonly code: MilestoneCode;
  readonly atMs: number | null;
  readonly source: MilestoneSource | null;
}
export interface CaseScreen {
  readonly state: CaseState;
  /** caseSeq up to which the server's log is known here. */
  readonly prefixSeq: number;
  readonly own: readonly OwnEventView[];
  readonly requests: readonly RequestView[];
  /** Answers on every pre-alert of the case, also those a rule raised. */
  readonly answers: readonly AnswerShown[];
  /** The job of the dispatch centre; null: the case has none. */
  readonly jobCard: JobCardShown | null;
  readonly vehicleStates: readonly VehicleStateShown[];
  /** What the vehicle's own rules say now. */
  readonly findings: readonly Finding[];
}
export interface CaseLine {
  readonly caseId: CaseId;
  readonly status: string;
  readonly specialty: Specialty | null;
  readonly openedAtMs: number | null;
  readonly isOver: boolean;
  readonly waiting: number;
  readonly isAnswered: boolean;
  readonly advice: readonly PhoneAdvice[];
}

export type Rung = 'broker' | 'second-path' | 'none';
export type LinkKind = BrokerKind | 'https' | 'none';
export interface AgentStatus {
  readonly vehicle: VehicleId;
  readonly callSign: string;
  readonly epoch: Epoch;
  readonly bootId: string;
  readonly horizon: string | null;
  readonly rung: Rung;
  /** The way in use, by answers; TLS before WebSocket before HTTPS. */
  readonly link: LinkKind;
  readonly probes: readonly Probed[];
  readonly isBrokerConnected: boolean;
  readonly lastHeartbeatAgeMs: number | null;
  readonly waiting: Readonly<Record<JournalLane, number>>;
  readonly oldestUnsentAgeMs: number | null;
  readonly refused: Readonly<Record<JournalLane, readonly Refused[]>>;
  readonly refusedReceipts: number;
  readonly refusedDownlinks: number;
  readonly declaredGaps: number;
  readonly journalBytes: number;
  readonly alarms: readonly string[];
  readonly clock: { readonly offsetMs: number; readonly errorMs: number; readonly isUnreliable: boolean } | null;
  readonly isSecondEpoch: boolean;
  readonly jwtExpiresAtMs: number | null;
}

export interface Agent {
  readonly vehicle: VehicleId;
  start(): void;
  stop(): Promise<void>;
  status(): AgentStatus;
  /** Journals all samples of one tick in one synced transaction. */
  capture(samples: readonly Capture[]): void;
  /** Journals a picture or document in pieces. @returns its SHA-256, hex, which the log's events name it by */
  addMedia(input: MediaInput): string;
  openCase(input: OpenCaseInput): Recorded;
  recordEvent(caseId: CaseId, input: RecordEventInput): Recorded;
  requestPreAlert(caseId: CaseId, input: PreAlertInput): Recorded;
  /** A state of the run, stamped or taken back; null: it was so already. */
  pressVehicleState(caseId: CaseId, input: VehicleStateInput): Recorded | null;
  listCases(): readonly CaseLine[];
  /** Throws AgentError not-found. */
  showCase(caseId: CaseId): CaseScreen;
}
