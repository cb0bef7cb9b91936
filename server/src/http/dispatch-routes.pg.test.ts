import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { vehicleIdOf } from '@pentad/protocol/testing/boring-ids';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ADDRESS, job, PHONE } from '../dispatch/dispatch-house.fixture.ts';
import { asJson, createHttpTown, type HttpTown } from './http-town.fixture.ts';

const script = fileURLToPath(new URL('../../../scripts/dispatch-token.mjs', import.meta.url));
let edge: HttpTown;
let token = '';

const runScript = async (...args: string[]) => {
  const env = { PATH: process.env['PATH'] ?? '', DATABASE_URL: edge.town.database.adminUrl };
  return (await promisify(execFile)(process.execPath, [script, ...args], { env })).stdout.trim();
};
beforeAll(async () => {
  edge = await createHttpTown();
  token = await runScript('--name', 'county-120');
});
afterAll(() => edge.close());
// A minute between tests: buckets of the rate limit fill again.
beforeEach(() => edge.town.clock.advance(60_000));

const post = (body: unknown, bearer = token) =>
  edge.app.request('/v1/dispatch-jobs', asJson(body, { authorization: `Bearer ${bearer}` }));
const codeOf = async (response: Response) => {
  const { code } = v.parse(v.object({ code: v.string() }), await response.json());
  return [response.status, code];
};
const Told = v.strictObject({
  jobId: v.string(),
  state: v.string(),
  caseId: v.nullable(v.string()),
  isChanged: v.boolean(),
});

