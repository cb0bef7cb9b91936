import type { Agent } from '../agent-types.ts';
import type { Clock, Log, Random, Timers } from '../ports.ts';
import { readAmbulances, readDrive, readNumerics, readScenarios } from '../sources/recordings.ts';
import { VehicleStory, type StoryPlan } from '../sources/vehicle-story.ts';
import { readWaveforms } from '../sources/waveform-recording.ts';
import { FeedError } from './feed-error.ts';
import type { Feed } from './feed.ts';
import { withoutEnd } from './nmea-feed.ts';

export interface ScenarioPorts {
  readonly agent: Agent;
  readonly gate: { open(): void; close(): void };
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly log: Log;
}
export interface ScenarioPlace {
  readonly demoDir: string;
  readonly recordingsDir: string;
}

/** Reads a named case of the demo county with its drive, numerics and waveforms. Throws FeedError. */
export function readScenario({ demoDir, recordingsDir }: ScenarioPlace, name: string): StoryPlan {
  const scenarios = readScenarios(demoDir);
  const scenario = scenarios.find(({ id }) => id === name);
  const ambulance = scenario && readAmbulances(demoDir)[scenario.ambulanceIndex];
  if (!scenario || !ambulance)
    throw new FeedError(`no scenario ${name}; there are: ${scenarios.map(({ id }) => id).join(', ')}`);
  return {
    drive: readDrive(recordingsDir, ambulance.driveId),
    numerics: readNumerics(recordingsDir, scenario.numericsId),
    scenario,
    waveforms: readWaveforms(recordingsDir, scenario.waveformId),
    recordingsDir,
    isRepeating: false,
  };
}

/** Plays it once by this vehicle: it opens and ends cases of its own. */
export function playScenario(ports: ScenarioPorts, plan: StoryPlan): Feed {
  const story = new VehicleStory(ports, plan);
  story.start();
  return withoutEnd(() => story.stop());
}
