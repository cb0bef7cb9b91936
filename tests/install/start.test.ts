import { join } from 'node:path';
import { countsOf } from '@pentad/protocol/waveform';
import { importEcgFile } from '@pentad/recordings/ecg/import-ecg-file';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readEcgFile } from '../../ambulance-client/agent/src/feed/ecg-feed.ts';
import { readScenarios } from '../../ambulance-client/agent/src/sources/recordings.ts';
import { readWaveforms } from '../../ambulance-client/agent/src/sources/waveform-recording.ts';
import { demoDir, DemoReader, recordingsDir } from './demo-reader.ts';
import {
  commandOf,
  memoryMb,
  newPlace,
  processesOf,
  start,
  startTo,
  until,
  type Place,
  type Started,
} from './running-start.ts';

const FIRST_START_SECONDS = 90;
const SECOND_START_SECONDS = 10;
const STOP_WITHIN_MS = 5_000;
const IDLE_MEGABYTES = 600;

let place: Place;
let running: Started | null = null;

beforeAll(async () => {
  place = await newPlace();
});
afterAll(() => {
  for (const pid of processesOf(place)) process.kill(pid, 'SIGKILL');
  place.remove();
});

const status = async (path: string): Promise<number> => (await fetch(`http://127.0.0.1:${place.port}${path}`)).status;

test('the first start ends with a ready server, a console page and a demo region whose readings arrive', async () => {
  running = await start(place);
  console.log(`first start ${running.seconds.toFixed(1)} s`);
  expect(running.seconds).toBeLessThan(FIRST_START_SECONDS);
  await until(async () => (await status('/readyz')) === 200, 10_000);
  expect(await (await fetch(`http://127.0.0.1:${place.port}/`)).text()).toContain('<div id="root"');
  const samples = async () => {
    const text = await (await fetch(`http://127.0.0.1:${place.port}/metrics`)).text();
    return Number(/^pentad_samples_stored_total (\d+)/m.exec(text)?.[1] ?? 0);
  };
  const before = await samples();
  await until(async () => (await samples()) > before + 12, 15_000);
});

test('each patient on board has a real ECG: the stored windows are the samples of the recording, at the seconds of the story', async () => {
  const demo = new DemoReader(place);
  const onBoard = readScenarios(demoDir).filter(({ startAfterSeconds }) => startAfterSeconds <= 0);
  const monitorOf = async (ambulanceIndex: number) =>
    (await demo.waveforms()).filter((row) => row.ambulanceIndex === ambulanceIndex && row.waveform.leads.length < 12);
  expect(onBoard.length).toBeGreaterThan(6);
  for (const { ambulanceIndex, waveformId } of onBoard) {
    await until(async () => (await monitorOf(ambulanceIndex)).length >= 5, 15_000);
    const { seconds, traces } = readWaveforms(recordingsDir, waveformId);
    for (const { measuredAtMs, openedAtMs, waveform } of await monitorOf(ambulanceIndex)) {
      const trace = traces.find(({ kind }) => kind === waveform.kind);
      expect(waveform.leads).toEqual(trace?.leads.map(({ lead }) => lead));
      const perSecond = trace?.samplesPerSecond ?? 0;
      expect([waveform.samplesPerSecond, waveform.sampleCount]).toEqual([perSecond, perSecond]);
      const second = Math.round((measuredAtMs - openedAtMs) / 1_000);
      expect(Math.abs(measuredAtMs - openedAtMs - second * 1_000)).toBeLessThan(250);
      const from = (second % seconds) * perSecond;
      waveform.leads.forEach((_, lead) => {
        expect(countsOf(waveform, lead)).toEqual(trace?.leads[lead]?.counts.slice(from, from + perSecond));
      });
    }
  }
});

