import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export const LOOPBACK = '127.0.0.1';

export async function isPortFree(port: number): Promise<boolean> {
  return (await tryListen(port)) !== null;
}

const FREED_WITHIN_MS = 2_000;
const LOOK_EVERY_MS = 50;

/** The kernel may give a killed process's port back a moment after the process is gone. */
export async function becomesFree(port: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < FREED_WITHIN_MS; waitedMs += LOOK_EVERY_MS) {
    if ((await tryListen(port)) !== null) return true;
    await pause(LOOK_EVERY_MS);
  }
  return false;
}

/** Below what the systems give to outgoing connections, so that a child that is started again finds its port still free. */
const FIRST_PORT = 15_000;
const LAST_PORT = 32_000;
const TRIES = 50;

export async function findFreePort(): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = await tryListen(randomInt(FIRST_PORT, LAST_PORT));
    if (port !== null) return port;
  }
  throw new Error('no free port on 127.0.0.1');
}

function tryListen(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, LOOPBACK, () => {
      const address = server.address();
      const boundPort = typeof address === 'object' && address !== null ? address.port : null;
      server.close(() => resolve(boundPort));
    });
  });
}
