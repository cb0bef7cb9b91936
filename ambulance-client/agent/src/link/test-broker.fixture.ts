import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@nats-io/transport-node';
import { expect } from 'vitest';

export interface TestBroker {
  readonly url: string;
  readonly websocketUrl: string;
  start(): Promise<void>;
  kill(): Promise<void>;
  /** As after a lost disk. */
  wipeStore(): void;
  remove(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/** A real nats-server of one test, without accounts, on a free port and in its own folder; not started yet. */
export async function testBroker(): Promise<TestBroker> {
  const folder = mkdtempSync(join(tmpdir(), 'pentad-broker-'));
  const url = `127.0.0.1:${await freePort()}`;
  const websocket = `127.0.0.1:${await freePort()}`;
  writeFileSync(
    join(folder, 'nats.conf'),
    [
      `listen: "${url}"`,
      'max_payload: 262144',
      `jetstream { store_dir: "${join(folder, 'js')}" }`,
      `websocket { listen: "${websocket}", no_tls: true }`,
    ].join('\n'),
  );
  let server: ChildProcess | null = null;
  const answers = () =>
    connect({ servers: url }).then(
      (connection) => connection.close().then(() => true),
      () => false,
    );
  const kill = async () => {
    const dying = server;
    server = null;
    if (!dying || dying.exitCode !== null) return;
    dying.kill('SIGKILL');
    await once(dying, 'exit');
  };
  return {
    url,
    websocketUrl: `ws://${websocket}`,
    start: async () => {
      server = spawn('nats-server', ['-c', join(folder, 'nats.conf')], { stdio: 'ignore' });
      await expect.poll(answers, { timeout: 20_000 }).toBe(true);
    },
    kill,
    wipeStore: () => rmSync(join(folder, 'js'), { recursive: true, force: true }),
    remove: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
