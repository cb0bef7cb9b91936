import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { createUser } from '@nats-io/nkeys';
import { askSubject, heartbeatSubject, serverSubjects, upSubject } from '@pentad/protocol/subjects';
import { VehicleId } from '@pentad/protocol/ids';
import { jwtAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { brokerAddresses } from '../../../ambulance-client/agent/src/link/broker-address.ts';
import { ChosenLink } from '../../../ambulance-client/agent/src/link/choose-link.ts';
import { dialNats } from '../../../ambulance-client/agent/src/link/nats-dial.ts';
import { natsWays, vehicleAuthenticator } from '../../../ambulance-client/agent/src/link/nats-way.ts';
import { systemClock, systemRandom, systemTimers } from '../../../ambulance-client/agent/src/platform/system-ports.ts';
import { quietLog } from '../../../ambulance-client/agent/src/platform/virtual-time.fixture.ts';
import { attachUpgrades } from '../app-upgrades.ts';
import { nextRefusal, startTestBroker, type TestBroker } from './broker-config.fixture.ts';
import { signVehicleJwt } from './vehicle-credentials.ts';
import { WebsocketDoor } from './websocket-door.ts';

const VEHICLE = v.parse(VehicleId, 'veh-0001-a');
const OTHER = 'veh-0002-b';
const log = { info: () => undefined, warn: () => undefined };
const pages = new WebSocketServer({ noServer: true });
let broker: TestBroker;
let core: NatsConnection;
let server: Server;
let door: WebsocketDoor;
let address = '';
const opened: NatsConnection[] = [];

beforeAll(async () => {
  broker = await startTestBroker(process.env);
  core = await broker.connectCore();
  const manager = await jetstreamManager(core);
  await manager.streams.add({ name: 'EVT', subjects: ['pentad.v1.in.>'], storage: 'file', retention: 'workqueue' });
  door = new WebsocketDoor({ url: `ws://127.0.0.1:${broker.websocketPort}`, log });
  server = createServer();
  attachUpgrades(server, {
    '/ws': (request, socket, head) => pages.handleUpgrade(request, socket, head, (page) => page.send('page')),
    '/nats': (...upgrade) => door.upgrade(...upgrade),
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  for (const connection of opened) await connection.close();
  door.stop();
  server.close();
  await broker.stop();
});

async function credentials(vehicleId: string) {
  const key = createUser();
  const expiresAtSeconds = Math.floor(Date.now() / 1_000) + 3_600;
  const userPublicKey = key.getPublicKey();
  return { jwt: await signVehicleJwt({ chain: broker.chain, vehicleId, userPublicKey, expiresAtSeconds }), key };
}

async function dial(vehicleId: string, jwt: string, seed: Uint8Array): Promise<NatsConnection> {
  const [at] = brokerAddresses(`${address}/nats`);
  if (!at) throw new Error('no address');
  const options = { inboxPrefix: `_INBOX.${vehicleId}`, authenticator: jwtAuthenticator(jwt, seed) };
  const { connection } = await dialNats(at, options, null, (act) => systemTimers.after(5_000, act));
  opened.push(connection);
  return connection;
}

test('the agent publishes, asks and hears its downlink through the server’s port, as on the broker’s own', async () => {
  const { jwt, key } = await credentials(VEHICLE);
  const ports = { clock: systemClock, timers: systemTimers, random: systemRandom, log: quietLog };
  const ways = natsWays(brokerAddresses(`${address}/nats`), {
    ...ports,
    vehicle: VEHICLE,
    authenticator: vehicleAuthenticator(
      () => jwt,
      () => key.getSeed(),
    ),
    caFile: null,
    pubAckTimeoutMs: 2_000,
  });
  const link = new ChosenLink({ ...ports, ways });
  const heard: string[] = [];
  link.start({
    connected: () => heard.push('connected'),
    disconnected: () => heard.push('disconnected'),
    downlink: (kind, bytes) => heard.push(`${kind} ${Buffer.from(bytes).toString()}`),
  });
  await expect.poll(() => heard).toEqual(['connected']);
  core.subscribe(serverSubjects.heartbeats, { callback: (_, beat) => void beat.respond('beat') });
  core.subscribe(serverSubjects.asks, { callback: (_, ask) => void ask.respond(ask.subject) });
  await core.flush();
  const text = async (answer: Promise<Uint8Array>) => Buffer.from(await answer).toString();
  expect(await text(link.ask('hb', Buffer.from('x'), 2_000))).toBe('beat');
  expect(await text(link.ask('time', Buffer.from('x'), 2_000))).toBe(askSubject(VEHICLE, 'time'));
  const large = Buffer.alloc(200_000, 'x');
  await Promise.all(Array.from({ length: 20 }, () => link.publish('evt', large)));
  core.publish(`pentad.v1.dn.${VEHICLE}.rcpt`, 'one');
  core.publish(`pentad.v1.dn.${OTHER}.rcpt`, 'not ours');
  core.publish(`pentad.v1.dn.${VEHICLE}.case`, 'two');
  await expect.poll(() => heard.slice(1)).toEqual(['rcpt one', 'case two']);
  expect(link.measured()).toMatchObject({ kind: 'wss', probes: [{ link: 'wss', isGood: true }] });
  await link.stop();
  await expect.poll(() => door.openCount).toBe(0);
});

test('H12 H14: what the broker refuses a vehicle on its own port it refuses here', async () => {
  const { jwt, key } = await credentials(VEHICLE);
  const vehicle = await dial(VEHICLE, jwt, key.getSeed());
  for (const subject of [upSubject(OTHER, 'evt'), heartbeatSubject(OTHER), '$JS.API.STREAM.PURGE.EVT']) {
    expect(await nextRefusal(vehicle, () => vehicle.publish(subject, 'x'))).toBe(`publish ${subject}`);
  }
  for (const subject of ['>', '$SYS.>', `pentad.v1.dn.${OTHER}.>`]) {
    const refusal = nextRefusal(vehicle, () => vehicle.subscribe(subject, { callback: () => undefined }));
    expect(await refusal).toBe(`subscription ${subject}`);
  }
  expect((await jetstream(vehicle).publish(upSubject(VEHICLE, 'evt'), 'x')).stream).toBe('EVT');
});

test('H13: who shows no JWT, or one with another’s key, does not come in', async () => {
  const { jwt } = await credentials(VEHICLE);
  await expect(dial(VEHICLE, jwt, createUser().getSeed())).rejects.toThrow(/auth/i);
  await expect(dial(VEHICLE, 'e30.e30.c2ln', createUser().getSeed())).rejects.toThrow(/auth/i);
  await expect.poll(() => door.openCount).toBe(1);
});

test('pages at /ws are beside it on the same port', async () => {
  const page = new WebSocket(`${address}/ws`);
  const [greeting] = await once(page, 'message');
  page.terminate();
  expect(String(greeting)).toBe('page');
});
