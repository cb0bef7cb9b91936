import { setTimeout as pause } from 'node:timers/promises';
import { consolesFor } from '../fleet/fleet.ts';
import { nowMs } from '../fleet/one-clock.ts';
import type { EcgOrder, EcgReport } from '../publisher/ecg-orders.ts';
import type { LiveOrder, LiveReport } from '../publisher/publisher-orders.ts';
import { percentile } from '../report/statistics.ts';
import type { Child } from '../stand/child.ts';
import type { Pipeline } from '../stand/pipelines.ts';
import { natsMs, postgresMs, processorMs } from '../stand/processor-time.ts';
import { checkRows, checkWaveforms, emptyTables } from '../stand/rows.ts';
import type { Stand } from '../stand/stand.ts';
import type { Consoles } from './consoles.ts';
import { waitUntilEmpty } from './stream-progress.ts';

const WARM_MS = 8_000;
const PHASE_MS = 15_000;
/** What the other kind of phase has left behind is not timed. */
const SETTLE_MS = 2_000;
const TAIL_MS = 2_000;

export interface EcgPhase {
  readonly hasEcg: boolean;
  readonly vitalsP50Ms: number;
  readonly vitalsP99Ms: number;
  readonly chunks: number;
  /** Percent of a core. */
  readonly cpu: { readonly server: number; readonly postgres: number; readonly broker: number };
}

export interface EcgRound {
  readonly kind: 'ecg';
  readonly vehicles: number;
  readonly phases: readonly EcgPhase[];
  /** Of the numerics, and of the waveforms; all of them were found stored. */
  readonly sent: number;
  readonly chunks: number;
  readonly chunkBytes: number;
  readonly publisherLateMs: number;
  readonly load: number;
}

interface EcgSetup {
  readonly stand: Stand;
  readonly consoles: Consoles;
  readonly publisher: Child;
  readonly ecg: Child;
  readonly product: Pipeline;
}

interface Window {
  readonly hasEcg: boolean;
  readonly fromMs: number;
  readonly toMs: number;
  readonly chunks: number;
  readonly cpu: EcgPhase['cpu'];
}

/** Without, with, with, without: what drifts in the course of a run falls on both alike. */
const phaseOrder = (pairs: number): boolean[] =>
  Array.from({ length: pairs }, (_, pair) => (pair % 2 === 0 ? [false, true] : [true, false])).flat();

async function readCpu(stand: Stand, server: Child) {
  return { server: processorMs(server.pid), postgres: await postgresMs(stand), broker: natsMs(stand) };
}

/** Numerics of `vehicles` at 1 Hz all the time; in every other phase `ecgVehicles` of them stream 12 leads at 500 Hz too. */
export async function ecgRound(
  { stand, consoles, publisher, ecg, product }: EcgSetup,
  size: { vehicles: number; ecgVehicles: number; pairs: number; run: number },
): Promise<Omit<EcgRound, 'load'>> {
  const { vehicles, ecgVehicles, run } = size;
  const order = phaseOrder(size.pairs);
  await emptyTables(stand.sql);
  const { child, begin } = await product.start(vehicles, consolesFor(vehicles), consoles.ask);
  const reports: EcgReport[] = [];
  const total = (read: (report: EcgReport) => number): number => reports.reduce((sum, one) => sum + read(one), 0);
  const sendEcg = async (): Promise<EcgReport> => {
    const from = reports.reduce((turns, one) => turns + Math.ceil(one.sent / ecgVehicles), 0);
    const sent = await ecg.ask<EcgReport>({
      vehicles: ecgVehicles,
      durationMs: PHASE_MS,
      run,
      from,
    } satisfies EcgOrder);
    reports.push(sent);
    return sent;
  };
  const phase = async (hasEcg: boolean): Promise<Window> => {
    const before = await readCpu(stand, child);
    const fromMs = nowMs();
    const [chunks] = await Promise.all([hasEcg ? sendEcg().then(({ sent }) => sent) : 0, pause(PHASE_MS)]);
    const toMs = nowMs();
    const after = await readCpu(stand, child);
    const percent = (name: keyof typeof before): number => ((after[name] - before[name]) / (toMs - fromMs)) * 100;
    const cpu = { server: percent('server'), postgres: percent('postgres'), broker: percent('broker') };
    return { hasEcg, fromMs, toMs, chunks, cpu };
  };
  try {
    await begin();
    await pause(3_000);
    await consoles.ask({ do: 'count', isTimed: true, markAt: 0 });
    // A phase takes a little longer than its time.
    const durationMs = WARM_MS + order.length * (PHASE_MS + 500) + TAIL_MS;
    const live = publisher.ask<LiveReport>(
      { to: 'product', vehicles, durationMs, run, alerts: null } satisfies LiveOrder,
      durationMs + 60_000,
    );
    // Looked at below; a phase that fails first must not leave it unheard.
    live.catch(() => undefined);
    await pause(WARM_MS);
    const windows: Window[] = [];
    for (const hasEcg of order) windows.push(await phase(hasEcg));
    const { sent, failed, lateMs } = await live;
    await waitUntilEmpty(stand, 'VIT');
    await waitUntilEmpty(stand, 'WAV');
    await pause(1_500);
    const { latencies, problems } = await consoles.report();
    if (problems.length > 0) throw new Error(problems.join('\n'));
    if (failed + total((one) => one.failed) > 0) throw new Error(`${failed} publishes failed`);
    if (latencies.length !== 2 * sent) throw new Error(`${latencies.length} of ${2 * sent} updates came`);
    await checkRows(stand.sql, 'numerics', sent);
    const chunks = total((one) => one.sent);
    await checkWaveforms(stand.sql, { chunks, sampleBytes: total((one) => one.sampleBytes) });
    const phases = windows.map(({ hasEcg, fromMs, toMs, chunks, cpu }): EcgPhase => {
      const took = latencies.flatMap(([sentMs, ms]) => (sentMs >= fromMs + SETTLE_MS && sentMs < toMs ? [ms] : []));
      return { hasEcg, vitalsP50Ms: percentile(took, 50), vitalsP99Ms: percentile(took, 99), chunks, cpu };
    });
    const chunkBytes = Math.round(total((one) => one.messageBytes) / chunks);
    return { kind: 'ecg', vehicles: ecgVehicles, phases, sent, chunks, chunkBytes, publisherLateMs: lateMs };
  } finally {
    await child.stop();
    await consoles.ask({ do: 'close' });
  }
}
