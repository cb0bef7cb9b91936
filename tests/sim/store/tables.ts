import type { CaseState } from '@pentad/protocol/case-state';
import type { Sealed, RecordedEvent } from '@pentad/protocol/case-event';
import type { Lane } from '@pentad/protocol/lane';
import type { GapItem, TelemetryItem } from '@pentad/protocol/lane-item';
import { SHARD_COUNT } from '@pentad/protocol/subjects';
import type { EventSource } from '@pentad/server/cases/case-planner';
import type { FeedEntry } from '@pentad/server/events/feed-store';

export interface EventRow {
  readonly recorded: RecordedEvent;
  readonly sealed: Sealed | null;
  readonly source: EventSource | null;
}
export interface CaseRow {
  state: CaseState;
  changedAtMs: number;
  readonly log: EventRow[];
}
export interface TelemetryRow {
  readonly item: TelemetryItem;
  readonly receivedAtMs: number;
  readonly committedAtMs: number;
}
export interface StepRow {
  readonly targetId: string;
  readonly preAlertId: string;
  readonly caseId: string;
  readonly step: string;
  readonly round: number;
  dueAtMs: number;
  firedAtMs: number | null;
  isWithdrawn: boolean;
}
export interface LeaseRow {
  holder: string | null;
  token: number;
  expiresAtMs: number;
}
export interface QuarantineRow {
  readonly lane: Lane;
  readonly seq: number;
  readonly code: string;
}

/** vehicle/epoch/lane: whose sequence numbers count from 1. */
export const laneKey = (vehicle: string, epoch: string, lane: string): string => `${vehicle}/${epoch}/${lane}`;
export const stepKey = (row: { targetId: string; step: string; round: number }): string =>
  `${row.targetId}/${row.step}/${row.round}`;

/** Everything committed; nothing else of the database is modelled. */
export class Tables {
  readonly cases = new Map<string, CaseRow>();
  /** event id → case id */
  readonly eventIds = new Map<string, string>();
  /** lane key → seq → what lies there: an event id, or the telemetry row. */
  readonly events = new Map<string, Map<number, string>>();
  readonly telemetry = new Map<string, Map<number, TelemetryRow>>();
  readonly numericsOfCase = new Map<string, TelemetryRow[]>();
  /** lane key of the declaration → its seq → the declaration */
  readonly gaps = new Map<string, Map<number, GapItem>>();
  readonly quarantine = new Map<string, Map<number, QuarantineRow>>();
  readonly findings = new Map<string, string>();
  readonly openPreAlerts = new Map<string, string>();
  readonly steps = new Map<string, StepRow>();
  readonly appliedOps = new Set<string>();
  readonly topics = new Map<string, number>();
  readonly feed = new Map<string, FeedEntry[]>();
  readonly feedAtMs = new WeakMap<FeedEntry, number>();
  readonly leases: LeaseRow[] = Array.from({ length: SHARD_COUNT }, () => ({
    holder: null,
    token: 0,
    expiresAtMs: -Infinity,
  }));
  readonly instances = new Map<string, number>();
  /** vehicle → epoch → last heard */
  readonly epochs = new Map<string, Map<string, number>>();
  horizon = 'horizon-1';
}

export function inner<K, V>(map: Map<string, Map<K, V>>, key: string): Map<K, V> {
  const known = map.get(key);
  if (known) return known;
  const made = new Map<K, V>();
  map.set(key, made);
  return made;
}
