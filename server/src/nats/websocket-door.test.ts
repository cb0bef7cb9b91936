import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { attachUpgrades } from '../app-upgrades.ts';
import { WebsocketDoor, type DoorLimits } from './websocket-door.ts';

const codes: string[] = [];
const log = { info: (code: string) => void codes.push(code), warn: (code: string) => void codes.push(code) };
const stops: (() => void)[] = [];
let brokerSockets: Socket[] = [];
let answer: (socket: Socket, request: string) => void;

const portOf = (server: { address(): unknown }): number => (server.address() as AddressInfo).port;
const accept = (socket: Socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\nINFO');

async function startBroker(): Promise<number> {
  const broker = createTcpServer((socket) => {
    brokerSockets.push(socket);
    socket.on('error', () => undefined);
    socket.once('data', (data) => answer(socket, data.toString()));
  }).listen(0, '127.0.0.1');
  await once(broker, 'listening');
  stops.push(() => broker.close());
  return portOf(broker);
}

async function startDoor(limits: Partial<DoorLimits> = {}, brokerPort?: number) {
  const port = brokerPort ?? (await startBroker());
  const door = new WebsocketDoor({ url: `ws://127.0.0.1:${port}`, log, limits });
  const server: Server = createServer((_, response) => void response.end('page'));
  attachUpgrades(server, { '/nats': (...upgrade) => door.upgrade(...upgrade) });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(
    () => door.stop(),
    () => server.close(),
    () => server.closeAllConnections(),
  );
  return { door, port: portOf(server) };
}

/** A vehicle without a library: what it reads is text. */
async function knock(port: number, some: { path?: string; headers?: Record<string, string>; body?: string } = {}) {
  const socket = connect(port, '127.0.0.1');
  stops.push(() => socket.destroy());
  await once(socket, 'connect');
  const heard = { text: '', isClosed: false };
  socket.on('data', (data) => (heard.text += data.toString()));
  socket.on('close', () => (heard.isClosed = true));
  socket.on('error', () => undefined);
  const headers = {
    Host: 'pentad.example',
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...some.headers,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.write([`GET ${some.path ?? '/nats'} HTTP/1.1`, ...lines, '', some.body ?? ''].join('\r\n'));
  return { socket, heard, status: () => heard.text.split('\r\n')[0] };
}

beforeEach(() => {
  codes.length = 0;
  brokerSockets = [];
  answer = accept;
});
afterEach(() => {
  for (const stop of stops.splice(0).reverse()) stop();
  for (const socket of brokerSockets) socket.destroy();
});

test('after the upgrade bytes go both ways, and of the request only what the broker needs is passed on', async () => {
  let request = '';
  answer = (socket, text) => {
    request = text;
    accept(socket);
  };
  const { port, door } = await startDoor();
  const vehicle = await knock(port, {
    path: '/nats?x=1',
    headers: { Cookie: 'session=secret', 'Sec-WebSocket-Extensions': 'permessage-deflate', 'X-Other': 'x' },
    body: 'early',
  });
  await expect.poll(() => vehicle.heard.text).toContain('INFO');
  expect(vehicle.status()).toBe('HTTP/1.1 101 Switching Protocols');
  expect(request.split('\r\n')).toEqual([
    'GET / HTTP/1.1',
    expect.stringMatching(/^Host: 127\.0\.0\.1:\d+$/),
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
    '',
    expect.stringMatching(/^(early)?$/),
  ]);
  let more = '';
  brokerSockets[0]?.on('data', (data) => (more += data.toString()));
  vehicle.socket.write('PING');
  await expect.poll(() => more).toMatch(/PING$/);
  brokerSockets[0]?.write('PONG');
  await expect.poll(() => vehicle.heard.text).toMatch(/PONG$/);
  expect(door.openCount).toBe(1);
  vehicle.socket.destroy();
  await expect.poll(() => [door.openCount, brokerSockets[0]?.readyState]).toEqual([0, 'closed']);
});

test.each([
  ['another path', { path: '/other' }, '404 Not Found'],
  ['a path that is none', { path: '//' }, '400 Bad Request'],
  ['a page, whatever its origin', { headers: { Origin: 'https://pentad.example' } }, '403 Forbidden'],
  ['another version', { headers: { 'Sec-WebSocket-Version': '8' } }, '400 Bad Request'],
  ['a key that is none', { headers: { 'Sec-WebSocket-Key': 'short' } }, '400 Bad Request'],
  ['another protocol', { headers: { Upgrade: 'h2c' } }, '400 Bad Request'],
])('%s is refused and its socket closed, and the broker hears nothing', async (_, some, status) => {
  const { port } = await startDoor();
  const vehicle = await knock(port, some);
  await expect.poll(() => vehicle.heard.isClosed).toBe(true);
  expect(vehicle.status()).toBe(`HTTP/1.1 ${status}`);
  expect(brokerSockets).toEqual([]);
});

test('while the broker is away each knock has a 503 and a closed socket; the log says it once, and when it is back', async () => {
  const spare = await startBroker();
  stops.pop()?.();
  const { port, door } = await startDoor({}, spare);
  for (let knocks = 0; knocks < 3; knocks += 1) {
    const vehicle = await knock(port);
    await expect.poll(() => vehicle.heard.isClosed).toBe(true);
    expect(vehicle.status()).toBe('HTTP/1.1 503 Service Unavailable');
  }
  expect(codes).toEqual(['nats-door.broker-away']);
  expect(door.openCount).toBe(0);
});

test('a broker that hangs up before its answer, or never gives one, is a broker that is away', async () => {
  const { port } = await startDoor({ greetingMs: 100 });
  answer = (socket) => socket.end();
  const first = await knock(port);
  await expect.poll(() => first.status()).toBe('HTTP/1.1 503 Service Unavailable');
  answer = () => undefined;
  const second = await knock(port);
  await expect.poll(() => second.status()).toBe('HTTP/1.1 503 Service Unavailable');
  answer = accept;
  const third = await knock(port);
  await expect.poll(() => third.heard.text).toContain('INFO');
  expect(codes).toEqual(['nats-door.broker-away', 'nats-door.broker-back']);
});

describe('limits', () => {
  test.each([{ open: 2 }, { openPerAddress: 2 }])(
    '%j: the third has a 429, and after one has left a place',
    async (limit) => {
      const { port, door } = await startDoor(limit);
      const [first] = [await knock(port), await knock(port)];
      await expect.poll(() => door.openCount).toBe(2);
      const third = await knock(port);
      await expect.poll(() => third.status()).toBe('HTTP/1.1 429 Too Many Requests');
      first.socket.destroy();
      await expect.poll(() => door.openCount).toBe(1);
      const fourth = await knock(port);
      await expect.poll(() => fourth.status()).toBe('HTTP/1.1 101 Switching Protocols');
    },
  );

  test('those the broker has not answered yet are counted apart', async () => {
    const { port } = await startDoor({ waitingPerAddress: 1 });
    const first = await knock(port);
    await expect.poll(() => first.heard.text).toContain('INFO');
    answer = () => undefined;
    await knock(port);
    await expect.poll(() => brokerSockets.length).toBe(2);
    const third = await knock(port);
    await expect.poll(() => third.status()).toBe('HTTP/1.1 429 Too Many Requests');
  });

  test('a vehicle that says nothing is cut, although the broker goes on speaking to it', async () => {
    const { port, door } = await startDoor({ silenceMs: 150 });
    answer = (socket) => {
      accept(socket);
      const speaking = setInterval(() => socket.write('PING'), 20);
      stops.push(() => clearInterval(speaking));
      socket.on('close', () => clearInterval(speaking));
    };
    const vehicle = await knock(port);
    await expect.poll(() => vehicle.heard.text).toContain('PING');
    await expect.poll(() => [vehicle.heard.isClosed, door.openCount]).toEqual([true, 0]);
  });
});

test('a broker killed while it carries closes the vehicles’ sockets, and stopping cuts all', async () => {
  const { port, door } = await startDoor({ lingerMs: 50 });
  const vehicles = [await knock(port), await knock(port), await knock(port)];
  for (const { heard } of vehicles) await expect.poll(() => heard.text).toContain('INFO');
  brokerSockets[0]?.resetAndDestroy();
  await expect.poll(() => vehicles.filter(({ heard }) => heard.isClosed).length).toBe(1);
  door.stop();
  await expect.poll(() => [vehicles.every(({ heard }) => heard.isClosed), door.openCount]).toEqual([true, 0]);
});
