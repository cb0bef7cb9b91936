import { readClinical, type CaseEvent, type RecordedEvent } from './case-event.ts';
import { emptyCase, type CaseState } from './case-state.ts';
import { foldRecord } from './fold-record.ts';
import type { CaseId } from './ids.ts';
import { foldPreAlerts } from './pre-alert-state.ts';

/**
 * The one fold of Pentad: pure and total. Order is caseSeq alone; an event already folded changes nothing,
 * an unknown or unreadable one keeps its place in the timeline and is otherwise skipped.
 */
export function foldCase(state: CaseState, event: RecordedEvent): CaseState {
  if (event.caseSeq <= state.caseSeq || event.envelope.caseId !== state.caseId) return state;
  const { envelope } = event;
  const placed: CaseState = {
    ...state,
    caseSeq: event.caseSeq,
    openedAtMs: state.openedAtMs === null ? envelope.occurredAtMs : Math.min(state.openedAtMs, envelope.occurredAtMs),
    hasIdentity: state.hasIdentity || envelope.type === 'identity.attached',
    timeline: [
      ...state.timeline,
      {
        caseSeq: event.caseSeq,
        eventId: envelope.eventId,
        type: envelope.type,
        occurredAtMs: envelope.occurredAtMs,
        recordedAtMs: event.recordedAtMs,
        actorKind: envelope.actor.kind,
        actorName: envelope.actor.name,
      },
    ],
  };
  const known = readClinical(envelope.type, event.clinical);
  if (known === 'unknown-type' || known === 'invalid') return placed;
  return { ...foldRecord(placed, known, event), preAlerts: foldPreAlerts(placed.preAlerts, known, event) };
}

export const foldAll = (caseId: CaseId, events: readonly RecordedEvent[]): CaseState =>
  events.reduce(foldCase, emptyCase(caseId));

/**
 * What the agent shows: the server's prefix, then its own events the server has not yet ordered, in its order.
 * Their caseSeq is only a place to stand until the server gives the real one.
 */
export function foldPending(prefix: CaseState, pending: readonly CaseEvent[], nowMs: number): CaseState {
  const ordered = new Set(prefix.timeline.map((entry) => entry.eventId));
  return pending
    .filter((event) => !ordered.has(event.envelope.eventId))
    .reduce<CaseState>(
      (state, event) =>
        foldCase(state, {
          caseSeq: state.caseSeq + 1,
          recordedAtMs: nowMs,
          hasSealed: event.sealed !== undefined,
          envelope: event.envelope,
          clinical: event.clinical,
        }),
      prefix,
    );
}