test('the 12-lead ECG of the chest pain under way is read back by its hospital, lead by lead', async () => {
  const demo = new DemoReader(place);
  const doctor = 'N10484';
  const scenario = readScenarios(demoDir).find(({ id }) => id === 'inferior-stemi');
  const { recording, contentId } = readEcgFile(join(recordingsDir, 'ecg12/ptbdb-s0010.hea'));
  const { caseId, ecgId, acquiredAtMs } = await demo.recordedEcg(scenario?.ambulanceIndex ?? -1);
  expect(ecgId).toBe(contentId);
  await until(async () => (await demo.timeline(doctor, caseId)).includes('ecg.recorded'), 15_000);
  const read = async () => {
    const chunks = await demo.ecgChunks(doctor, caseId, acquiredAtMs - 10_000, acquiredAtMs);
    return chunks.filter(({ leads }) => leads.length === 12);
  };
  await until(async () => (await read()).length === 20, 10_000);
  const chunks = await read();
  expect(recording?.leads).toHaveLength(12);
  recording?.leads.forEach(({ name, samples, microvoltsPerUnit }, at) => {
    expect(chunks[0]?.leads[at]).toMatchObject({ name, unit: 'uV', perCount: microvoltsPerUnit });
    expect(chunks.flatMap((chunk) => [...countsOf(chunk, at)])).toEqual([...samples]);
  });
});

test("the device's own file comes whole, with what it said of the elevation", async () => {
  const demo = new DemoReader(place);
  const index = readScenarios(demoDir).find(({ id }) => id === 'stroke-late-window')?.ambulanceIndex ?? -1;
  const { caseId, sha256 } = await demo.recordedEcg(index);
  const fetched = () => demo.get('N10490', `/v1/cases/${caseId}/media/${sha256}`);
  await until(async () => (await fetched()).ok, 20_000);
  const content = new Uint8Array(await (await fetched()).arrayBuffer());
  expect(importEcgFile(content, new Map()).statements.map(({ text }) => text)).toContain(
    'ANTERIOR ST ELEVATION, PROBABLY DUE TO LVH',
  );
});

test('the whole idle region takes less than 600 MB', () => {
  const megabytes = memoryMb(processesOf(place));
  console.log(`whole region ${megabytes.toFixed(0)} MB`);
  expect(megabytes).toBeGreaterThan(50);
  expect(megabytes).toBeLessThan(IDLE_MEGABYTES);
});

test('Ctrl-C leaves no process within 5 s', async () => {
  running?.child.kill('SIGINT');
  const tookMs = await until(() => processesOf(place).length === 0, STOP_WITHIN_MS);
  console.log(`stopped in ${(tookMs / 1000).toFixed(1)} s`);
});

test('the second start takes less than 10 s and keeps the data', async () => {
  running = await start(place);
  console.log(`second start ${running.seconds.toFixed(1)} s`);
  expect(running.seconds).toBeLessThan(SECOND_START_SECONDS);
  expect(await status('/readyz')).toBe(200);
});

test('a kill -9 of everything but the database and the broker is repaired by the next start', async () => {
  const before = processesOf(place);
  const nodes = before.filter((pid) => pid === running?.child.pid || commandOf(pid).includes('node'));
  for (const pid of nodes) process.kill(pid, 'SIGKILL');
  await until(() => processesOf(place).every((pid) => !nodes.includes(pid)), STOP_WITHIN_MS);
  expect(processesOf(place).length).toBeGreaterThan(0);
  running = await start(place);
  expect(await status('/readyz')).toBe(200);
  const orphans = before.filter((pid) => !nodes.includes(pid) && processesOf(place).includes(pid));
  expect(orphans).toEqual([]);
  running.child.kill('SIGINT');
  await until(() => processesOf(place).length === 0, STOP_WITHIN_MS);
});

test('Ctrl-C in the middle of starting leaves no process within 5 s', async () => {
  for (const step of [/✓ PostgreSQL/, /✓ NATS/]) {
    const child = await startTo(place, step);
    child.kill('SIGINT');
    await until(() => processesOf(place).length === 0, STOP_WITHIN_MS);
  }
});
