import { join } from 'node:path';
import { Specialty } from '@pentad/protocol/center';
import { HospitalId, uuidV7, type CaseId } from '@pentad/protocol/ids';
import { Tier } from '@pentad/protocol/pre-alert';
import * as v from 'valibot';
import { AgentError } from '../agent-error.ts';
import type { Agent } from '../agent-types.ts';
import { recordEcgFile } from '../feed/ecg-feed.ts';
import type { Clock, Random } from '../ports.ts';
import { OpenedData, type Scenario } from './recordings.ts';
import { scriptedClinical } from './scenario-event.ts';

const PreAlertData = v.object({ specialty: v.nullable(Specialty), tier: Tier, hospitalId: v.nullable(HospitalId) });
/** A file of the recordings' `ecg12`. */
const EcgData = v.object({ file: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,64}\.(?:hea|xml)$/)) });
const PATIENT_SLOT = 1;
const crew = { id: 'crew-demo', name: '随车医生', assurance: 'pin' } as const;
const DAYS_PER_WEEK = 7;

export interface PlayerPorts {
  readonly agent: Pick<
    Agent,
    'openCase' | 'recordEvent' | 'requestPreAlert' | 'vehicle' | 'addMedia' | 'capture' | 'showCase'
  >;
  readonly clock: Clock;
  readonly random: Random;
}

/** Plays one scripted case once, as its crew would: opens it, records, presses the pre-alert, arrives, hands over. */
export class ScenarioPlayer {
  readonly #ports: PlayerPorts;
  readonly #scenario: Scenario;
  readonly #recordingsDir: string;
  #next = 0;
  #caseId: CaseId | null = null;
  #hasArrived = false;
  #isHandedOver = false;

  constructor(ports: PlayerPorts, scenario: Scenario, recordingsDir: string) {
    this.#ports = ports;
    this.#scenario = scenario;
    this.#recordingsDir = recordingsDir;
  }

  get caseId(): CaseId | null {
    return this.#caseId;
  }
  get patientSlot(): number | null {
    return this.#caseId === null ? null : PATIENT_SLOT;
  }
  get isHandedOver(): boolean {
    return this.#isHandedOver;
  }

  /** Plays what is due at this second of the scenario. A start in the middle plays the earlier part at once, with its own instants. */
  playUntil(second: number): void {
    for (
      let event = this.#scenario.events[this.#next];
      event && event.atSeconds <= second;
      event = this.#scenario.events[this.#next]
    ) {
      this.#next += 1;
      this.#play(event.type, event.data, this.#instant(second - event.atSeconds));
    }
  }

  arrive(): void {
    if (this.#hasArrived || this.#caseId === null) return;
    this.#hasArrived = true;
    this.#play('milestone.stamped', { code: 'T_GATE', source: 'gps' }, this.#instant(0));
    this.#play('case.progressed', { to: 'arrived' }, this.#instant(0));
  }

  handOver(): void {
    if (this.#isHandedOver || this.#caseId === null) return;
    this.#isHandedOver = true;
    this.#play('milestone.stamped', { code: 'T_HANDOVER', source: 'crew' }, this.#instant(0));
    this.#play('case.progressed', { to: 'handed-over' }, this.#instant(0));
  }

  closeCase(): void {
    if (this.#caseId !== null) this.#play('case.progressed', { to: 'closed' }, this.#instant(0));
    this.#caseId = null;
  }

  #play(type: string, data: Readonly<Record<string, unknown>>, occurredAtMs: number): void {
    if (type === 'case.opened') return this.#open(data, occurredAtMs);
    if (this.#caseId === null) throw new AgentError('invalid', 'scenario.no-case-yet');
    const { agent } = this.#ports;
    if (type === 'pre-alert.requested') {
      agent.requestPreAlert(this.#caseId, { ...v.parse(PreAlertData, data), actor: crew, occurredAtMs });
      return;
    }
    if (type === 'ecg.recorded') return this.#recordEcg(this.#caseId, v.parse(EcgData, data).file, occurredAtMs);
    const clinical = scriptedClinical(type, data, { atMs: occurredAtMs, id: this.#uuid() });
    if (clinical === null) throw new AgentError('invalid', 'scenario.event-not-played');
    agent.recordEvent(this.#caseId, { type, clinical, actor: crew, occurredAtMs });
  }

  /** A real recording by the way any ECG file goes; taken at this moment of the story. */
  #recordEcg(caseId: CaseId, file: string, takenAtMs: number): void {
    const { agent, clock } = this.#ports;
    const of = { caseId, patientSlot: PATIENT_SLOT, actor: crew, takenAtMs };
    recordEcgFile({ agent, clock, say: () => undefined }, join(this.#recordingsDir, 'ecg12', file), of);
  }

  #open(data: Readonly<Record<string, unknown>>, occurredAtMs: number): void {
    const { origin, specialty, complaintCodes } = v.parse(OpenedData, data);
    const { ageYears, ageDays, sex, pregnancyWeeks, nameZh } = this.#scenario.patient;
    const gestationDays =
      pregnancyWeeks === null ? (this.#scenario.newborn?.gestationDaysAtBirth ?? null) : pregnancyWeeks * DAYS_PER_WEEK;
    const patient = { ageYears, ageDays, sex, gestationDays, isPregnant: pregnancyWeeks === null ? null : true };
    const { agent } = this.#ports;
    const opened = agent.openCase({
      origin,
      specialty,
      complaintCodes,
      patientSlot: PATIENT_SLOT,
      patient,
      actor: crew,
      occurredAtMs,
    });
    this.#caseId = opened.caseId;
    agent.recordEvent(opened.caseId, {
      type: 'identity.attached',
      clinical: { personId: this.#uuid() },
      sealed: { name: nameZh },
      actor: crew,
      occurredAtMs,
    });
  }

  #instant(agoSeconds: number): number {
    return Math.max(0, Math.round(this.#ports.clock.nowMs() - agoSeconds * 1_000));
  }

  #uuid(): string {
    return uuidV7(Math.max(0, this.#ports.clock.nowMs()), this.#ports.random(10));
  }
}
