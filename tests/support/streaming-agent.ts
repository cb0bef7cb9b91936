import path from 'node:path';
import type { Agent, Capture } from '../../ambulance-client/agent/src/agent-types.ts';
import type { LinkGate } from '../../ambulance-client/agent/src/link/link-gate.ts';
import { openVehicle } from '../../ambulance-client/agent/src/vehicle.ts';
import { packCounts, type Waveform } from '@pentad/protocol/waveform';
import { CaseId } from '@pentad/protocol/ids';
import { noVitals, type Vitals } from '@pentad/protocol/vitals';
import * as v from 'valibot';
import { writeVehicleFolder } from './agent-process.ts';
import type { EnrolledVehicle } from './region-directory.ts';
import type { Region } from './region.ts';
import type { ServerProcess } from './server-process.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const JOURNAL_BYTES = 512 * 1_048_576;
export const crew = { id: 'crew-1', name: '急救员', assurance: 'pin' } as const;

export interface StreamingAgent {
  readonly agent: Agent;
  readonly gate: LinkGate;
}

/** The product's own agent in this process, since its local API takes no telemetry. */
export async function streamingAgent(
  region: Region,
  server: Pick<ServerProcess, 'address'>,
  enrolled: EnrolledVehicle,
  natsUrl: string,
): Promise<StreamingAgent> {
  const vehicleDir = await writeVehicleFolder(region, enrolled);
  const made = openVehicle({
    vehicleDir,
    journalDir: path.join(vehicleDir, 'journal'),
    natsUrl,
    natsCaFile: null,
    serverUrl: server.address,
    maxJournalBytes: JOURNAL_BYTES,
    log: quiet,
  });
  made.agent.start();
  return made;
}

export function openAdult(agent: Agent): CaseId {
  const patient = { ageYears: 64, ageDays: null, sex: 'male', gestationDays: null, isPregnant: false } as const;
  const opened = agent.openCase({
    actor: crew,
    origin: 'dispatch-120',
    patientSlot: 1,
    patient,
    complaintCodes: ['chest-pain'],
    specialty: null,
  });
  return v.parse(CaseId, opened.caseId);
}

export const numerics = (caseId: CaseId, measuredAtMs: number, vitals: Partial<Vitals>): Capture => ({
  lane: 'vit',
  patientSlot: 1,
  caseId,
  measuredAtMs: Math.round(measuredAtMs),
  vitals: { ...noVitals, ...vitals },
  times: { bloodPressureAtMs: null, temperatureAtMs: null },
});

export const place = (caseId: CaseId, measuredAtMs: number): Capture => ({
  lane: 'pos',
  patientSlot: null,
  caseId,
  measuredAtMs: Math.round(measuredAtMs),
  position: { latitudeDeg: 31.38, longitudeDeg: 120.98, speedMps: 12, headingDeg: 90, accuracyM: 5 },
});

const names = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'];
const SAMPLES = 250;

/** Half a second of twelve leads at 500 Hz, 6 kB, different in every chunk. */
export function twelveLeads(mark: number): Waveform {
  const leads = names.map((_, lead) =>
    Int16Array.from({ length: SAMPLES }, (_unused, at) => ((at * 7 + lead * 131 + mark * 17) % 2_000) - 1_000),
  );
  return {
    kind: 'ecg',
    samplesPerSecond: 500,
    leads: names.map((name) => ({ name, unit: 'uV' as const, perCount: 4.88, offset: 0 })),
    sampleCount: SAMPLES,
    samples: packCounts(leads),
  };
}

export const ecg = (caseId: CaseId, measuredAtMs: number, mark: number): Capture => ({
  lane: 'wav',
  patientSlot: 1,
  caseId,
  measuredAtMs: Math.round(measuredAtMs),
  waveform: twelveLeads(mark),
});
