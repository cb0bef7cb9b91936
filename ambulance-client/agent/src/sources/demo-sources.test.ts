import { fileURLToPath } from 'node:url';
import { isEventItem } from '@pentad/protocol/lane-item';
import { describe, expect, test } from 'vitest';
import { quietLog, seededRandom } from '../platform/virtual-time.fixture.ts';
import { vehicleDay } from '../vehicle-day.fixture.ts';
import { DriveReplay } from './drive-replay.ts';
import { NumericsReplay } from './numerics-replay.ts';
import { readAmbulances, readDrive, readNumerics, readScenarios, type NumericsRecording } from './recordings.ts';
import { ScenarioPlayer } from './scenario.ts';
import { VehicleStory } from './vehicle-story.ts';
import { readWaveforms } from './waveform-recording.ts';

const fixtures = fileURLToPath(new URL('../../../../fixtures/', import.meta.url));
const recordings = `${fixtures}recordings`;
const scenarios = readScenarios(`${fixtures}demo`);
const ambulances = readAmbulances(`${fixtures}demo`);

describe('numerics', () => {
  const recording: NumericsRecording = {
    id: 'test',
    sampleSeconds: 1,
    fields: ['heartRateBpm', 'systolicMmHg', 'diastolicMmHg', 'fetalHeartRateBpm'],
    rows: [
      [80, 120, 70, 140],
      [null, 121, 71, 141],
      [82, null, null, null],
    ],
  };

  test('what was not measured stays null, and a recording that ends starts over', () => {
    const replay = new NumericsReplay(recording);
    expect([0, 1, 2, 3].map((second) => replay.sample(second, 0).vitals.heartRateBpm)).toEqual([80, null, 82, 80]);
    expect(replay.sample(0, 0).vitals).not.toHaveProperty('fetalHeartRateBpm');
    expect(replay.sample(0, 0).vitals.spo2Percent).toBeNull();
  });

  test('recorded pressure is new with every sample; a scripted cuff reading keeps its instant until the next', () => {
    const cuff = [
      { atSeconds: 1, untilSeconds: 60, field: 'systolicMmHg', value: 90 },
      { atSeconds: 1, untilSeconds: 60, field: 'diastolicMmHg', value: 60 },
    ];
    expect(new NumericsReplay(recording).sample(1, 5_000).times.bloodPressureAtMs).toBe(6_000);
    const replay = new NumericsReplay(recording, cuff);
    expect(replay.sample(30, 5_000)).toMatchObject({
      vitals: { systolicMmHg: 90, diastolicMmHg: 60 },
      times: { bloodPressureAtMs: 6_000 },
    });
    expect(new NumericsReplay(recording).sample(2, 0).times).toEqual({
      bloodPressureAtMs: null,
      temperatureAtMs: null,
    });
  });

  test('a scripted null covers what was recorded', () => {
    const replay = new NumericsReplay(recording, [
      { atSeconds: 0, untilSeconds: 2, field: 'heartRateBpm', value: null },
    ]);
    expect([0, 2].map((second) => replay.sample(second, 0).vitals.heartRateBpm)).toEqual([null, 82]);
  });
});

test('a drive ends where it began, waits at the scene, and arrives when it says', () => {
  const drive = readDrive(recordings, 'drive-01');
  const replay = new DriveReplay(drive, 60);
  expect(replay.position(0)).toMatchObject({ speedMps: 0 });
  expect(replay.position(59)).toEqual(replay.position(0));
  const [latitudeDeg, longitudeDeg] = drive.points.at(-1) ?? [];
  expect(replay.position(replay.arrivesAtSeconds)).toMatchObject({ latitudeDeg, longitudeDeg });
  expect(replay.position(replay.arrivesAtSeconds - 30)).not.toMatchObject({ latitudeDeg, longitudeDeg });
});

test.each(scenarios.map((scenario) => [scenario.id, scenario] as const))(
  'the scenario %s plays as events the server takes',
  async (_, scenario) => {
    const { agent, region, time } = vehicleDay();
    region.connect();
    const player = new ScenarioPlayer({ agent, clock: time, random: seededRandom(3) }, scenario, recordings);
    player.playUntil(100_000);
    player.arrive();
    player.handOver();
    await time.advance(5_000);
    const types = region.stored('evt').flatMap((item) => (isEventItem(item) ? [item.event.envelope.type] : []));
    expect(types).toHaveLength(scenario.events.length + 5);
    expect(types.includes('pre-alert.requested')).toBe(
      scenario.events.some(({ type }) => type === 'pre-alert.requested'),
    );
    expect(agent.listCases()).toMatchObject([{ status: 'handed-over', waiting: 0 }]);
  },
);

test('the story of a vehicle streams its case at 1 Hz, loses nothing in its tunnel, and begins again', async () => {
  const scenario = scenarios.find(({ linkGaps }) => linkGaps.length > 0);
  const ambulance = ambulances[scenario?.ambulanceIndex ?? 0];
  if (!scenario || !ambulance) throw new Error('no scenario with a tunnel');
  const { agent, region, time } = vehicleDay();
  const gate = { open: () => undefined, close: () => undefined };
  const drive = readDrive(recordings, ambulance.driveId);
  const numerics = readNumerics(recordings, scenario.numericsId);
  const waveforms = readWaveforms(recordings, scenario.waveformId);
  const story = new VehicleStory(
    { agent, gate, clock: time, timers: time, random: seededRandom(5), log: quietLog },
    { drive, numerics, scenario, waveforms, recordingsDir: recordings, isRepeating: true },
  );
  region.connect();
  story.start();
  const playedSeconds =
    scenario.startAfterSeconds + new DriveReplay(drive, scenario.leaveSceneAtSeconds).arrivesAtSeconds;
  await time.advance((playedSeconds + 115) * 1_000);
  const [line] = agent.listCases();
  expect(line).toMatchObject({ status: 'arrived' });
  const numericsOfCase = region.stored('vit').filter((item) => 'caseId' in item && item.caseId === line?.caseId);
  expect(numericsOfCase.length).toBeGreaterThan(playedSeconds + 110 - Math.max(0, scenario.startAfterSeconds));
  await time.advance(330_000 + drive.sceneAtSeconds * 1_000);
  expect(agent.listCases().map(({ status }) => status)).toEqual(['assessed', 'closed']);
  story.stop();
}, 60_000);
