import { createAccount, createUser } from '@nats-io/nkeys';
import { VehicleToken, UplinkAnswer } from '@pentad/protocol/http-api';
import { epoch, START_MS, vehicleIdOf } from '@pentad/protocol/testing/boring-ids';
import { downlinkPage, eventItem } from '@pentad/protocol/testing/builders';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asJson, createHttpTown, type HttpTown } from './http-town.fixture.ts';

const vehicle = vehicleIdOf(1);
let edge: HttpTown;
const waited: unknown[] = [];
beforeAll(async () => {
  edge = await createHttpTown({
    downlink: {
      page: async (_vehicle, after) => downlinkPage({ n: after }),
      lastNumber: async () => 0,
      wait: async (...args) => void waited.push(args),
    },
  });
});
afterAll(() => edge.close());
beforeEach(() => edge.offered.splice(0));

const nonce = async (): Promise<string> => {
  const response = await edge.app.request('/v1/vehicle-nonce', { method: 'POST' });
  return v.parse(v.object({ nonce: v.string() }), await response.json()).nonce;
};
const sign = (text: string, key = edge.town.vehicleKey) =>
  Buffer.from(key.sign(Buffer.from(text))).toString('base64url');
const ask = (input: { jwt: string; nonce: string; signature: string }) =>
  edge.app.request('/v1/vehicle-token', asJson(input));
const token = async (): Promise<string> => {
  const given = await nonce();
  const jwt = await edge.signVehicle(vehicle, edge.town.vehicleKey.getPublicKey());
  const response = await ask({ jwt, nonce: given, signature: sign(given) });
  expect(response.status).toBe(200);
  return v.parse(v.strictObject(VehicleToken.entries), await response.json()).token;
};
const bearer = async () => ({ authorization: `Bearer ${await token()}` });

