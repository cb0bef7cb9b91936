import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@nats-io/transport-node';
import { createLogger } from '../platform/logger.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runChildScript } from './child-script.fixture.ts';
import { findFreePort } from './loopback-port.ts';
import { findNatsBinary } from './nats-binary.ts';
import { startEmbeddedNats, type EmbeddedNats } from './nats.ts';
import { readRunningProcess } from './running-process.ts';

const log = createLogger('silent');
let dataDir = '';
let port = 0;
let binary = '';
const started: EmbeddedNats[] = [];

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'pentad-nats-'));
  port = await findFreePort();
  binary = (await findNatsBinary({ explicitPath: null, env: process.env, dataDir })).path;
});
afterEach(async () => {
  for (const nats of started.splice(0)) await nats.stop();
  rmSync(dataDir, { recursive: true });
});

const config = () => `listen: "127.0.0.1:${port}"\n`;

async function start(): Promise<EmbeddedNats> {
  const nats = await startEmbeddedNats({ dataDir, binary, config: config(), port, log });
  started.push(nats);
  return nats;
}

async function expectAnswer(url: string): Promise<void> {
  const connection = await connect({ servers: url });
  await connection.flush();
  await connection.close();
}

test('a started broker takes connections at once, and stop leaves nothing running', async () => {
  const nats = await start();
  await expectAnswer(nats.url);
  await nats.stop();
  expect(readRunningProcess(nats.pid)).toBeNull();
  await expectAnswer((await start()).url);
});

test('after a kill -9 of the server, the next start stops the orphan and takes its port', async () => {
  const server = await runChildScript(`
    import { createLogger } from '../platform/logger.ts';
    import { startEmbeddedNats } from './nats.ts';
    const nats = await startEmbeddedNats(${JSON.stringify({ dataDir, binary, config: config(), port }).slice(0, -1)}, log: createLogger('silent') });
    console.log(nats.pid);
    setInterval(() => {}, 1000);
  `);
  await server.kill('SIGKILL');
  const orphanPid = Number(server.firstLine);
  expect(readRunningProcess(orphanPid)).not.toBeNull();

  const nats = await start();
  expect(readRunningProcess(orphanPid)).toBeNull();
  await expectAnswer(nats.url);
});

test('a broker that was killed starts again', async () => {
  const first = await start();
  process.kill(first.pid, 'SIGKILL');
  await first.stop();
  await expectAnswer((await start()).url);
});

test('a second server on the same data directory is refused and the first one lives', async () => {
  const first = await start();
  await expect(start()).rejects.toThrow(/is in use by process/);
  await expectAnswer(first.url);
});

test('a pid file that points at a stranger harms nobody', async () => {
  await (await start()).stop();
  const stranger = await runChildScript('console.log("up"); setInterval(() => {}, 1000);');
  writeFileSync(join(dataDir, 'nats', 'nats.pid'), String(stranger.pid));
  await start();
  expect(readRunningProcess(stranger.pid)).not.toBeNull();
  await stranger.kill('SIGKILL');
});

test('a port in use and a faulty configuration are named in the error', async () => {
  const holder = createServer().listen(port, '127.0.0.1');
  await expect(start()).rejects.toThrow(`port ${port} on 127.0.0.1 is taken`);
  await new Promise((resolve) => holder.close(resolve));
  const faulty = startEmbeddedNats({ dataDir, binary, config: 'jetstream: {{', port, log });
  await expect(faulty).rejects.toThrow(/nats-server did not start; the end of .*nats\.log/);
});
