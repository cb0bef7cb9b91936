import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { createUser } from '@nats-io/nkeys';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { AskHeld, AskHello } from '@pentad/protocol/ask';
import type { Epoch } from '@pentad/protocol/ids';
import { isRoad, laneOf, type Lane } from '@pentad/protocol/lane';
import { rangesOf, unbrokenThrough } from '@pentad/protocol/seq-range';
import { receiptSubject } from '@pentad/protocol/subjects';
import { decodeItem } from '@pentad/protocol/uplink';
import { noVitals } from '@pentad/protocol/vitals';
import * as v from 'valibot';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sampleVehicle } from './journal/sample-items.fixture.ts';
import { testBroker, type TestBroker } from './link/test-broker.fixture.ts';
import { quietLog } from './platform/virtual-time.fixture.ts';
import { openInput } from './vehicle-day.fixture.ts';
import { openVehicle } from './vehicle.ts';

const up = `pentad.v1.up.${sampleVehicle}`;
let folder: string;
let broker: TestBroker;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pentad-vehicle-'));
  writeFileSync(join(folder, 'vehicle.json'), JSON.stringify({ vehicle: sampleVehicle, callSign: '急救01' }));
  writeFileSync(join(folder, 'nkey.seed'), createUser().getSeed(), { mode: 0o600 });
  writeFileSync(
    join(folder, 'vehicle.jwt'),
    `e30.${Buffer.from(JSON.stringify({ iat: 1 })).toString('base64url')}.c2ln`,
  );
  broker = await testBroker();
});
afterEach(async () => {
  await broker.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** A server that keeps rows in memory, so that they outlive the broker; what it reads from the stream it receipts. */
class RowKeeper {
  readonly rows = new Map<string, { lane: Lane; seq: number; epoch: Epoch }>();
  copies = 0;

  async attach(): Promise<NatsConnection> {
    const connection = await connect({ servers: broker.url });
    const manager = await jetstreamManager(connection);
    const subjects = ['evt', 'vit', 'pos', 'bkv', 'bkp'].map((road) => `${up}.${road}`);
    await manager.streams.add({ name: 'ALL', subjects, storage: 'file', retention: 'workqueue' });
    connection.subscribe(`${up}.ask.hello`, {
      callback: (_, message) => {
        const hello = v.parse(AskHello, message.json<unknown>());
        const receipts = (['evt', 'vit', 'pos'] as const).map((lane) => this.receipt(lane, hello.epoch));
        const { nonce, protocol } = hello;
        message.respond(
          JSON.stringify({
            vehicle: sampleVehicle,
            nonce,
            protocol,
            horizon: 'gen-1',
            isSecondEpoch: false,
            downlinkN: 0,
            receipts,
            serverNowMs: Date.now(),
          }),
        );
      },
    });
    connection.subscribe(`${up}.ask.held`, {
      callback: (_, message) => {
        const { lane, epoch } = v.parse(AskHeld, message.json<unknown>());
        message.respond(JSON.stringify({ receipt: this.receipt(lane, epoch) }));
      },
    });
    connection.subscribe(`${up}.hb`, {
      callback: (_, message) =>
        void message.respond(JSON.stringify({ vehicle: sampleVehicle, sentAtMs: 1, serverNowMs: Date.now() })),
    });
    connection.subscribe(`${up}.*`, {
      callback: (_, message) => {
        const road = message.subject.split('.').at(-1) ?? '';
        if (isRoad(road)) this.#store(connection, laneOf(road), message.data);
      },
    });
    await connection.flush();
    return connection;
  }

  receipt(lane: Lane, epoch: Epoch) {
    const ranges = rangesOf(
      [...this.rows.values()].filter((row) => row.lane === lane && row.epoch === epoch).map(({ seq }) => seq),
    );
    return {
      vehicle: sampleVehicle,
      epoch,
      lane,
      through: unbrokenThrough(ranges),
      ranges,
      refused: [],
      shed: [],
      horizon: 'gen-1',
    };
  }

  #store(connection: NatsConnection, lane: Lane, bytes: Uint8Array): void {
    const decoded = decodeItem(bytes, sampleVehicle, lane);
    if (!decoded.ok) throw new Error(decoded.code);
    const { seq, epoch } = decoded.item;
    this.copies += 1;
    this.rows.set(`${epoch} ${lane} ${seq}`, { lane, seq, epoch });
    connection.publish(receiptSubject(sampleVehicle), JSON.stringify(this.receipt(lane, epoch)));
  }
}

const openReal = () =>
  openVehicle({
    vehicleDir: folder,
    journalDir: join(folder, 'journal'),
    natsUrl: broker.url,
    natsCaFile: null,
    serverUrl: 'http://127.0.0.1:9',
    maxJournalBytes: 64 * 1024 * 1024,
    log: quietLog,
  }).agent;

const sample = (agent: ReturnType<typeof openReal>, heartRateBpm: number) =>
  agent.capture([
    {
      lane: 'vit',
      measuredAtMs: Date.now(),
      caseId: null,
      patientSlot: 1,
      vitals: { ...noVitals, heartRateBpm },
      times: { bloodPressureAtMs: null, temperatureAtMs: null },
    },
    {
      lane: 'pos',
      measuredAtMs: Date.now(),
      caseId: null,
      patientSlot: null,
      position: { latitudeDeg: 31, longitudeDeg: 121, speedMps: 0, headingDeg: 0, accuracyM: null },
    },
  ]);

test('N2, E5: the broker is killed and loses its store, the agent is restarted: every item is stored, none twice', async () => {
  const keeper = new RowKeeper();
  await broker.start();
  const before = await keeper.attach();
  let agent = openReal();
  agent.start();
  agent.openCase(openInput);
  for (let beat = 0; beat < 40; beat += 1) sample(agent, 60 + beat);
  await expect
    .poll(() => agent.status().waiting, { timeout: 10_000 })
    .toEqual({ evt: 0, vit: 0, pos: 0, wav: 0, med: 0 });
  expect(agent.status().rung).toBe('broker');

  await before.close();
  await broker.kill();
  broker.wipeStore();
  agent.openCase(openInput);
  for (let beat = 0; beat < 40; beat += 1) sample(agent, 100 + beat);
  const startedAtMs = Date.now();
  await agent.stop();
  expect(Date.now() - startedAtMs).toBeLessThan(3_000);

  agent = openReal();
  agent.start();
  expect(agent.status().waiting).toEqual({ evt: 1, vit: 40, pos: 40, wav: 0, med: 0 });
  await broker.start();
  const after = await keeper.attach();
  await expect
    .poll(() => agent.status().waiting, { timeout: 25_000 })
    .toEqual({ evt: 0, vit: 0, pos: 0, wav: 0, med: 0 });
  const count = (lane: Lane) => [...keeper.rows.values()].filter((row) => row.lane === lane).length;
  expect([count('evt'), count('vit'), count('pos')]).toEqual([2, 80, 80]);
  await agent.stop();
  await after.close();
}, 60_000);
