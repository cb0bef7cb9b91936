import { afterAll, beforeAll, expect, test } from 'vitest';
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
