import { join } from 'node:path';
import { systemClock, systemRandom, systemTimers } from './platform/system-ports.ts';
import type { Agent } from './agent-types.ts';
import type { Log } from './ports.ts';
import { readDrive, readNumerics, type Scenario } from './sources/recordings.ts';
import { VehicleStory } from './sources/vehicle-story.ts';
import { readWaveforms, type WaveformRecording } from './sources/waveform-recording.ts';
import { openVehicle } from './vehicle.ts';

const MAX_JOURNAL_BYTES = 64 * 1024 * 1024;

export interface FleetVehicle {
  /** Holds the identity; the journal lies under it. */
  readonly vehicleDir: string;
  readonly driveId: string;
  readonly numericsId: string;
  readonly scenario: Scenario | null;
}
export interface FleetOptions {
  readonly vehicles: readonly FleetVehicle[];
  readonly natsUrl: string;
  readonly serverUrl: string;
  readonly recordingsDir: string;
  readonly isRepeating: boolean;
  readonly log: Log;
}
export interface Fleet {
  readonly agents: readonly Agent[];
  stop(): Promise<void>;
}

/** All demo ambulances in one process: real agents, each with its own identity, journal and connection. */
export function startFleet({ vehicles, natsUrl, serverUrl, recordingsDir, isRepeating, log }: FleetOptions): Fleet {
  const read = new Map<string, WaveformRecording>();
  const waveformsOf = (id: string): WaveformRecording => {
    const waveforms = read.get(id) ?? readWaveforms(recordingsDir, id);
    read.set(id, waveforms);
    return waveforms;
  };
  const running = vehicles.map(({ vehicleDir, driveId, numericsId, scenario }) => {
    const journalDir = join(vehicleDir, 'journal');
    const { agent, gate } = openVehicle({
      vehicleDir,
      journalDir,
      natsUrl,
      natsCaFile: null,
      serverUrl,
      maxJournalBytes: MAX_JOURNAL_BYTES,
      log,
    });
    const drive = readDrive(recordingsDir, driveId);
    const numerics = readNumerics(recordingsDir, scenario?.numericsId ?? numericsId);
    const ports = { agent, gate, clock: systemClock, timers: systemTimers, random: systemRandom, log };
    const waveforms = scenario ? waveformsOf(scenario.waveformId) : null;
    const story = new VehicleStory(ports, { drive, numerics, scenario, waveforms, recordingsDir, isRepeating });
    agent.start();
    story.start();
    return { agent, story };
  });
  return {
    agents: running.map(({ agent }) => agent),
    stop: async () => {
      for (const { story } of running) story.stop();
      await Promise.all(running.map(({ agent }) => agent.stop()));
    },
  };
}
