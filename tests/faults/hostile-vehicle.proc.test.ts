import { jetstream } from '@nats-io/jetstream';
import { randomBytes } from 'node:crypto';
import { askSubject, caseSubject, receiptSubject, upSubject } from '@pentad/protocol/subjects';
import { beforeAll, describe, expect, test } from 'vitest';
import { nextRefusal } from '../../server/src/nats/broker-config.fixture.ts';
import { waitingMessages, withManager } from '../support/broker-mistakes.ts';
import { expectHealed, unkeyedCounts } from '../support/invariants.ts';
import { RawNatsClient } from '../support/raw-nats-client.ts';
import { makeVehicle } from '../support/region-directory.ts';
import { useRegion } from '../support/region-of-file.ts';
import { connectVehicle, type TestVehicle } from '../support/test-vehicle.ts';
import { wellEnough } from '../support/vehicle-capture.ts';
import { waitUntil } from '../support/wait-until.ts';

const file = useRegion({ shards: [4, 9] });
let good: TestVehicle;
let rogue: TestVehicle;
/** What this file has put into the quarantine without a key. */
const unkeyed: Record<string, number> = {};

beforeAll(() => {
  [good, rogue] = [file.vehicle(0), file.vehicle(1)];
});

const allIsWell = () => expectHealed(file.region, { vehicles: [good, rogue], unkeyed });

/** The next good message of either vehicle is stored and receipted. */
async function flowGoesOn(): Promise<void> {
  for (const vehicle of [good, rogue]) {
    const caseId = vehicle.capture.openCase();
    vehicle.capture.numerics(caseId, wellEnough);
    vehicle.capture.position(caseId);
  }
  await allIsWell();
}

async function offerRaw(road: Parameters<typeof upSubject>[1], bytes: Uint8Array, expectedCode: string): Promise<void> {
  await jetstream(rogue.connection).publish(upSubject(rogue.vehicle, road), bytes);
  unkeyed[expectedCode] = (unkeyed[expectedCode] ?? 0) + 1;
}

const quarantined = () =>
  waitUntil('all of it is in the quarantine', async () => {
    const counts = await unkeyedCounts(file.region);
    return Object.entries(unkeyed).every(([code, count]) => counts[code] === count);
  });

describe('what a vehicle may not do', () => {
  test.each(['$JS.API.STREAM.PURGE.EVT-4', '$JS.API.STREAM.DELETE.EVT-4', '$JS.API.CONSUMER.DELETE.EVT-4.shard-4'])(
    'H12 H14: a message with %s as its reply changes nothing',
    async (reply) => {
      const server = file.server();
      process.kill(server.pid, 'SIGSTOP');
      try {
        const caseId = good.capture.openCase();
        good.capture.requestPreAlert(caseId);
        await waitUntil(
          'its events wait in the stream',
          async () => ((await waitingMessages(file.region))['evt'] ?? 0) >= 2,
        );
        const before = await withManager(file.region, async (manager) => (await manager.streams.info('EVT-4')).created);
        rogue.connection.publish(upSubject(rogue.vehicle, 'evt'), '{}', { reply });
        rogue.connection.publish(askSubject(rogue.vehicle, 'time'), '{}', { reply });
        await rogue.connection.flush();
        await waitUntil(
          'the rogue one waits there too',
          async () => ((await waitingMessages(file.region))['evt'] ?? 0) >= 3,
        );
        expect(await withManager(file.region, async (manager) => (await manager.streams.info('EVT-4')).created)).toBe(
          before,
        );
        unkeyed['uplink.not-an-item'] = (unkeyed['uplink.not-an-item'] ?? 0) + 1;
      } finally {
        process.kill(server.pid, 'SIGCONT');
      }
      await quarantined();
      await flowGoesOn();
    },
  );

  test('H12: a reply aimed at the inbox or the downlink of another vehicle tells that vehicle nothing', async () => {
    const heardBefore = good.ledger.entries.filter((entry) => entry.receiptedAs).length;
    const inbox = `_INBOX.${good.vehicle}.stolen`;
    for (const reply of [receiptSubject(good.vehicle), caseSubject(good.vehicle), inbox]) {
      const { vehicle, epoch } = rogue.ledger;
      rogue.connection.publish(askSubject(vehicle, 'time'), JSON.stringify({ vehicle, epoch, t0Ms: Date.now() }), {
        reply,
      });
      rogue.connection.publish(askSubject(vehicle, 'held'), JSON.stringify({ vehicle, epoch, lane: 'evt', from: 1 }), {
        reply,
      });
    }
    await rogue.connection.flush();
    await flowGoesOn();
    expect(good.ledger.untruths).toEqual([]);
    expect(good.ledger.entries.filter((entry) => entry.receiptedAs)).toHaveLength(heardBefore + 3);
  });

  test('H12: it cannot publish as another vehicle, nor as the server', async () => {
    const subjects = [
      ...(['evt', 'vit', 'bkv'] as const).map((road) => upSubject(good.vehicle, road)),
      askSubject(good.vehicle, 'hello'),
      receiptSubject(good.vehicle),
      caseSubject(rogue.vehicle),
      `pentad.v1.in.4.${good.vehicle}.evt`,
      '$JS.API.STREAM.PURGE.EVT-4',
      '$SYS.REQ.CLAIMS.UPDATE',
    ];
    for (const subject of subjects) {
      const refused = await nextRefusal(rogue.connection, () => rogue.connection.publish(subject, 'forged'));
      expect(refused).toBe(`publish ${subject}`);
    }
    await flowGoesOn();
  });

  test('H14: it cannot listen to others: wildcards, inboxes, the API and the system are refused', async () => {
    const subjects = [
      '>',
      'pentad.>',
      'pentad.v1.dn.*.rcpt',
      receiptSubject(good.vehicle),
      '_INBOX.>',
      `_INBOX.${good.vehicle}.>`,
      '$JS.API.>',
      '$SYS.>',
      '_R_.>',
    ];
    for (const subject of subjects) {
      const refused = await nextRefusal(rogue.connection, () => void rogue.connection.subscribe(subject));
      expect(refused).toBe(`subscription ${subject}`);
    }
    await flowGoesOn();
  });
});

