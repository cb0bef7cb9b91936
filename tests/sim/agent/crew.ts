import type { Agent, RecordEventInput } from '@pentad/agent/agent-types';
import { specialties, type Specialty } from '@pentad/protocol/center';
import type { CaseId, HospitalId } from '@pentad/protocol/ids';
import { uuidV7 } from '@pentad/protocol/ids';
import { hospitalIds } from '../region.ts';
import type { Rng } from '../world/rng.ts';
import type { World } from '../world/world.ts';
import { courses, Patient } from './patient.ts';
import type { Vehicle } from './vehicle.ts';

export interface CrewOptions {
  readonly world: World;
  readonly rng: Rng;
  readonly vehicle: Vehicle;
  readonly sampleEveryMs: number;
  readonly hasPoison: boolean;
}

const actor = { id: 'crew-1', name: '李医生', assurance: 'vehicle' as const };

/** What one crew does and its monitor measures, from the first case to the last; pressing again while the agent is down. */
export class Crew {
  readonly patients = new Map<CaseId, Patient>();
  readonly #options: CrewOptions;
  #caseId: CaseId | null = null;
  #isWorking = true;

  constructor(options: CrewOptions) {
    this.#options = options;
  }

  start(): void {
    const { world, rng } = this.#options;
    world.after(rng.between(500, 8_000), () => this.#openCase());
    world.after(rng.between(0, 1_000), () => this.#tick());
  }

  stop(): void {
    this.#isWorking = false;
  }

  #tick(): void {
    if (!this.#isWorking) return;
    const { world, rng, vehicle, sampleEveryMs, hasPoison } = this.#options;
    world.after(sampleEveryMs, () => this.#tick());
    const patient = this.#caseId === null ? undefined : this.patients.get(this.#caseId);
    if (!vehicle.agent) return;
    const at = {
      measuredAtMs: world.nowMs + vehicle.clockErrorMs,
      caseId: this.#caseId,
      patientSlot: this.#caseId === null ? null : 1,
    };
    const { vitals, times } = patient?.measure(world.nowMs) ?? { vitals: null, times: null };
    const isPoison = hasPoison && rng.isTrue(0.02);
    vehicle.agent.capture([
      ...(vitals === null
        ? []
        : [{ ...at, lane: 'vit' as const, vitals: isPoison ? { ...vitals, etco2MmHg: 149 } : vitals, times }]),
      ...(rng.isTrue(0.3) ? [{ ...at, lane: 'pos' as const, position: this.#position() }] : []),
    ]);
  }

  #position() {
    const { rng } = this.#options;
    return {
      latitudeDeg: 31.3 + rng.fraction() / 5,
      longitudeDeg: 120.9 + rng.fraction() / 5,
      speedMps: 12,
      headingDeg: 90,
      accuracyM: 5,
    };
  }

  #openCase(): void {
    if (!this.#isWorking) return;
    const { world, rng } = this.#options;
    const course = rng.pick(courses);
    const specialty = rng.isTrue(0.5) ? rng.pick(specialties) : null;
    this.#press((agent) => {
      const { caseId } = agent.openCase({
        actor,
        origin: 'dispatch-120',
        patientSlot: 1,
        complaintCodes: ['chest-pain'],
        specialty,
        patient: { ageYears: 60, ageDays: null, sex: 'male', gestationDays: null, isPregnant: false },
      });
      this.#caseId = caseId;
      this.#options.vehicle.caseIds.push(caseId);
      this.patients.set(caseId, new Patient(course, world.nowMs, rng));
      this.#planCase(caseId, specialty);
    });
  }

  #planCase(caseId: CaseId, specialty: Specialty | null): void {
    const { world, rng } = this.#options;
    const later = (fromS: number, toS: number, act: (agent: Agent) => void) =>
      world.after(rng.between(fromS * 1_000, toS * 1_000), () => this.#press(act));
    const record = (type: string, clinical: RecordEventInput['clinical']) => (agent: Agent) =>
      void agent.recordEvent(caseId, { actor, type, clinical });
    const isHasty = rng.isTrue(0.4);
    later(isHasty ? 0 : 2, isHasty ? 5 : 40, record('assessment.recorded', this.#assessment()));
    if (rng.isTrue(0.7))
      later(0, isHasty ? 4 : 60, (agent) =>
        this.#request(agent, caseId, rng.isTrue(0.5) ? specialty : rng.pick(specialties)),
      );
    if (rng.isTrue(0.2)) later(20, 90, (agent) => this.#request(agent, caseId, specialty));
    for (let change = 0; change < 2; change += 1) {
      if (rng.isTrue(0.5))
        later(1, 150, record('destination.chosen', { hospitalId: rng.pick(hospitalIds), reason: 'crew' }));
    }
    if (rng.isTrue(0.15)) later(30, 200, record('case.cancelled', { reason: 'not-needed' }));
    if (rng.isTrue(0.6)) world.after(rng.between(30_000, 200_000), () => this.#openCase());
    if (rng.isTrue(0.2)) later(100, 400, record('case.progressed', { to: 'closed' }));
  }

  #request(agent: Agent, caseId: CaseId, specialty: Specialty | null): void {
    const { rng } = this.#options;
    const hospitalId: HospitalId | null = rng.isTrue(0.3) ? rng.pick(hospitalIds) : null;
    agent.requestPreAlert(caseId, {
      actor,
      specialty,
      tier: rng.pick(['level-1', 'level-1', 'level-2', 'advice']),
      hospitalId,
    });
  }

  #assessment(): RecordEventInput['clinical'] {
    const { rng, world, vehicle } = this.#options;
    return {
      assessmentId: uuidV7(world.nowMs, rng.bytes(10)),
      measuredAtMs: world.nowMs + vehicle.clockErrorMs,
      consciousness: 'alert',
      oxygen: 'air',
      isPressureUnrecordable: false,
      vitals: { systolicMmHg: 120, temperatureC: 36.8 },
      gcs: null,
    };
  }

  /** A press while the agent is down is made again until it is up: nothing is journalled before. */
  #press(act: (agent: Agent) => void): void {
    const { world, rng, vehicle } = this.#options;
    if (!this.#isWorking) return;
    if (vehicle.agent) {
      try {
        act(vehicle.agent);
      } catch (error) {
        world.note('press-refused', error instanceof Error ? error.message : 'unknown');
      }
    } else world.after(rng.between(500, 3_000), () => this.#press(act));
  }
}
