import { randomBytes } from 'node:crypto';
import { createUser } from '@nats-io/nkeys';
import { readIngestSubject, SHARD_COUNT, upSubject } from '@pentad/protocol/subjects';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestBroker, type TestBroker } from '../nats/broker-config.fixture.ts';
import { shardOf } from './shard-of.ts';

let broker: TestBroker;
beforeAll(async () => {
  broker = await startTestBroker(process.env);
});
afterAll(() => broker.stop());

/** Ids of every length the schema takes, and of every character. */
const randomId = (): string => {
  const length = 8 + ((randomBytes(1)[0] ?? 0) % 33);
  return Array.from(randomBytes(length), (byte) => 'abcdefghijklmnopqrstuvwxyz0123456789-'[byte % 37]).join('');
};

test('a vehicle’s shard is the one the broker’s own mapping puts it in, for 200 random ids', async () => {
  const core = await broker.connectCore();
  const ids = [...new Set(Array.from({ length: 200 }, randomId))];
  const heard = new Map<string, number>();
  core.subscribe('pentad.v1.in.*.*.evt', {
    callback: (_, message) => {
      const subject = readIngestSubject(message.subject);
      if (subject) heard.set(subject.vehicle, subject.shard);
    },
  });
  await core.flush();
  for (const id of ids) core.publish(upSubject(id, 'evt'), 'x');
  await core.flush();
  await expect.poll(() => heard.size, { timeout: 10_000 }).toBe(ids.length);
  expect([...heard].filter(([id, shard]) => shardOf(id) !== shard)).toEqual([]);
  expect(new Set(heard.values()).size).toBe(SHARD_COUNT);
});

test('so does one that publishes from its own account', async () => {
  const core = await broker.connectCore();
  const id = randomId();
  const { connection } = await broker.connectVehicle(id, createUser());
  const subscription = core.subscribe(`pentad.v1.in.*.${id}.vit`, { max: 1 });
  await core.flush();
  connection.publish(upSubject(id, 'vit'), 'x');
  const { value } = await subscription[Symbol.asyncIterator]().next();
  expect(readIngestSubject(value?.subject ?? '')?.shard).toBe(shardOf(id));
});

test('every road of a vehicle is in its shard', async () => {
  const core = await broker.connectCore();
  const id = randomId();
  const shards = new Set<number>();
  const subscription = core.subscribe(`pentad.v1.in.*.${id}.*`, { max: 5 });
  for (const road of ['evt', 'vit', 'pos', 'bkv', 'bkp'] as const) core.publish(upSubject(id, road), 'x');
  for await (const message of subscription) shards.add(readIngestSubject(message.subject)?.shard ?? -1);
  expect([...shards]).toEqual([shardOf(id)]);
});
