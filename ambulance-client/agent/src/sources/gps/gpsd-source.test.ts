import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { TimedPosition } from '@pentad/geo/jump';
import { afterEach, expect, test, vi } from 'vitest';
import { RECONNECT, STABLE_AFTER_MS } from '../../link/backoff.ts';
import type { Log } from '../../ports.ts';
import { quietLog, seededRandom, VirtualTime } from '../../platform/virtual-time.fixture.ts';
import { GpsdSource } from './gpsd-source.ts';
import { SILENT_AFTER_MS } from './reopened-stream.ts';

const greeting = '{"class":"VERSION","release":"3.25","proto_major":3,"proto_minor":15}\n';
const tpv = (second: number) =>
  `${JSON.stringify({
    class: 'TPV',
    mode: 3,
    time: new Date(Date.UTC(2026, 0, 1, 12, 0, second)).toISOString(),
    lat: 31.3 + second * 0.0001,
    lon: 120.6,
    speed: 11,
    eph: 5,
  })}\n`;

const started: { stop(): void }[] = [];
afterEach(() => {
  for (const one of started.splice(0)) one.stop();
});

async function daemon() {
  const said: string[] = [];
  const sockets: Socket[] = [];
  const server: Server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => said.push(bytes.toString()));
    socket.write(greeting);
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  started.push({
    stop: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  });
  return { said, sockets, port: (server.address() as AddressInfo).port };
}

function watch(port: number) {
  const time = new VirtualTime();
  const heard: TimedPosition[] = [];
  const reasons: unknown[] = [];
  const counts: unknown[] = [];
  const log: Log = {
    ...quietLog,
    info: (_code, fields) => void counts.push(fields),
    warn: (_code, fields) => void reasons.push(fields),
  };
  const hear = (fix: TimedPosition) => void heard.push(fix);
  const source = new GpsdSource({ host: '127.0.0.1', port, timers: time, random: seededRandom(7), log, hear });
  started.push(source);
  source.start();
  return { source, time, heard, reasons, counts };
}

test('it asks to watch in JSON and hears what gpsd reports, cut anywhere', async () => {
  const { said, sockets, port } = await daemon();
  const { heard } = watch(port);
  await vi.waitFor(() => expect(said).toEqual(['?WATCH={"enable":true,"json":true};\n']));
  const text = tpv(0) + tpv(1);
  sockets[0]?.write(text.slice(0, 150));
  await vi.waitFor(() => expect(heard).toHaveLength(1));
  sockets[0]?.write(text.slice(150));
  await vi.waitFor(() => expect(heard).toHaveLength(2));
  expect(heard[1]).toMatchObject({ measuredAtMs: Date.UTC(2026, 0, 1, 12, 0, 1), position: { speedMps: 11 } });
});

test('after a broken connection it comes back after its delay, and half a line is forgotten', async () => {
  const { said, sockets, port } = await daemon();
  const { source, time, heard, reasons, counts } = watch(port);
  await vi.waitFor(() => expect(said).toHaveLength(1));
  sockets[0]?.write(tpv(0) + tpv(1).slice(0, 30));
  await vi.waitFor(() => expect(heard).toHaveLength(1));
  sockets[0]?.destroy();
  await vi.waitFor(() => expect(reasons).toHaveLength(1));
  expect(sockets).toHaveLength(1);
  await time.advance(RECONNECT.firstMs);
  await vi.waitFor(() => expect(said).toHaveLength(2));
  sockets[1]?.write(tpv(2));
  await vi.waitFor(() => expect(heard).toHaveLength(2));
  source.stop();
  expect(counts.at(-1)).toMatchObject({ fixes: 2, others: 2, unreadable: 0 });
});

test('a connection without a word is given up', async () => {
  const { sockets, said, port } = await daemon();
  const { time, reasons } = watch(port);
  await vi.waitFor(() => expect(said).toHaveLength(1));
  await time.advance(SILENT_AFTER_MS - 1);
  expect(reasons).toEqual([]);
  await time.advance(1);
  expect(reasons).toMatchObject([{ reason: 'silent' }]);
  await time.advance(RECONNECT.firstMs);
  await vi.waitFor(() => expect(sockets).toHaveLength(2));
});

test('where nothing listens the ceiling of the delay doubles', async () => {
  const server = await daemon();
  started.pop()?.stop();
  const { time, reasons, heard, source } = watch(server.port);
  const delays = () => reasons.map((fields) => Number((fields as { delayMs: number }).delayMs));
  for (let failure = 1; failure <= 8; failure += 1) {
    await vi.waitFor(() => expect(reasons).toHaveLength(failure));
    await time.advance(delays().at(-1) ?? 0);
  }
  expect(Math.max(...delays())).toBeGreaterThan(5_000);
  for (const [index, delayMs] of delays().entries()) expect(delayMs).toBeLessThan(RECONNECT.firstMs * 2 ** index);
  source.stop();
  expect(heard).toEqual([]);
});

test('a connection that held begins the delays anew', async () => {
  const { sockets, said, port } = await daemon();
  const { time, reasons } = watch(port);
  const delayMs = () => Number((reasons.at(-1) as { delayMs: number }).delayMs);
  for (let broken = 1; broken <= 6; broken += 1) {
    await vi.waitFor(() => expect(said).toHaveLength(broken));
    sockets.at(-1)?.destroy();
    await vi.waitFor(() => expect(reasons).toHaveLength(broken));
    await time.advance(delayMs());
  }
  await vi.waitFor(() => expect(said).toHaveLength(7));
  expect(delayMs()).toBeGreaterThan(RECONNECT.firstMs);
  sockets.at(-1)?.write(tpv(0));
  await time.advance(STABLE_AFTER_MS);
  sockets.at(-1)?.destroy();
  await vi.waitFor(() => expect(reasons).toHaveLength(7));
  expect(delayMs()).toBeLessThan(RECONNECT.firstMs);
});

test('stopped, it does not come back', async () => {
  const { sockets, said, port } = await daemon();
  const { source, time, reasons } = watch(port);
  await vi.waitFor(() => expect(said).toHaveLength(1));
  source.stop();
  await time.advance(600_000);
  expect({ connections: sockets.length, reasons }).toEqual({ connections: 1, reasons: [] });
});
