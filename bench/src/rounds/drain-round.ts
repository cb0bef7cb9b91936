import { setTimeout as pause } from 'node:timers/promises';
import { consolesFor } from '../fleet/fleet.ts';
import { checkRows, emptyTables } from '../stand/rows.ts';
import type { Pipeline } from '../stand/pipelines.ts';
import { countProcessor, type CpuPerMessage } from '../stand/processor-time.ts';
import type { Stand } from '../stand/stand.ts';
import type { Consoles } from './consoles.ts';
import { publishBacklog } from './publish-backlog.ts';
import { messagesLeft, waitUntilEmpty } from './stream-progress.ts';

/**
 * The first part of every drain warms the process up: code compiled, cases loaded. The rest is timed, from one update
 * at the consoles to the last; a message is acknowledged before its update is sent.
 */
const WARM_SHARE = 0.25;

export interface DrainRound {
  readonly kind: 'drain';
  readonly pipeline: string;
  readonly messages: number;
  readonly perSecond: number;
  readonly cpuMicros: CpuPerMessage;
  readonly updatesPerFrame: number;
  readonly load: number;
}

/** Drains a full stream once. @throws Error when a row is missing or doubled, or an update did not come to both consoles */
export async function drainRound(
  { stand, consoles, pipeline }: { stand: Stand; consoles: Consoles; pipeline: Pipeline },
  size: { messages: number; vehicles: number; run: number },
): Promise<Omit<DrainRound, 'load'>> {
  const { messages, vehicles } = size;
  await emptyTables(stand.sql);
  const { child, begin } = await pipeline.start(vehicles, consolesFor(vehicles), consoles.ask);
  try {
    await publishBacklog(stand, pipeline, size);
    const waiting = await messagesLeft(stand, pipeline.stream);
    if (waiting !== messages)
      throw new Error(`${pipeline.name}: ${waiting} of ${messages} messages wait in the stream`);
    const due = 2 * messages;
    await consoles.ask({ do: 'count', isTimed: false, markAt: due * WARM_SHARE });
    const cpu = await countProcessor(stand, { server: child.pid, consoles: consoles.pid });
    await begin();
    await waitUntilEmpty(stand, pipeline.stream);
    await pause(300);
    const cpuMicros = await cpu(messages);
    const { updates, frames, markedAtMs, lastAtMs, problems } = await consoles.report();
    if (problems.length > 0) throw new Error(problems.join('\n'));
    if (updates !== due) throw new Error(`${pipeline.name}: ${updates} of ${due} updates came to the consoles`);
    await checkRows(stand.sql, pipeline.table, messages);
    return {
      kind: 'drain',
      pipeline: pipeline.name,
      messages,
      perSecond: (messages * (1 - WARM_SHARE)) / ((lastAtMs - markedAtMs) / 1_000),
      cpuMicros,
      updatesPerFrame: updates / Math.max(1, frames),
    };
  } finally {
    await child.stop();
    await consoles.ask({ do: 'close' });
  }
}
