import { RecordingError } from '@pentad/recordings/recording-error';
import type { Agent } from '../agent-types.ts';
import type { Clock, Log, Random, Timers } from '../ports.ts';
import type { AmbulanceOptions } from './ambulance-options.ts';
import { readEcgFile, recordEcgFile } from './ecg-feed.ts';
import { FeedError } from './feed-error.ts';
import { onNoCase, type Bound, type Feed, type Say } from './feed.ts';
import { hearGpsd } from './gpsd-feed.ts';
import { hearMonitors } from './hl7-feed.ts';
import { playNmea } from './nmea-feed.ts';
import { playRecording } from './playback.ts';
import { playScenario, readScenario, type ScenarioPlace } from './scenario-feed.ts';
import { wfdbRecording } from './wfdb-feed.ts';

export const crew = { id: 'ambulance-cli', name: null, assurance: 'vehicle' } as const;

export interface RunPorts {
  readonly agent: Agent;
  readonly gate: { open(): void; close(): void };
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly log: Log;
  readonly say: Say;
}
export interface RunPlace extends ScenarioPlace {
  readonly zoneOffsetMinutes: number;
}
type Start = (ports: RunPorts) => Promise<Feed>;

/** A decoder's refusal with the file's name. */
function reading<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RecordingError) throw new FeedError(`${error.code}: ${path}`);
    throw error;
  }
}

/** Reads what is to be played before anything is sent: a file that cannot be is refused here. */
export function prepareFeeds(options: AmbulanceOptions, place: RunPlace, bound: Bound, say: Say): readonly Start[] {
  const { wfdb, ecg, nmea, gpsd, mllpPort, scenario, pace } = options;
  for (const path of ecg) reading(path, () => readEcgFile(path));
  const records = wfdb.map((path) => reading(path, () => wfdbRecording(path, bound, say)));
  const starts: Start[] = records.map((record) => (ports) => Promise.resolve(playRecording(ports, record, pace)));
  if (ecg.length > 0)
    starts.push((ports) => {
      const { caseId, patientSlot } = bound;
      if (caseId === null) throw new FeedError('an ECG belongs to a case');
      for (const path of ecg) recordEcgFile(ports, path, { caseId, patientSlot, actor: crew });
      return Promise.resolve({ done: Promise.resolve(), stop: () => Promise.resolve() });
    });
  const ofVehicle = { ...onNoCase, caseId: bound.caseId };
  if (nmea !== null) starts.push((ports) => Promise.resolve(playNmea(ports, nmea, ofVehicle, pace)));
  if (gpsd !== null) starts.push((ports) => Promise.resolve(hearGpsd(ports, gpsd, ofVehicle)));
  if (mllpPort !== null)
    starts.push(async (ports) => {
      const { zoneOffsetMinutes } = place;
      const feed = await hearMonitors(ports, { port: mllpPort, zoneOffsetMinutes }, bound);
      say({ zh: `监护仪端口 ${feed.port}`, en: `listening for monitors on 127.0.0.1:${feed.port}` });
      return feed;
    });
  if (scenario !== null) {
    const plan = readScenario(place, scenario);
    starts.push((ports) => Promise.resolve(playScenario(ports, plan)));
  }
  return starts;
}
