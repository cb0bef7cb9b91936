import type { CaseEvent } from '@pentad/protocol/case-event';
import { readClinical } from '@pentad/protocol/case-event';
import { CaseId, EventId, uuidV7, type VehicleId } from '@pentad/protocol/ids';
import type { Finding } from '@pentad/protocol/pre-alert';
import * as v from 'valibot';
import { AgentError } from '../agent-error.ts';
import type { OpenCaseInput, PreAlertInput, Recorded, RecordEventInput } from '../agent-types.ts';
import type { Clock, Random } from '../ports.ts';
import type { CaseBook } from './case-book.ts';
import type { OwnEvents } from './own-events.ts';

/** Written by the server alone: a crew that could write them could make an answer nobody gave. */
const SERVER_ONLY = /^(finding|team)\.|^pre-alert\.(?!requested$)/;

export interface CrewPorts {
  readonly vehicle: VehicleId;
  readonly clock: Clock;
  readonly random: Random;
  readonly book: CaseBook;
  readonly own: OwnEvents;
  readonly findings: (caseId: CaseId) => readonly Finding[];
  /** Journals durably; returns the seq. */
  readonly journal: (event: CaseEvent) => number;
}

type Act = Pick<RecordEventInput, 'actor' | 'eventId' | 'occurredAtMs' | 'sealed'>;

const idOr = <S extends v.GenericSchema<string, string>>(
  schema: S,
  given: string | undefined,
  make: () => string,
): v.InferOutput<S> => {
  const read = v.safeParse(schema, given ?? make());
  if (!read.success) throw new AgentError('invalid', 'event.id-invalid');
  return read.output;
};

/** What the crew writes: each a fact, journalled before the press returns. The same event id twice is one event. */
export class CrewActs {
  readonly #ports: CrewPorts;

  constructor(ports: CrewPorts) {
    this.#ports = ports;
  }

  openCase(input: OpenCaseInput): Recorded {
    const { origin, patientSlot, patient, complaintCodes, specialty } = input;
    const caseId = idOr(CaseId, input.caseId, () => this.#uuid());
    const clinical = {
      origin,
      vehicle: this.#ports.vehicle,
      patientSlot,
      patient,
      complaintCodes: [...complaintCodes],
      specialty,
    };
    return this.#record(caseId, 'case.opened', clinical, input);
  }

  recordEvent(caseId: CaseId, input: RecordEventInput): Recorded {
    this.#mustKnow(caseId);
    if (SERVER_ONLY.test(input.type)) throw new AgentError('invalid', 'event.server-only');
    return this.#record(caseId, input.type, { ...input.clinical }, input);
  }

  requestPreAlert(caseId: CaseId, input: PreAlertInput): Recorded {
    this.#mustKnow(caseId);
    const { specialty, tier, hospitalId } = input;
    // The request has its event's id, so that a repeated press is one request.
    const eventId = input.eventId ?? this.#uuid();
    const clinical = {
      requestId: eventId,
      specialty,
      tier,
      hospitalId,
      agentFindings: this.#ports.findings(caseId).slice(0, 16),
    };
    return this.#record(caseId, 'pre-alert.requested', clinical, { ...input, eventId });
  }

  #record(caseId: CaseId, type: string, clinical: Record<string, unknown>, act: Act): Recorded {
    const { clock, book, own, journal } = this.#ports;
    const eventId = idOr(EventId, act.eventId, () => this.#uuid());
    const known = own.byId(eventId);
    if (known) {
      if (known.event.envelope.caseId !== caseId || known.event.envelope.type !== type)
        throw new AgentError('conflict', 'event.id-taken');
      return { caseId, eventId, seq: known.seq, capturedAtMs: known.capturedAtMs };
    }
    const read = readClinical(type, clinical);
    if (read === 'unknown-type') throw new AgentError('invalid', 'event.unknown-type');
    if (read === 'invalid') throw new AgentError('invalid', 'uplink.event-invalid');
    const occurredAtMs = act.occurredAtMs ?? Math.max(0, Math.round(clock.nowMs()));
    const envelope = {
      eventId,
      caseId,
      type,
      occurredAtMs,
      actor: { kind: 'crew' as const, id: act.actor.id, name: act.actor.name, assurance: act.actor.assurance },
      basedOnCaseSeq: book.prefix(caseId).caseSeq,
    };
    const seq = journal(act.sealed === undefined ? { envelope, clinical } : { envelope, clinical, sealed: act.sealed });
    return { caseId, eventId, seq, capturedAtMs: own.byId(eventId)?.capturedAtMs ?? occurredAtMs };
  }

  newId(): string {
    return this.#uuid();
  }

  #mustKnow(caseId: CaseId): void {
    const { book, own } = this.#ports;
    if (!book.has(caseId) && own.ofCase(caseId).length === 0) throw new AgentError('not-found', 'case.not-found');
  }

  #uuid(): string {
    return uuidV7(Math.max(0, this.#ports.clock.nowMs()), this.#ports.random(10));
  }
}