describe('a job by HTTP', () => {
  test('opens its case under the name of its token; sent again it says the same', async () => {
    const first = await post(job({ jobNumber: 'H-1' }));
    expect(first.status).toBe(200);
    const told = v.parse(Told, await first.json());
    expect(told).toMatchObject({ state: 'taken', isChanged: true });
    expect(v.parse(Told, await (await post(job({ jobNumber: 'H-1' }))).json())).toEqual({ ...told, isChanged: false });
    const rows = await edge.town.rows("SELECT centre, source, case_id FROM dispatch_job WHERE job_number = 'H-1'");
    expect(rows).toEqual([{ centre: 'county-120', source: 'http', case_id: told.caseId }]);
    const audit = await edge.town.rows('SELECT actor_id FROM audit_row WHERE object_id = $1', [told.jobId]);
    expect(audit).toEqual([{ actor_id: `api-client:${token.split('.')[0]}` }]);
  });

  test('for a vehicle nobody knows is 409 with a code, and a dispatcher sees it', async () => {
    const vehicle = { vehicleId: null, plate: '苏Z00000', callSign: null };
    expect(await codeOf(await post(job({ jobNumber: 'H-2', vehicle })))).toEqual([409, 'dispatch-job.vehicle-unknown']);
    const list = async (person: 'dispatcher' | 'nurse') =>
      edge.app.request('/v1/dispatch-jobs', { headers: { cookie: await edge.signIn(person) } });
    const text = await (await list('dispatcher')).text();
    expect(JSON.parse(text)).toMatchObject({ jobs: [{ jobNumber: 'H-2', namedVehicle: '苏Z00000' }] });
    expect(text).not.toMatch(/CANARY|139/);
    expect((await list('nurse')).status).toBe(403);
    expect((await edge.app.request('/v1/dispatch-jobs')).status).toBe(401);
  });

  test.each([
    ['a field nobody knows', { ...job(), isUrgent: true }],
    ['a number with a name in it', job({ jobNumber: '张三 1' })],
    ['a time that is text', { ...job(), times: { callAtMs: '08:00' } }],
    ['too long an address', job({ address: 'x'.repeat(401) })],
    ['nothing', null],
  ])('with %s is refused, echoes nothing and writes nothing', async (_what, body) => {
    const response = await post(body);
    const text = await response.clone().text();
    expect(await codeOf(response)).toEqual([400, 'request.invalid']);
    expect(text).not.toMatch(/CANARY|张三|isUrgent/);
  });

  const raw = (body: string) =>
    edge.app.request('/v1/dispatch-jobs', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body,
    });

  test('H3: nested without end, or with a key that is none, is refused before it is built', async () => {
    expect(await codeOf(await raw(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`))).toEqual([400, 'request.invalid']);
    expect(await codeOf(await raw('['.repeat(30_000)))).toEqual([400, 'request.invalid']);
    expect(await codeOf(await raw('{"__proto__":{"isWithdrawn":true}}'))).toEqual([400, 'request.invalid']);
  });

  test('H2: larger than 64 KB is refused', async () => {
    expect(await codeOf(await raw(JSON.stringify({ ...job(), note: 'x'.repeat(66_000) })))).toEqual([
      400,
      'request.too-large',
    ]);
  });

  test('with a NUL in a name or a text is read and stored', async () => {
    const vehicle = { vehicleId: null, plate: null, callSign: '1号\u0000车' };
    expect((await post(job({ jobNumber: 'H-3', vehicle }))).status).toBe(409);
    expect((await post(job({ jobNumber: 'H-4', address: 'a\u0000b' }))).status).toBe(200);
  });

  test('more often than any centre sends them is slowed down, until a moment later', async () => {
    const many = await Promise.all(Array.from({ length: 70 }, async () => post({})));
    expect(many.filter((response) => response.status === 429).length).toBeGreaterThan(0);
    edge.town.clock.advance(5_000);
    expect((await post(job({ jobNumber: 'H-1' }))).status).toBe(200);
  });
});

describe('a dispatch token', () => {
  const parts = () => token.split('.');
  test.each([
    ['no token', () => ''],
    ['a secret of nobody', () => `${parts()[0]}.${'A'.repeat(43)}`],
    ['a client nobody knows', () => `01890000-0000-7000-8000-000000000000.${parts()[1]}`],
    ['only its secret', () => parts()[1] ?? ''],
    ['something else', () => 'x'.repeat(60)],
  ])('H18: %s is refused with one answer', async (_what, make) => {
    expect(await codeOf(await post(job({ jobNumber: 'H-none' }), make()))).toEqual([401, 'api-token.none']);
    expect(await edge.town.rows("SELECT 1 FROM dispatch_job WHERE job_number = 'H-none'")).toEqual([]);
  });

  test('is kept as its hash alone, and a refusal of one is in the trail', async () => {
    const rows = await edge.town.rows('SELECT * FROM api_client');
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(parts()[1]);
    expect(await edge.town.auditActions()).toEqual(expect.arrayContaining(['api-client.made', 'api-token.refused']));
  });

  test('of a centre that changes tokens speaks for the same jobs, and the old one is out at once when revoked', async () => {
    const next = await runScript('--name', 'county-120');
    expect(v.parse(Told, await (await post(job({ jobNumber: 'H-1' }), next)).json()).isChanged).toBe(false);
    expect(await runScript('--revoke', parts()[0] ?? '')).toBe('revoked');
    expect((await post(job({ jobNumber: 'H-1' }))).status).toBe(401);
    expect((await post(job({ jobNumber: 'H-1' }), next)).status).toBe(200);
    expect(await runScript('--list')).toMatch(/county-120 \S+ revoked\n\S+ county-120 \S+ standing/);
    expect(await edge.town.auditActions()).toContain('api-client.revoked');
    token = next;
  });
});

describe('the job card by the second path', () => {
  const bearer = async () => {
    const { vehicleKey } = edge.town;
    const nonce = v.parse(
      v.object({ nonce: v.string() }),
      await (await edge.app.request('/v1/vehicle-nonce', { method: 'POST' })).json(),
    ).nonce;
    const jwt = await edge.signVehicle(vehicleIdOf(1), vehicleKey.getPublicKey());
    const signature = Buffer.from(vehicleKey.sign(Buffer.from(nonce))).toString('base64url');
    const answer: unknown = await (
      await edge.app.request('/v1/vehicle-token', asJson({ jwt, nonce, signature }))
    ).json();
    return { authorization: `Bearer ${v.parse(v.object({ token: v.string() }), answer).token}` };
  };

  test('is read to the vehicle whose case it is, null to it for every other, and to nobody else', async () => {
    const told = v.parse(Told, await (await post(job({ jobNumber: 'H-card' }))).json());
    const other = { vehicleId: vehicleIdOf(2), plate: null, callSign: null };
    const foreign = v.parse(Told, await (await post(job({ jobNumber: 'H-foreign', vehicle: other }))).json());
    const headers = await bearer();
    const get = async (caseId: string | null) =>
      (await edge.app.request(`/v1/job-card?caseId=${caseId}`, { headers })).json();
    expect(await get(told.caseId)).toMatchObject({
      vehicle: vehicleIdOf(1),
      caseId: told.caseId,
      card: { address: ADDRESS, callerPhone: PHONE, latitudeDeg: '31.200000' },
    });
    expect(await get(foreign.caseId)).toMatchObject({ card: null });
    expect((await edge.app.request(`/v1/job-card?caseId=${told.caseId}`)).status).toBe(401);
    expect((await edge.app.request('/v1/job-card?caseId=x', { headers })).status).toBe(400);
  });
});
