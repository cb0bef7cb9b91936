import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { streamPlans } from '@pentad/protocol/subjects';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ensureStreams, totalStreamBytes } from './streams.ts';
import { startTestBroker, type TestBroker } from './broker-config.fixture.ts';

let broker: TestBroker;
let manager: JetStreamManager;
beforeAll(async () => {
  broker = await startTestBroker(process.env, { diskBytes: 2 * totalStreamBytes, streams: 2 * streamPlans.length });
  manager = await jetstreamManager(await broker.connectCore());
}, 30_000);
afterAll(() => broker.stop());
const names = async () => {
  const found: string[] = [];
  for await (const name of manager.streams.names()) found.push(name);
  return found.sort((a, b) => a.localeCompare(b));
};
beforeEach(async () => {
  for (const name of await names()) await manager.streams.delete(name);
});

const MEBIBYTE = 1_048_576;
const planned = streamPlans.map(({ name }) => name).sort((a, b) => a.localeCompare(b));

test('are made once, and again when one is gone', async () => {
  expect((await ensureStreams(manager)).length).toBe(planned.length);
  expect(await names()).toEqual(planned);
  expect(await ensureStreams(manager)).toEqual([]);
  await manager.streams.delete('EVT-3');
  expect(await ensureStreams(manager)).toEqual(['EVT-3']);
});

test('of an earlier plan make room for those of this one; a stream that is nobody’s business stays', async () => {
  await manager.streams.add({
    name: 'VIT',
    subjects: ['pentad.v1.in.*.*.vit'],
    retention: 'workqueue',
    max_bytes: MEBIBYTE,
  });
  await manager.streams.add({ name: 'OTHER', subjects: ['other.>'], max_bytes: MEBIBYTE });
  await ensureStreams(manager);
  expect((await names()).filter((name) => !planned.includes(name))).toEqual(['OTHER']);
  expect((await manager.streams.info('VIT-0')).config.subjects).toEqual(['pentad.v1.in.0.*.vit']);
});
