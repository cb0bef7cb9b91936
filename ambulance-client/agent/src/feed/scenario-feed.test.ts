import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { quietLog, seededRandom } from '../platform/virtual-time.fixture.ts';
import { vehicleDay } from '../vehicle-day.fixture.ts';
import { playScenario, readScenario } from './scenario-feed.ts';

const fixtures = fileURLToPath(new URL('../../../../fixtures/', import.meta.url));
const place = { demoDir: `${fixtures}demo`, recordingsDir: `${fixtures}recordings` };

test('a named scenario opens its case on this vehicle and streams; another name is refused with those there are', async () => {
  const { agent, time, region } = vehicleDay();
  region.connect();
  const gate = { open: () => undefined, close: () => undefined };
  const ports = { agent, gate, clock: time, timers: time, random: seededRandom(7), log: quietLog };
  const feed = playScenario(ports, readScenario(place, 'inferior-stemi'));
  await time.advance(60_000);
  await feed.stop();
  const [line] = agent.listCases();
  expect(line?.specialty).toBe('chest-pain');
  expect(region.stored('vit').length).toBeGreaterThan(20);
  expect(() => readScenario(place, 'nobody')).toThrow('there are: inferior-stemi, ');
});
