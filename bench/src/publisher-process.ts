import { setTimeout as pause } from 'node:timers/promises';
import { jetstream } from '@nats-io/jetstream';
import { connect, jwtAuthenticator } from '@nats-io/transport-node';
import { upSubject } from '@pentad/protocol/subjects';
import { encodeItem } from '@pentad/protocol/uplink';
import { calm, caseIdOf, epochOf, numericsItem, vehicleOf } from './fleet/fleet.ts';
import { nowMs } from './fleet/one-clock.ts';
import { AlertReadings } from './publisher/alert-readings.ts';
import { readPublisherConfig, type LiveOrder, type LiveReport } from './publisher/publisher-orders.ts';
import { PIPE_SUBJECT } from './stand/pipe-stream.ts';

/** The ambulances' side of the live rounds, in a process of its own. */
const config = readPublisherConfig();
const authenticator = jwtAuthenticator(config.jwt, new TextEncoder().encode(config.seed));
const connection = await connect({ servers: config.natsUrl, authenticator });
const js = jetstream(connection);

async function publishLive({ to, vehicles, durationMs, run, alerts }: LiveOrder): Promise<LiveReport> {
  const epoch = epochOf(run);
  const startedAtMs = nowMs();
  const plan = alerts && new AlertReadings(alerts, startedAtMs, vehicles);
  const fired: [string, number][] = [];
  let sent = 0;
  let failed = 0;
  let lateMs = 0;
  const total = Math.floor((durationMs / 1_000) * vehicles);
  const publishOne = (): void => {
    const index = sent % vehicles;
    const k = Math.floor(sent / vehicles);
    const atMs = nowMs();
    lateMs = Math.max(lateMs, atMs - startedAtMs - (sent / vehicles) * 1_000);
    const { reading, fires } = plan?.reading(index, k, atMs) ?? { reading: calm(index, k, atMs), fires: false };
    const item = numericsItem({ index, epoch, seq: k + 1, atMs }, reading);
    const vehicle = vehicleOf(index);
    js.publish(to === 'product' ? upSubject(vehicle, 'vit') : PIPE_SUBJECT, encodeItem(item)).catch(
      () => (failed += 1),
    );
    if (fires) fired.push([caseIdOf(index), atMs]);
    sent += 1;
  };
  while (sent < total) {
    const due = Math.min(total, Math.floor(((nowMs() - startedAtMs) / 1_000) * vehicles) + 1);
    while (sent < due) publishOne();
    await pause(1);
  }
  await connection.flush();
  return { sent, failed, startedAtMs, lateMs, alerts: fired };
}

process.on('message', (order: LiveOrder) => {
  publishLive(order).then(
    (answer) => process.send?.({ ok: true, answer }),
    (error: unknown) => process.send?.({ ok: false, error: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
