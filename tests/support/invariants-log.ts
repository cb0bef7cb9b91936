import { foldCase } from '@pentad/protocol/case-fold';
import { caseStatuses, emptyCase, type CaseState } from '@pentad/protocol/case-state';
import { CaseEvent, type RecordedEvent } from '@pentad/protocol/case-event';
import { CaseId } from '@pentad/protocol/ids';
import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import type { DownlinkFrame } from '@pentad/protocol/downlink';
import type { ConsolePage, ShownAlert } from './console-page.ts';
import { groupedBy, type EventRow, type RegionRows } from './region-rows.ts';
import type { VehicleLedger } from './vehicle-ledger.ts';

const recordedOf = (row: EventRow): RecordedEvent => {
  const { envelope, clinical } = v.parse(CaseEvent, { envelope: row.envelope, clinical: row.clinical });
  return {
    caseSeq: row.case_seq,
    recordedAtMs: row.recorded_at.getTime(),
    hasSealed: row.has_sealed,
    envelope,
    clinical,
  };
};

function* checkStep(before: CaseState, after: CaseState): Generator<string> {
  const { caseId, caseSeq } = after;
  if (caseStatuses.indexOf(after.status) < caseStatuses.indexOf(before.status))
    yield `I11 ${caseId} went back at ${caseSeq}`;
  if (before.closedAtMs !== null && after.closedAtMs === null) yield `I11 ${caseId} reopened at ${caseSeq}`;
  for (const alert of Object.values(after.preAlerts)) {
    const owner = before.preAlerts[alert.preAlertId]?.ownerTargetId ?? null;
    if (owner !== null && alert.ownerTargetId !== owner) yield `I10 ${alert.preAlertId} lost its owner at ${caseSeq}`;
  }
}

/** I10, I11: gapless, one owner for good, states only forward, and the stored projection is the fold of the log. */
function* checkLogs(rows: RegionRows): Generator<string> {
  const byCase = groupedBy(rows.events, (row) => row.case_id);
  for (const { case_id, case_seq, state } of rows.cases) {
    let folded = emptyCase(v.parse(CaseId, case_id));
    const events = byCase.get(case_id) ?? [];
    for (const [index, row] of events.entries()) {
      if (row.case_seq !== index + 1) yield `I11 ${case_id} has no event ${index + 1}`;
      const next = foldCase(folded, recordedOf(row));
      yield* checkStep(folded, next);
      folded = next;
    }
    if (case_seq !== events.length) yield `I11 ${case_id} says ${case_seq} and has ${events.length} events`;
    if (!isDeepStrictEqual(state, JSON.parse(JSON.stringify(folded))))
      yield `I11 ${case_id} is stored otherwise than folded`;
  }
  for (const { event_id } of rows.events) {
    const count = rows.audited.get(event_id) ?? 0;
    if (count !== 1) yield `I14 event ${event_id} has ${count} audit rows`;
  }
}

/** Numbers without a gap in every topic, and the pointers of a case's topic tile its log. */
function* checkFeed(rows: RegionRows): Generator<string> {
  for (const { topic, n, entries, first, last } of rows.topics) {
    if (entries !== n || first !== '1' || last !== n)
      yield `feed ${topic} has ${entries} entries ${first}..${last} of ${n}`;
  }
  const byTopic = groupedBy(rows.pointers, (row) => row.topic);
  for (const [topic, own] of byTopic) {
    let reached = 0;
    for (const { pointer } of own) {
      if (pointer.fromSeq !== reached + 1) yield `feed ${topic} leaps from ${reached} to ${pointer.fromSeq}`;
      reached = pointer.toSeq;
    }
    const said = rows.cases.find((row) => `case:${row.case_id}` === topic)?.case_seq;
    if (reached !== said) yield `feed ${topic} ends at ${reached}, the log at ${said}`;
  }
}

/** What was said outside, gathered before the rows are read: each of it must be among them. */
export interface Told {
  readonly downlinks: readonly DownlinkFrame[];
  readonly shown: readonly ShownAlert[];
  readonly gaps: number;
}

export const gatherTold = (ledgers: readonly VehicleLedger[], pages: readonly ConsolePage[]): Told => ({
  downlinks: ledgers.flatMap((ledger) => ledger.downlinks),
  shown: pages.flatMap((page) => [...page.cases.keys()].flatMap((caseId) => page.alertsOf(caseId))),
  gaps: pages.reduce((sum, page) => sum + page.gaps, 0),
});

const OnTarget = v.looseObject({ targetId: v.optional(v.string()) });

/** I9: whatever a page or a vehicle was told is a committed row. */
function* checkTold(rows: RegionRows, { downlinks, shown, gaps }: Told): Generator<string> {
  const committed = new Map(rows.events.map((row) => [`${row.case_id}/${row.case_seq}`, row.event_id]));
  for (const { vehicle, caseId, events } of downlinks) {
    for (const { caseSeq, envelope } of events) {
      if (committed.get(`${caseId}/${caseSeq}`) !== envelope.eventId)
        yield `I9 ${vehicle} was told ${caseId}/${caseSeq}, not committed`;
    }
  }
  const stamped = new Set(
    rows.events.map(
      (row) => `${row.event_type}/${v.parse(OnTarget, row.clinical).targetId}/${row.recorded_at.getTime()}`,
    ),
  );
  for (const { target } of shown) {
    const { targetId, deliveredAtMs, displayedAtMs, seen, answers } = target;
    const said = [
      ...(deliveredAtMs === null ? [] : [`pre-alert.delivered/${targetId}/${deliveredAtMs}`]),
      ...(displayedAtMs === null ? [] : [`pre-alert.displayed/${targetId}/${displayedAtMs}`]),
      ...(seen === null ? [] : [`pre-alert.seen/${targetId}/${seen.atMs}`]),
      ...answers.map(({ atMs }) => `pre-alert.answered/${targetId}/${atMs}`),
    ];
    for (const one of said) if (!stamped.has(one)) yield `I9 a page shows ${one}, which is not committed`;
  }
  if (gaps > 0) yield `feed pages were sent ${gaps} gaps`;
}

export function* checkLog(rows: RegionRows, told: Told): Generator<string> {
  yield* checkLogs(rows);
  yield* checkFeed(rows);
  yield* checkTold(rows, told);
}
