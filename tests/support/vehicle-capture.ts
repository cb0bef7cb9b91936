import { randomBytes } from 'node:crypto';
import type { CaseEvent, CaseEventType, ClinicalByType, Sealed } from '@pentad/protocol/case-event';
import { CaseId, EventId, uuidV7 } from '@pentad/protocol/ids';
import { laneOf, type Road } from '@pentad/protocol/lane';
import { encodeItem } from '@pentad/protocol/uplink';
import type { LaneItem, NumericsItem } from '@pentad/protocol/lane-item';
import { utcDay } from '@pentad/protocol/quantities';
import { PROTOCOL_VERSION } from '@pentad/protocol/version';
import { noVitals, type Vitals } from '@pentad/protocol/vitals';
import * as v from 'valibot';
import type { LedgerEntry, VehicleLedger } from './vehicle-ledger.ts';

export const newUuid = (): string => uuidV7(Date.now(), randomBytes(10));
export const newCaseId = (): CaseId => v.parse(CaseId, newUuid());

/** NEWS2 of 9 by these three alone: GEN-3 fires once they have held for 30 s of measured time. */
export const failing: Partial<Vitals> = { respiratoryRatePerMin: 30, spo2Percent: 86, heartRateBpm: 140 };
export const wellEnough: Partial<Vitals> = { respiratoryRatePerMin: 16, spo2Percent: 97, heartRateBpm: 78 };

const adult = { ageYears: 64, ageDays: null, sex: 'male', gestationDays: null, isPregnant: false } as const;
const crew = { kind: 'crew', id: 'crew-1', name: null, assurance: 'pin' } as const;

/** Captures items into a vehicle's ledger: made once, offered until receipted. */
export class VehicleCapture {
  readonly ledger: VehicleLedger;
  readonly #startedAtMs = Date.now();

  constructor(ledger: VehicleLedger) {
    this.ledger = ledger;
  }

  event<T extends CaseEventType>(
    caseId: CaseId,
    type: T,
    clinical: ClinicalByType[T],
    sealed: Sealed | null = null,
    expectedRefusal: string | null = null,
  ): LedgerEntry {
    const eventId = v.parse(EventId, newUuid());
    const envelope = { eventId, caseId, type, occurredAtMs: Date.now(), actor: crew, basedOnCaseSeq: 0 };
    const event: CaseEvent = { envelope, clinical: { ...clinical }, ...(sealed === null ? {} : { sealed }) };
    const item: LaneItem = { ...this.#header('evt', Date.now()), lane: 'evt', event };
    return this.#enter({ item, road: 'evt', bytes: encodeItem(item), expectedRefusal });
  }

  openCase(caseId = newCaseId()): CaseId {
    const { vehicle } = this.ledger;
    const opening = { origin: 'dispatch-120', vehicle, patientSlot: 1, patient: adult, complaintCodes: [] } as const;
    this.event(caseId, 'case.opened', { ...opening, complaintCodes: ['chest-pain'], specialty: null });
    return caseId;
  }

  /** The crew presses 预警. */
  requestPreAlert(
    caseId: CaseId,
    some: Partial<ClinicalByType['pre-alert.requested']> = {},
  ): ReturnType<typeof this.event> {
    const asked = { specialty: 'chest-pain', tier: 'level-1', hospitalId: null, agentFindings: [] } as const;
    return this.event(caseId, 'pre-alert.requested', { requestId: newUuid(), ...asked, agentFindings: [], ...some });
  }

  numerics(
    caseId: CaseId | null,
    reading: Partial<Vitals>,
    measuredAtMs = Date.now(),
    road: Road = 'vit',
  ): LedgerEntry {
    const times = { bloodPressureAtMs: null, temperatureAtMs: null };
    const telemetry = { patientSlot: 1, caseId, vitals: { ...noVitals, ...reading }, times };
    return this.#put({ ...this.#header('vit', measuredAtMs), lane: 'vit', ...telemetry }, road);
  }

  position(caseId: CaseId | null, measuredAtMs = Date.now()): LedgerEntry {
    const position = { latitudeDeg: 31.38, longitudeDeg: 120.98, speedMps: 12, headingDeg: 90, accuracyM: 5 };
    return this.#put({ ...this.#header('pos', measuredAtMs), lane: 'pos', patientSlot: 1, caseId, position }, 'pos');
  }

  /** An item of this vehicle's own numbering whose bytes are not what they should be; `damage` may move its key too. */
  damaged(road: Road, expectedRefusal: string, damage: (item: NumericsItem) => object): LedgerEntry {
    const times = { bloodPressureAtMs: null, temperatureAtMs: null };
    const telemetry = { patientSlot: 1, caseId: null, vitals: noVitals, times };
    const lane = laneOf(road);
    const numerics: NumericsItem = { ...this.#header(lane, Date.now()), lane: 'vit', ...telemetry };
    const damaged = { ...numerics, lane, ...damage({ ...numerics, lane } as NumericsItem) };
    const item = { ...numerics, lane: damaged.lane, seq: damaged.seq } as LaneItem;
    return this.#enter({ item, road, bytes: new TextEncoder().encode(JSON.stringify(damaged)), expectedRefusal });
  }

  #header(lane: Parameters<VehicleLedger['nextSeq']>[0], measuredAtMs: number) {
    const { vehicle, epoch } = this.ledger;
    return {
      protocol: PROTOCOL_VERSION,
      vehicle,
      epoch,
      seq: this.ledger.nextSeq(lane),
      day: utcDay(measuredAtMs),
      measuredAtMs,
      capturedAtMs: Date.now(),
      monotonicMs: Date.now() - this.#startedAtMs,
      bootId: 'boot-1',
      clock: { offsetMs: 0, errorMs: 5 },
    };
  }

  #put(item: LaneItem, road: Road): LedgerEntry {
    return this.#enter({ item, road, bytes: encodeItem(item), expectedRefusal: null });
  }

  #enter(made: Pick<LedgerEntry, 'item' | 'road' | 'bytes' | 'expectedRefusal'>): LedgerEntry {
    const unsent = { offers: 0, isInFlight: false, nextOfferAtMs: 0, receiptedAs: null, refusedCode: null };
    const entry: LedgerEntry = { ...made, ...unsent };
    this.ledger.add(entry);
    return entry;
  }
}
