import { setTimeout as pause } from 'node:timers/promises';
import type { StallReport } from '../consoles/console-orders.ts';
import { consolesFor } from '../fleet/fleet.ts';
import type { LiveOrder, LiveReport } from '../publisher/publisher-orders.ts';
import { median } from '../report/statistics.ts';
import type { Child } from '../stand/child.ts';
import type { Pipeline } from '../stand/pipelines.ts';
import { checkRows, emptyTables } from '../stand/rows.ts';
import { memoryOf, residentBytes, type MemoryReport } from '../stand/server-memory.ts';
import type { Stand } from '../stand/stand.ts';
import type { Consoles } from './consoles.ts';
import { messagesLeft, waitUntilEmpty } from './stream-progress.ts';

/** As many as a page may watch. */
export const STALL_VEHICLES = 64;
const PER_SECOND = 5_000;
const LOOK_MS = 500;
const COLLECT_EVERY_MS = 6_000;

interface StallPhase {
  readonly sent: number;
  /** What the machine carried; PER_SECOND where it can. */
  readonly perSecond: number;
  /** At the other consoles, two of each; all have come. */
  readonly updates: number;
  /** At the page that stalls. */
  readonly stalledUpdates: number;
  /** After a full collection, every six seconds, and what waited in the broker then: a server that lags holds more. */
  readonly collected: readonly (MemoryReport & { readonly waiting: number })[];
  /** As the system saw it between. */
  readonly residentMedianBytes: number;
  readonly residentMaxBytes: number;
}

export interface StallRound {
  readonly kind: 'stall';
  readonly reading: StallPhase;
  readonly stalled: StallPhase;
  readonly recovered: StallReport;
  /** What the page received in the seconds after it came back. */
  readonly updatesAfter: number;
  readonly load: number;
}

interface StallSetup {
  readonly stand: Stand;
  readonly consoles: Consoles;
  readonly publisher: Child;
  readonly product: Pipeline;
}

/** One page watches everything, all of it is watched by two others too; then it stops reading. */
export async function stallRound(
  { stand, consoles, publisher, product }: StallSetup,
  size: { phaseMs: number; run: number },
): Promise<Omit<StallRound, 'load'>> {
  const { phaseMs, run } = size;
  await emptyTables(stand.sql);
  const { child, begin, origin } = await product.start(STALL_VEHICLES, consolesFor(STALL_VEHICLES), consoles.ask);
  const hz = PER_SECOND / STALL_VEHICLES;
  let sentBefore = 0;
  let turns = 0;

  const send = async (durationMs: number): Promise<number> => {
    const order = { to: 'product', vehicles: STALL_VEHICLES, hz, from: turns, durationMs, run, alerts: null } as const;
    const { sent, failed } = await publisher.ask<LiveReport>(order satisfies LiveOrder, durationMs + 120_000);
    if (failed > 0) throw new Error(`${failed} publishes failed`);
    sentBefore += sent;
    turns += Math.ceil(sent / STALL_VEHICLES);
    return sent;
  };
  const phase = async (durationMs: number): Promise<StallPhase> => {
    await consoles.ask({ do: 'count', isTimed: false, markAt: 0 });
    const collected: StallPhase['collected'][number][] = [];
    const resident: number[] = [];
    let isOver = false;
    const looking = (async () => {
      for (let look = 1; !isOver; look += 1) {
        await pause(LOOK_MS);
        resident.push(residentBytes(child.pid));
        if (look % (COLLECT_EVERY_MS / LOOK_MS) !== 0) continue;
        const waiting = await messagesLeft(stand, 'VIT');
        collected.push({ ...(await memoryOf(child)), waiting });
      }
    })();
    const startedAtMs = Date.now();
    const sent = await send(durationMs).finally(() => (isOver = true));
    const perSecond = sent / ((Date.now() - startedAtMs) / 1_000);
    await looking;
    await waitUntilEmpty(stand, 'VIT');
    await pause(1_000);
    const { updates, stalledUpdates, problems } = await consoles.report();
    if (problems.length > 0) throw new Error(problems.join('\n'));
    // More: a server that lags is sent again what it holds, and tells of it twice; stored it is once.
    if (updates < 2 * sent) throw new Error(`${updates} of ${2 * sent} updates came to the consoles that read`);
    return {
      sent,
      perSecond,
      updates,
      stalledUpdates,
      collected,
      residentMedianBytes: median(resident),
      residentMaxBytes: Math.max(...resident),
    };
  };
  try {
    await begin();
    await pause(2_000);
    // Code compiled, buffers grown: an equally long phase in which every page reads.
    await phase(phaseMs / 3);
    const reading = await phase(phaseMs);
    if (reading.stalledUpdates < reading.sent * 0.999)
      throw new Error(`${reading.stalledUpdates} of ${reading.sent} updates came to the page that will stall`);
    await consoles.ask({ do: 'stall' });
    const stalled = await phase(phaseMs);
    const recovered = (await consoles.ask({ do: 'recover', origin })) as StallReport;
    const after = await phase(3_000);
    if (after.stalledUpdates < after.sent * 0.999)
      throw new Error(`${after.stalledUpdates} of ${after.sent} updates came to the page after it had come back`);
    await checkRows(stand.sql, 'numerics', sentBefore);
    return { kind: 'stall', reading, stalled, recovered, updatesAfter: after.stalledUpdates };
  } finally {
    await child.stop();
    await consoles.ask({ do: 'close' });
  }
}
