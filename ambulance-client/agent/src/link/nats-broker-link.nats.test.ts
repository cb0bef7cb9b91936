import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { askSubject, caseSubject, receiptSubject, upSubject } from '@pentad/protocol/subjects';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sampleVehicle } from '../journal/sample-items.fixture.ts';
import { systemClock, systemRandom, systemTimers } from '../platform/system-ports.ts';
import { quietLog } from '../platform/virtual-time.fixture.ts';
import { NatsBrokerLink } from './nats-broker-link.ts';
import { testBroker, type TestBroker } from './test-broker.fixture.ts';

let broker: TestBroker;
let link: NatsBrokerLink | null = null;
let core: NatsConnection | null = null;

async function openCore(): Promise<NatsConnection> {
  core = await connect({ servers: broker.url });
  return core;
}

async function addStream(connection: NatsConnection): Promise<void> {
  const manager = await jetstreamManager(connection);
  await manager.streams.add({
    name: 'EVT',
    subjects: [upSubject(sampleVehicle, 'evt')],
    storage: 'file',
    retention: 'workqueue',
  });
}

function openLink() {
  const heard: string[] = [];
  link = new NatsBrokerLink({
    vehicle: sampleVehicle,
    servers: [broker.url],
    authenticator: null,
    caFile: null,
    clock: systemClock,
    timers: systemTimers,
    random: systemRandom,
    log: quietLog,
    pubAckTimeoutMs: 1_500,
  });
  link.start({
    connected: () => heard.push('connected'),
    disconnected: () => heard.push('disconnected'),
    downlink: (kind, bytes) => heard.push(`${kind} ${Buffer.from(bytes).toString()}`),
  });
  return { link, heard };
}

beforeEach(async () => {
  broker = await testBroker();
});
afterEach(async () => {
  await link?.stop();
  await core?.close();
  link = null;
  core = null;
  await broker.remove();
});

test('a publish resolves at the PubAck of the stream and rejects without one', async () => {
  await broker.start();
  const connection = await openCore();
  await addStream(connection);
  const { link: opened, heard } = openLink();
  await expect.poll(() => heard).toEqual(['connected']);
  await opened.publish('evt', Buffer.from('{}'));
  await expect(opened.publish('vit', Buffer.from('{}'))).rejects.toThrow();
});

test('asks are answered in the vehicle’s own inbox, and downlinks of both kinds are heard', async () => {
  await broker.start();
  const connection = await openCore();
  const replies: string[] = [];
  connection.subscribe(askSubject(sampleVehicle, 'time'), {
    callback: (_, message) => {
      replies.push(message.reply ?? '');
      message.respond('answer');
    },
  });
  await connection.flush();
  const { link: opened, heard } = openLink();
  await expect.poll(() => heard).toEqual(['connected']);
  expect(Buffer.from(await opened.ask('time', Buffer.from('q'), 1_000)).toString()).toBe('answer');
  expect(replies[0]).toMatch(new RegExp(`^_INBOX\\.${sampleVehicle}\\.`));
  await expect(opened.ask('hello', Buffer.from('q'), 300)).rejects.toThrow();
  connection.publish(receiptSubject(sampleVehicle), 'one');
  connection.publish(caseSubject(sampleVehicle), 'two');
  await expect.poll(() => heard.slice(1)).toEqual(['rcpt one', 'case two']);
});

test('N1: it starts without a broker, and comes back by itself after the broker was killed', async () => {
  const { link: opened, heard } = openLink();
  await expect(opened.publish('evt', Buffer.from('{}'))).rejects.toThrow('link.down');
  await broker.start();
  await expect.poll(() => heard, { timeout: 10_000 }).toEqual(['connected']);
  await broker.kill();
  await expect.poll(() => heard, { timeout: 10_000 }).toEqual(['connected', 'disconnected']);
  expect(opened.isConnected()).toBe(false);
  await broker.start();
  await expect.poll(() => heard, { timeout: 20_000 }).toEqual(['connected', 'disconnected', 'connected']);
  const connection = await openCore();
  await addStream(connection);
  await opened.publish('evt', Buffer.from('{}'));
});

test('stopping while there is no broker ends at once', async () => {
  const { link: opened } = openLink();
  const startedAtMs = Date.now();
  await opened.stop();
  expect(Date.now() - startedAtMs).toBeLessThan(1_000);
});