describe('a vehicle token', () => {
  test('is given for a JWT of our fleet and a nonce signed by the key in the row, for ten minutes, with audit', async () => {
    const given = await token();
    expect(JSON.stringify(await edge.town.rows('SELECT * FROM vehicle_token'))).not.toContain(given);
    const audit = await edge.town.rows(
      "SELECT actor_kind, actor_id FROM audit_row WHERE action = 'vehicle-token.issued'",
    );
    expect(audit).toEqual([{ actor_kind: 'vehicle', actor_id: vehicle }]);
    const headers = { authorization: `Bearer ${given}` };
    expect((await edge.app.request('/v1/downlink?after=0', { headers })).status).toBe(200);
    edge.town.clock.advance(10 * 60_000);
    expect((await edge.app.request('/v1/downlink?after=0', { headers })).status).toBe(401);
  });

  const own = () => edge.town.vehicleKey.getPublicKey();
  const attempts: [string, () => Promise<{ jwt: string; signature?: string; nonce?: string }>][] = [
    [
      'signed by another account',
      async () => ({ jwt: await edge.signVehicle(vehicle, own(), { signer: createAccount() }) }),
    ],
    ['of another fleet', async () => ({ jwt: await edge.signVehicle(vehicle, own(), { account: createAccount() }) })],
    [
      'that has run out',
      async () => ({
        jwt: await edge.signVehicle(vehicle, own(), { exp: Math.floor(edge.town.clock.nowMs() / 1_000) }),
      }),
    ],
    ['of a vehicle nobody knows', async () => ({ jwt: await edge.signVehicle('nobody-knows', own()) })],
    [
      'for another key than the row’s',
      async () => ({ jwt: await edge.signVehicle(vehicle, createUser().getPublicKey()) }),
    ],
    ['in another vehicle’s name', async () => ({ jwt: await edge.signVehicle(vehicleIdOf(2), own()) })],
    [
      'with a signature by another key',
      async () => ({ jwt: await edge.signVehicle(vehicle, own()), signature: sign('x', createUser()) }),
    ],
    [
      'with a nonce made up',
      async () => ({ jwt: await edge.signVehicle(vehicle, own()), nonce: 'made-up', signature: sign('made-up') }),
    ],
    ['that is none', async () => ({ jwt: 'a.b.c' })],
    [
      'with no algorithm',
      async () => ({
        jwt: `${Buffer.from('{"typ":"JWT","alg":"none"}').toString('base64url')}.${(await edge.signVehicle(vehicle, own())).split('.')[1]}.`,
      }),
    ],
  ];
  test.each(attempts)('H18: is refused for a JWT %s, with one answer', async (_what, make) => {
    const given = await nonce();
    const attempt = await make();
    const response = await ask({ nonce: given, signature: sign(given), ...attempt });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: 'vehicle-token.refused' });
  });

  test('H18: is not given twice for a nonce, nor after a minute, nor when the first try failed', async () => {
    const jwt = await edge.signVehicle(vehicle, own(), { exp: 4_000_000_000 });
    const spent = await nonce();
    expect((await ask({ jwt, nonce: spent, signature: sign(spent) })).status).toBe(200);
    expect((await ask({ jwt, nonce: spent, signature: sign(spent) })).status).toBe(401);
    const burnt = await nonce();
    expect((await ask({ jwt, nonce: burnt, signature: 'wrong' })).status).toBe(401);
    expect((await ask({ jwt, nonce: burnt, signature: sign(burnt) })).status).toBe(401);
    const late = await nonce();
    edge.town.clock.advance(60_000);
    expect((await ask({ jwt, nonce: late, signature: sign(late) })).status).toBe(401);
  });

  test('H13: opens nothing once its vehicle is revoked', async () => {
    const headers = await bearer();
    await edge.town.rows('UPDATE vehicle SET revoked_at = now() WHERE vehicle_id = $1', [vehicle]);
    expect((await edge.app.request('/v1/downlink?after=0', { headers })).status).toBe(401);
    const given = await nonce();
    const jwt = await edge.signVehicle(vehicle, own());
    expect((await ask({ jwt, nonce: given, signature: sign(given) })).status).toBe(401);
    await edge.town.rows('UPDATE vehicle SET revoked_at = NULL WHERE vehicle_id = $1', [vehicle]);
  });

  test('renews the JWT for the key in the row, whatever is asked, with audit', async () => {
    const response = await edge.app.request('/v1/vehicle-jwt', { method: 'POST', headers: await bearer() });
    expect(await response.json()).toMatchObject({ jwt: `jwt-of-${vehicle}-${own()}` });
    expect(await edge.town.auditActions()).toContain('vehicle.jwt-renewed');
  });
});

describe('the uplink', () => {
  const send = async (items: unknown[]) => edge.app.request('/v1/uplink', asJson({ items }, await bearer()));

  test('answers with receipts', async () => {
    const answering = send([eventItem(1)]);
    while (edge.offered.length === 0) await new Promise((resolve) => setImmediate(resolve));
    edge.offered[0]?.end({ kind: 'stored', key: { vehicle, epoch, lane: 'evt', seq: 1 }, shed: [] });
    const { receipts } = v.parse(v.strictObject(UplinkAnswer.entries), await (await answering).json());
    expect(receipts.map((receipt) => receipt.ranges)).toEqual([[[1, 1]]]);
  });

  test('H2: is refused without a token, over 512 items, and over four megabytes', async () => {
    expect((await edge.app.request('/v1/uplink', asJson({ items: [] }))).status).toBe(401);
    expect((await send(Array.from({ length: 513 }, () => ({})))).status).toBe(400);
    const large = await send([{ filling: 'x'.repeat(4 * 1024 * 1024) }]);
    expect(await large.json()).toMatchObject({ code: 'request.too-large' });
  });
});

describe('the downlink', () => {
  test('waits as long as asked, twenty-five seconds at most, and answers with the page', async () => {
    const headers = await bearer();
    const response = await edge.app.request('/v1/downlink?after=5&waitMs=25000', { headers });
    expect(await response.json()).toEqual({ ...downlinkPage({ n: 5 }), serverNowMs: START_MS });
    expect(waited.at(-1)).toEqual([vehicle, 5, 25_000]);
    expect((await edge.app.request('/v1/downlink?after=5&waitMs=25001', { headers })).status).toBe(400);
    expect((await edge.app.request('/v1/downlink', { headers })).status).toBe(400);
  });
});
