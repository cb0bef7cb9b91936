import type { ChildProcess } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { hasEnded } from './child-process.ts';
import { LOOPBACK } from './loopback-port.ts';

const POLL_MS = 10;
const START_TIMEOUT_MS = 30_000; // JetStream reads its stores before the port opens
const GREETING_TIMEOUT_MS = 1_000;

/** Waits until the broker accepts connections and says its INFO line; false when it ended or took too long. */
export async function waitForNatsGreeting(child: ChildProcess, port: number): Promise<boolean> {
  const deadlineMs = performance.now() + START_TIMEOUT_MS;
  while (!hasEnded(child) && performance.now() < deadlineMs) {
    if (await readsGreeting(port)) return !hasEnded(child);
    await pause(POLL_MS);
  }
  return false;
}

function readsGreeting(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: LOOPBACK, port });
    const finish = (greeted: boolean) => {
      socket.destroy();
      resolve(greeted);
    };
    socket.setTimeout(GREETING_TIMEOUT_MS, () => finish(false));
    socket.once('error', () => finish(false));
    socket.once('close', () => finish(false));
    let received = '';
    socket.on('data', (bytes: Buffer) => {
      received += bytes.toString('latin1');
      if (received.includes('\r\n')) finish(received.startsWith('INFO {'));
    });
  });
}
