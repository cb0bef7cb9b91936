import { setTimeout as pause } from 'node:timers/promises';
import { upSubject } from '@pentad/protocol/subjects';
import { encodeItem } from '@pentad/protocol/uplink';
import { ECG_CHUNK_MS, EcgChunks, ecgItem } from './fleet/ecg.ts';
import { epochOf, vehicleOf } from './fleet/fleet.ts';
import { nowMs } from './fleet/one-clock.ts';
import { connectPublisher, obeyOrders } from './publisher/broker-user.ts';
import type { EcgOrder, EcgReport } from './publisher/ecg-orders.ts';

/** The monitors of the vehicles that stream twelve leads, apart from the process that times the numerics. */
const { connection, js } = await connectPublisher();
const chunks = new EcgChunks();

async function publishEcg({ vehicles, durationMs, run, from }: EcgOrder): Promise<EcgReport> {
  const epoch = epochOf(run);
  const startedAtMs = nowMs();
  const apartMs = ECG_CHUNK_MS / vehicles;
  const total = Math.floor(durationMs / apartMs);
  const report = { sent: 0, failed: 0, sampleBytes: 0, messageBytes: 0, lateMs: 0 };
  const answers: Promise<unknown>[] = [];
  const publishOne = (): void => {
    const index = report.sent % vehicles;
    const n = from + Math.floor(report.sent / vehicles);
    const atMs = nowMs();
    report.lateMs = Math.max(report.lateMs, atMs - startedAtMs - report.sent * apartMs);
    const waveform = chunks.chunk(index, n);
    const bytes = encodeItem(ecgItem({ index, epoch, seq: n + 1, atMs }, waveform));
    report.sampleBytes += waveform.samples.length;
    report.messageBytes += bytes.length;
    report.sent += 1;
    answers.push(
      js.publish(upSubject(vehicleOf(index), 'wav'), bytes, { timeout: 30_000 }).catch(() => (report.failed += 1)),
    );
  };
  while (report.sent < total) {
    const due = Math.min(total, Math.floor((nowMs() - startedAtMs) / apartMs) + 1);
    while (report.sent < due) publishOne();
    await pause(2);
  }
  await connection.flush();
  await Promise.all(answers);
  return report;
}

obeyOrders(publishEcg);
