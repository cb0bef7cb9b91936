import type { GeoPoint } from '@pentad/geo/geo-point';
import {
  readClinical,
  type Actor as EventActor,
  type CaseEvent,
  type CaseEventType,
  type ClinicalByType,
  type RecordedEvent,
  type Sealed,
} from '@pentad/protocol/case-event';
import { foldCase } from '@pentad/protocol/case-fold';
import type { CaseState } from '@pentad/protocol/case-state';
import { EventId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import type { Directory } from '../desks/directory.ts';
import type { Ids } from '../platform/ports.ts';
import type { Ladder } from '../pre-alerts/ladder.ts';

/** The item that carried a crew's fact; null for what the server or a console wrote. */
export interface EventSource {
  readonly vehicle: string;
  readonly epoch: string;
  readonly seq: number;
}

export interface PlannedEvent {
  readonly recorded: RecordedEvent;
  readonly sealed: Sealed | null;
  readonly source: EventSource | null;
}

/** A change of one case, decided before anything is written: events in their order and the state they lead to. */
export interface CasePlan {
  readonly before: CaseState;
  readonly after: CaseState;
  readonly events: readonly PlannedEvent[];
}

export interface PlanContext {
  readonly nowMs: number;
  readonly ids: Ids;
  readonly directory: Directory;
  readonly ladder: Ladder;
  /** Where the vehicle last was, or null. */
  readonly near: GeoPoint | null;
}

export const serverActor: EventActor = { kind: 'server', id: 'server', name: null, assurance: 'online' };

/** Collects events; each is folded at once, so every decision sees the state the ones before it led to. */
export class CasePlanner {
  readonly context: PlanContext;
  readonly #before: CaseState;
  readonly #events: PlannedEvent[] = [];
  #state: CaseState;

  constructor(state: CaseState, context: PlanContext) {
    this.context = context;
    this.#before = state;
    this.#state = state;
  }

  get state(): CaseState {
    return this.#state;
  }

  add(event: CaseEvent, source: EventSource | null): void {
    const recorded: RecordedEvent = {
      caseSeq: this.#state.caseSeq + 1,
      recordedAtMs: this.context.nowMs,
      hasSealed: event.sealed !== undefined,
      envelope: event.envelope,
      clinical: event.clinical,
    };
    this.#events.push({ recorded, sealed: event.sealed ?? null, source });
    this.#state = foldCase(this.#state, recorded);
  }

  /**
   * An event of the server's own making, or a person's command turned into one.
   * @throws TypeError when it does not fit its own schema: what every reader would skip is never written
   */
  write<T extends CaseEventType>(
    type: T,
    clinical: ClinicalByType[T],
    actor: EventActor = serverActor,
    eventId: EventId = v.parse(EventId, this.context.ids.next()),
  ): void {
    if (readClinical(type, clinical) === 'invalid') throw new TypeError(`${type} does not fit its schema`);
    const { nowMs } = this.context;
    const envelope = {
      eventId,
      caseId: this.#state.caseId,
      type,
      occurredAtMs: nowMs,
      actor,
      basedOnCaseSeq: this.#state.caseSeq,
    };
    this.add({ envelope, clinical: { ...clinical } }, null);
  }

  plan(): CasePlan {
    return { before: this.#before, after: this.#state, events: this.#events };
  }
}
