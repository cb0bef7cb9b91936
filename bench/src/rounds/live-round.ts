import { setTimeout as pause } from 'node:timers/promises';
import type { ConsoleReport } from '../consoles/console-orders.ts';
import { consolesFor } from '../fleet/fleet.ts';
import type { AlertPlan, LiveOrder, LiveReport } from '../publisher/publisher-orders.ts';
import { percentile } from '../report/statistics.ts';
import type { Child } from '../stand/child.ts';
import type { Pipeline } from '../stand/pipelines.ts';
import { processorMs } from '../stand/processor-time.ts';
import { checkRows, emptyTables } from '../stand/rows.ts';
import type { Stand } from '../stand/stand.ts';
import type { Consoles } from './consoles.ts';
import { waitUntilEmpty } from './stream-progress.ts';

const WARM_MS = 8_000;
const VITALS_MS = 20_000;
/** A rule must have held for 30 s of measured time before it can fire. */
const ALERTS_FROM_MS = 35_000;
const ALERT_EVERY_MS = 200;
export const ALERTS_A_ROUND = 150;
const TAIL_MS = 2_000;
const RATE_NOTE_MS = ALERTS_FROM_MS + ALERTS_A_ROUND * ALERT_EVERY_MS + TAIL_MS;

export interface LiveRound {
  readonly kind: 'live';
  readonly pipeline: string;
  readonly sent: number;
  readonly vitalsP50Ms: number;
  readonly vitalsP99Ms: number;
  readonly alerts: number;
  readonly alertP50Ms: number | null;
  readonly alertP99Ms: number | null;
  readonly cpuPercent: number;
  readonly publisherLateMs: number;
  readonly load: number;
}

interface LiveSetup {
  readonly stand: Stand;
  readonly consoles: Consoles;
  readonly publisher: Child;
  readonly pipeline: Pipeline;
}

function alertLatencies({ alerts }: LiveReport, report: ConsoleReport): number[] {
  const seen = new Map(report.alerts);
  return alerts.flatMap(([caseId, sentAtMs]) => {
    const atMs = seen.get(caseId);
    return atMs === undefined ? [] : [atMs - sentAtMs];
  });
}

/** `vehicles` ambulances at 1 Hz: vitals are timed in a quiet window, then alerts fire one after another. */
export async function liveRound(
  { stand, consoles, publisher, pipeline }: LiveSetup,
  { vehicles, run, alertsFrom }: { vehicles: number; run: number; alertsFrom: number | null },
): Promise<Omit<LiveRound, 'load'>> {
  await emptyTables(stand.sql);
  const { child, begin } = await pipeline.start(vehicles, consolesFor(vehicles), consoles.ask);
  try {
    await begin();
    await pause(3_000);
    await consoles.ask({ do: 'count', isTimed: true, markAt: 0 });
    const alerts: AlertPlan | null =
      alertsFrom === null
        ? null
        : { from: alertsFrom, count: ALERTS_A_ROUND, startMs: ALERTS_FROM_MS, everyMs: ALERT_EVERY_MS };
    const durationMs = alerts ? RATE_NOTE_MS : WARM_MS + VITALS_MS + TAIL_MS;
    const to = pipeline.stream === 'VIT' ? 'product' : 'pipe';
    const cpuBefore = processorMs(child.pid);
    const live = await publisher.ask<LiveReport>(
      { to, vehicles, durationMs, run, alerts } satisfies LiveOrder,
      durationMs + 60_000,
    );
    const cpuPercent = ((processorMs(child.pid) - cpuBefore) / durationMs) * 100;
    await waitUntilEmpty(stand, pipeline.stream);
    await pause(1_500);
    const report = await consoles.report();
    if (report.problems.length > 0) throw new Error(report.problems.join('\n'));
    if (live.failed > 0) throw new Error(`${live.failed} publishes failed`);
    await checkRows(stand.sql, pipeline.table, live.sent);
    const fromMs = live.startedAtMs + WARM_MS;
    const vitals = report.latencies.flatMap(([sentMs, tookMs]) =>
      sentMs >= fromMs && sentMs < fromMs + VITALS_MS ? [tookMs] : [],
    );
    const due = 2 * vehicles * (VITALS_MS / 1_000);
    if (vitals.length < due * 0.999)
      throw new Error(`${pipeline.name}: ${vitals.length} of ${due} updates came to the consoles`);
    const rung = alertLatencies(live, report);
    if (rung.length !== (alerts?.count ?? 0))
      throw new Error(`${rung.length} of ${alerts?.count} alerts came to a desk`);
    return {
      kind: 'live',
      pipeline: pipeline.name,
      sent: live.sent,
      vitalsP50Ms: percentile(vitals, 50),
      vitalsP99Ms: percentile(vitals, 99),
      alerts: rung.length,
      alertP50Ms: alerts && percentile(rung, 50),
      alertP99Ms: alerts && percentile(rung, 99),
      cpuPercent,
      publisherLateMs: live.lateMs,
    };
  } finally {
    await child.stop();
    await consoles.ask({ do: 'close' });
  }
}