describe('what cannot be read', () => {
  test('H1: random bytes on every stored lane are quarantined with a code, and the flow goes on', async () => {
    for (const road of ['evt', 'vit', 'pos', 'bkv', 'bkp'] as const) {
      for (let count = 0; count < 20; count += 1) {
        // 0xff begins no UTF-8 text, whatever follows.
        await offerRaw(road, Buffer.concat([Buffer.of(0xff), randomBytes(1 + count * 97)]), 'uplink.not-json');
      }
    }
    await quarantined();
    await flowGoesOn();
  });

  test('H3 H5: a JSON bomb, prototype keys and a truncated item are quarantined with their codes', async () => {
    const text = (value: string) => new TextEncoder().encode(value);
    await offerRaw('vit', text('['.repeat(100_000)), 'uplink.too-deep');
    await offerRaw('evt', text('{"__proto__":{"polluted":true}}'), 'uplink.not-json');
    await offerRaw('vit', text('{"vehicle":'), 'uplink.not-json');
    await offerRaw('pos', text('{}'), 'uplink.not-an-item');
    await offerRaw('evt', text(`{"padding":"${'x'.repeat(200_000)}"}`), 'uplink.not-an-item');
    await quarantined();
    await flowGoesOn();
  });

  test('H12: a payload that names another vehicle is quarantined, and that vehicle is told nothing', async () => {
    const forged = good.capture.numerics(null, wellEnough);
    await good.allReceipted();
    await offerRaw('vit', forged.bytes, 'uplink.wrong-vehicle');
    await quarantined();
    await flowGoesOn();
  });

  test('H1: an item on the wrong lane, with an impossible value or of no sense is refused in the receipt by its own key', async () => {
    rogue.capture.damaged('vit', 'uplink.wrong-lane', (item) => ({
      ...item,
      lane: 'pos',
      seq: rogue.ledger.nextSeq('pos'),
    }));
    rogue.capture.damaged('vit', 'uplink.not-an-item', (item) => ({ ...item, vitals: { heartRateBpm: 9_999 } }));
    rogue.capture.damaged('bkv', 'uplink.not-an-item', (item) => ({ ...item, measuredAtMs: 'yesterday' }));
    const envelope = { eventId: '0', caseId: '0', type: 'case.opened', occurredAtMs: 0, actor: {}, basedOnCaseSeq: 0 };
    rogue.capture.damaged('evt', 'uplink.not-an-item', (item) => ({ ...item, event: { envelope, clinical: {} } }));
    await flowGoesOn();
  });

  test('H12: an event on a case of another vehicle is refused, and the case stays as it was', async () => {
    const caseId = good.capture.openCase();
    await good.allReceipted();
    const foreign = rogue.capture.event(caseId, 'case.cancelled', { reason: 'not-mine' }, null, 'uplink.not-assigned');
    await flowGoesOn();
    expect(foreign.refusedCode).toBe('uplink.not-assigned');
    const [row] = await file.region.query<{ is_over: boolean }>('SELECT is_over FROM cases WHERE case_id = $1', [
      caseId,
    ]);
    expect(row?.is_over).toBe(false);
  });

  test('H12: a vehicle with a valid JWT that is not in the inventory is quarantined whole', async () => {
    const enrolledNowhere = makeVehicle(4);
    const stranger = await connectVehicle(file.region, enrolledNowhere);
    await jetstream(stranger).publish(upSubject(enrolledNowhere.vehicle, 'vit'), '{"looks":"well"}');
    await stranger.close();
    unkeyed['uplink.vehicle-unknown'] = 1;
    await quarantined();
    await flowGoesOn();
  });
});

describe('what is too large', () => {
  test('H2: a client that ignores max_payload is disconnected, and after its reconnect its messages flow', async () => {
    const [, enrolled] = file.region.vehicles;
    if (!enrolled) throw new Error('no rogue');
    const raw = await RawNatsClient.connect(file.region, enrolled);
    raw.send(`PUB ${upSubject(rogue.vehicle, 'vit')} 262145\r\n`);
    await waitUntil('the broker shuts the door', () => raw.isClosed);
    expect(raw.heard).toContain('Maximum Payload Violation');
    const again = await RawNatsClient.connect(file.region, enrolled);
    const item = rogue.capture.numerics(null, wellEnough);
    again.publish(upSubject(rogue.vehicle, 'vit'), item.bytes);
    await flowGoesOn();
    again.close();
  });

  test('H2: a request over the body limit is refused before it is read', async () => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ login: 'nurse-east', password: 'x'.repeat(300_000) });
    const response = await fetch(`${file.server().address}/v1/session`, { method: 'POST', headers, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'request.too-large' });
  });
});
