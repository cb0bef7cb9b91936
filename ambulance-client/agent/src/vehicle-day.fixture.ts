import { CaseId, HospitalId, type VehicleId } from '@pentad/protocol/ids';
import { noVitals } from '@pentad/protocol/vitals';
import * as v from 'valibot';
import { createAgent } from './agent.ts';
import type { Agent, AgentLimits, OpenCaseInput } from './agent-types.ts';
import { fakeCredentials, FakeRegion } from './fake-region.fixture.ts';
import { MemoryShelf } from './journal/memory-journal.ts';
import { sampleVehicle } from './journal/sample-items.fixture.ts';
import { quietLog, seededRandom, VirtualTime } from './platform/virtual-time.fixture.ts';
import type { Log } from './ports.ts';

export const crewActor = { id: 'crew-1', name: '张医生', assurance: 'pin' } as const;
export const hospitalId = v.parse(HospitalId, 'donghu-peoples');
export const openInput: OpenCaseInput = {
  actor: crewActor,
  origin: 'dispatch-120',
  patientSlot: 1,
  patient: { ageYears: 60, ageDays: null, sex: 'male', gestationDays: null, isPregnant: null },
  complaintCodes: ['chest-pain'],
  specialty: 'chest-pain',
};

/** One agent on memory and hand-turned time, before a fake region. `restart` is a crash and a start on the same disk. */
export function vehicleDay(options: { limits?: Partial<AgentLimits>; log?: Log; vehicle?: VehicleId } = {}) {
  const time = new VirtualTime();
  const random = seededRandom(11);
  const vehicle = options.vehicle ?? sampleVehicle;
  const region = new FakeRegion(time, random, vehicle);
  const shelf = new MemoryShelf(random);
  const credentials = fakeCredentials(time, vehicle);
  const log = options.log ?? quietLog;
  const make = (): Agent =>
    createAgent({
      credentials,
      clock: time,
      timers: time,
      random,
      log,
      shelf,
      broker: region.broker,
      secondPath: region.secondPath,
      limits: options.limits ?? {},
    });
  const day = {
    time,
    region,
    shelf,
    credentials,
    agent: make(),
    restart: async () => {
      await day.agent.stop();
      day.agent = make();
      day.agent.start();
    },
    sample: (heartRateBpm: number) =>
      day.agent.capture([
        {
          lane: 'vit',
          measuredAtMs: time.nowMs(),
          caseId: null,
          patientSlot: 1,
          vitals: { ...noVitals, heartRateBpm },
          times: { bloodPressureAtMs: null, temperatureAtMs: null },
        },
        {
          lane: 'pos',
          measuredAtMs: time.nowMs(),
          caseId: null,
          patientSlot: null,
          position: { latitudeDeg: 31, longitudeDeg: 121, speedMps: 10, headingDeg: 0, accuracyM: null },
        },
      ]),
    /** One sample a second. */
    drive: async (seconds: number) => {
      for (let second = 0; second < seconds; second += 1) {
        day.sample(80);
        await time.advance(1_000);
      }
    },
    openCase: () => v.parse(CaseId, day.agent.openCase(openInput).caseId),
    press: (caseId: CaseId) =>
      day.agent.requestPreAlert(caseId, { actor: crewActor, specialty: 'chest-pain', tier: 'level-1', hospitalId }),
  };
  day.agent.start();
  return day;
}
