import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { consolesFor, epochOf } from '../fleet/fleet.ts';
import type { LiveOrder, LiveReport } from '../publisher/publisher-orders.ts';
import type { Child } from '../stand/child.ts';
import type { Pipeline } from '../stand/pipelines.ts';
import { checkRows, emptyTables } from '../stand/rows.ts';
import { memoryOf, residentBytes, type MemoryReport } from '../stand/server-memory.ts';
import { processorMs } from '../stand/processor-time.ts';
import { seedWindows } from '../stand/seed-windows.ts';
import type { Stand } from '../stand/stand.ts';
import { waitUntilEmpty } from './stream-progress.ts';

/** What the rules keep of a stream (clinical, stream-history): an ambulance that drives longer needs no more. */
const WINDOW_SECONDS = 240;
const TRICKLE_HZ = 0.1;
const TRICKLE_MS = 15_000;

export interface MemoryRound {
  readonly kind: 'memory';
  readonly vehicles: number;
  /** Samples of each that were sent and found stored. */
  readonly samples: number;
  readonly collected: MemoryReport;
  /** Before the collection. */
  readonly residentBytes: number;
  /** From the leases to a server that has loaded every case with its window. */
  readonly takenInMs: number;
  /** Of those loads, tried again. */
  readonly failedLoads: number;
  readonly load: number;
}

const LOOK_MS = 1_000;
const QUIET_LOOKS = 4;
const QUIET_SHARE = 0.15;
const QUIET_WITHIN_MS = 300_000;

const countLogged = ({ logPath }: Stand, message: string): number =>
  readFileSync(logPath('product'), 'utf8').split(`"msg":"${message}"`).length - 1;

/** Until the process has next to nothing to do. @throws Error when it always has */
async function untilQuiet(server: Child): Promise<void> {
  const startedAtMs = Date.now();
  for (let quiet = 0, before = processorMs(server.pid); quiet < QUIET_LOOKS;) {
    await pause(LOOK_MS);
    const now = processorMs(server.pid);
    quiet = now - before < LOOK_MS * QUIET_SHARE ? quiet + 1 : 0;
    before = now;
    if (Date.now() - startedAtMs > QUIET_WITHIN_MS) throw new Error('the server does not come to rest');
  }
}

/**
 * A fresh server with `vehicles` open cases, each with a full window of 1 Hz numerics, which it
 * loads as whoever takes a shard over does, and samples coming in while it is looked at.
 * No page looks on: what a page costs is its own.
 */
export async function memoryRound(
  { stand, publisher, product }: { stand: Stand; publisher: Child; product: Pipeline },
  size: { vehicles: number; run: number },
): Promise<Omit<MemoryRound, 'load'>> {
  const { vehicles, run } = size;
  await emptyTables(stand.sql);
  const stored = { vehicles, seconds: WINDOW_SECONDS, epoch: epochOf(run) };
  await seedWindows(stand, stored);
  const { child, begin } = await product.start(0, consolesFor(0), () => Promise.resolve());
  try {
    await begin();
    const failedBefore = countLogged(stand, 'watched-case.failed');
    const startedAtMs = Date.now();
    await untilQuiet(child);
    const takenInMs = Date.now() - startedAtMs;
    const failedLoads = countLogged(stand, 'watched-case.failed') - failedBefore;
    const order = { to: 'product', vehicles, hz: TRICKLE_HZ, from: WINDOW_SECONDS, durationMs: TRICKLE_MS } as const;
    const live = publisher.ask<LiveReport>({ ...order, run, alerts: null } satisfies LiveOrder);
    const { sent, failed } = await live;
    if (failed > 0) throw new Error(`${failed} publishes failed`);
    const resident = residentBytes(child.pid);
    const collected = await memoryOf(child);
    await waitUntilEmpty(stand, 'VIT');
    await checkRows(stand.sql, 'numerics', vehicles * WINDOW_SECONDS + sent);
    return {
      kind: 'memory',
      vehicles,
      samples: WINDOW_SECONDS,
      collected,
      residentBytes: resident,
      takenInMs,
      failedLoads,
    };
  } finally {
    await child.stop();
  }
}
