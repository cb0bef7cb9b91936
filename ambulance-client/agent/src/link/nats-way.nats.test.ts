import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { askSubject, caseSubject, receiptSubject, upSubject } from '@pentad/protocol/subjects';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sampleVehicle } from '../journal/sample-items.fixture.ts';
import { systemClock, systemRandom, systemTimers } from '../platform/system-ports.ts';
import { quietLog } from '../platform/virtual-time.fixture.ts';
import type { Timers } from '../ports.ts';
import { brokerAddresses } from './broker-address.ts';
import { ChosenLink } from './choose-link.ts';
import { natsWays } from './nats-way.ts';
import { testBroker, type TestBroker } from './test-broker.fixture.ts';

let broker: TestBroker;
let link: ChosenLink | null = null;
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

function openLink(addresses = broker.url, timers: Timers = systemTimers) {
  const heard: string[] = [];
  const ports = { clock: systemClock, timers, random: systemRandom, log: quietLog };
  const ways = natsWays(brokerAddresses(addresses), {
    ...ports,
    vehicle: sampleVehicle,
    authenticator: null,
    caFile: null,
    pubAckTimeoutMs: 1_500,
  });
  link = new ChosenLink({ ...ports, ways });
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

test.each(['direct', 'WebSocket'])(
  'a publish over %s resolves at the PubAck of the stream and rejects without one',
  async (kind) => {
    await broker.start();
    const connection = await openCore();
    await addStream(connection);
    const { link: opened, heard } = openLink(kind === 'direct' ? broker.url : broker.websocketUrl);
    await expect.poll(() => heard).toEqual(['connected']);
    await opened.publish('evt', Buffer.from('{}'));
    await expect(opened.publish('vit', Buffer.from('{}'))).rejects.toThrow();
  },
);

test.each(['direct', 'WebSocket'])(
  'asks over %s are answered in the vehicle’s own inbox, and downlinks of both kinds are heard',
  async (kind) => {
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
    const { link: opened, heard } = openLink(kind === 'direct' ? broker.url : broker.websocketUrl);
    await expect.poll(() => heard).toEqual(['connected']);
    expect(Buffer.from(await opened.ask('time', Buffer.from('q'), 1_000)).toString()).toBe('answer');
    expect(replies[0]).toMatch(new RegExp(`^_INBOX\\.${sampleVehicle}\\.`));
    await expect(opened.ask('hello', Buffer.from('q'), 300)).rejects.toThrow();
    connection.publish(receiptSubject(sampleVehicle), 'one');
    connection.publish(caseSubject(sampleVehicle), 'two');
    await expect.poll(() => heard.slice(1)).toEqual(['rcpt one', 'case two']);
  },
);

test.each(['direct', 'WebSocket'])(
  'N1: over %s it starts without a broker, and comes back by itself after the broker was killed',
  async (kind) => {
    const { link: opened, heard } = openLink(kind === 'direct' ? broker.url : broker.websocketUrl);
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
  },
);

test('stopping while there is no broker ends at once', async () => {
  const { link: opened } = openLink();
  const startedAtMs = Date.now();
  await opened.stop();
  expect(Date.now() - startedAtMs).toBeLessThan(1_000);
});

test('where the direct port is closed it is WebSocket, and neither kind disturbs the other’s connection', async () => {
  await broker.start();
  const connection = await openCore();
  const { link: opened, heard } = openLink(`nats://127.0.0.1:9,${broker.websocketUrl}`);
  await expect.poll(() => heard).toEqual(['connected']);
  expect(opened.measured()).toMatchObject({
    kind: 'wss',
    probes: [
      { link: 'tls', isGood: false },
      { link: 'wss', isGood: true },
    ],
  });
  const both = openLink(`${broker.websocketUrl},${broker.url}`);
  await expect.poll(() => both.heard).toEqual(['connected']);
  expect(both.link.measured().kind).toBe('tls');
  await opened.stop();
  // The library reconnects this one by itself, over a direct transport.
  await broker.kill();
  await broker.start();
  await expect
    .poll(
      () =>
        connection.flush().then(
          () => true,
          () => false,
        ),
      { timeout: 20_000 },
    )
    .toBe(true);
});

test('a port that takes the connection and says nothing is given up after its time, and its socket with it', async () => {
  const sockets = new Set<Socket>();
  const mute = createServer((socket) => {
    sockets.add(socket.resume());
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  }).listen(0, '127.0.0.1');
  await once(mute, 'listening');
  const address = mute.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await broker.start();
  const addresses = `127.0.0.1:${port},ws://127.0.0.1:${port}/nats,${broker.websocketUrl}`;
  const hasty: Timers = { after: (delayMs, act) => systemTimers.after(delayMs / 10, act) };
  const { link: opened, heard } = openLink(addresses, hasty);
  await expect.poll(() => heard, { timeout: 10_000 }).toEqual(['connected']);
  expect(opened.measured().kind).toBe('wss');
  await expect.poll(() => sockets.size).toBe(0);
  mute.close();
});
