import { setTimeout as pause } from 'node:timers/promises';
import { upSubject } from '@pentad/protocol/subjects';
import { encodeItem } from '@pentad/protocol/uplink';
import { calm, caseIdOf, epochOf, numericsItem, vehicleOf } from './fleet/fleet.ts';
import { nowMs } from './fleet/one-clock.ts';
import { AlertReadings } from './publisher/alert-readings.ts';
import { connectPublisher, obeyOrders } from './publisher/broker-user.ts';
import type { LiveOrder, LiveReport } from './publisher/publisher-orders.ts';
import { PIPE_SUBJECT } from './stand/pipe-stream.ts';

const ANSWER_MS = 30_000;
const MAX_UNANSWERED = 4_000;
const OVERTIME_MS = 500;

/** The ambulances' side of the live rounds, in a process of its own. */
const { connection, js } = await connectPublisher();

async function publishLive({
  to,
  vehicles,
  hz = 1,
  from = 0,
  durationMs,
  run,
  alerts,
}: LiveOrder): Promise<LiveReport> {
  const epoch = epochOf(run);
  const startedAtMs = nowMs();
  const plan = alerts && new AlertReadings(alerts, startedAtMs, vehicles);
  const fired: [string, number][] = [];
  let sent = 0;
  let failed = 0;
  let unanswered = 0;
  let lateMs = 0;
  const perSecond = vehicles * hz;
  const total = Math.floor((durationMs / 1_000) * perSecond);
  const publishOne = (): void => {
    const index = sent % vehicles;
    const k = Math.floor(sent / vehicles);
    const atMs = nowMs();
    lateMs = Math.max(lateMs, atMs - startedAtMs - (sent / perSecond) * 1_000);
    // Faster than a monitor, the readings of one second are one instant: the rules' history stays that of 1 Hz.
    const stampMs = hz > 1 ? Math.floor(atMs / 1_000) * 1_000 : atMs;
    const second = hz > 1 ? stampMs / 1_000 : k;
    const { reading, fires } = plan?.reading(index, k, atMs) ?? {
      reading: calm(index, second, atMs),
      fires: false,
    };
    const place = { index, epoch, seq: from + k + 1, atMs: stampMs };
    const item = numericsItem(hz > 1 ? { ...place, beat: second } : place, reading);
    const vehicle = vehicleOf(index);
    unanswered += 1;
    js.publish(to === 'product' ? upSubject(vehicle, 'vit') : PIPE_SUBJECT, encodeItem(item), { timeout: ANSWER_MS })
      .catch(() => (failed += 1))
      .finally(() => (unanswered -= 1));
    if (fires) fired.push([caseIdOf(index), atMs]);
    sent += 1;
  };
  // A machine that cannot carry the rate ends in time, with what it has sent.
  while (sent < total && nowMs() - startedAtMs < durationMs + OVERTIME_MS) {
    const due = Math.min(total, Math.floor(((nowMs() - startedAtMs) / 1_000) * perSecond) + 1);
    while (sent < due && unanswered < MAX_UNANSWERED) publishOne();
    await pause(1);
  }
  await connection.flush();
  while (unanswered > 0) await pause(5);
  return { sent, failed, startedAtMs, lateMs, alerts: fired };
}

obeyOrders(publishLive);
