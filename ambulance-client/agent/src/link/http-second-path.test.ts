import { epochFromBytes } from '@pentad/protocol/ids';
import { encodeItem } from '@pentad/protocol/uplink';
import { expect, test } from 'vitest';
import { fakeCredentials } from '../fake-region.fixture.ts';
import { sampleDraft, sampleVehicle } from '../journal/sample-items.fixture.ts';
import { seededRandom, VirtualTime } from '../platform/virtual-time.fixture.ts';
import { HttpSecondPath } from './http-second-path.ts';

const epoch = epochFromBytes(seededRandom(1)(16));
const receipt = {
  vehicle: sampleVehicle,
  epoch,
  lane: 'evt',
  through: 1,
  ranges: [],
  refused: [],
  shed: [],
  horizon: 'gen-1',
};

function setUp(answers: Record<string, { status?: number; body: unknown }> = {}) {
  const time = new VirtualTime();
  const calls: { readonly path: string; readonly authorization: string | null; readonly body: string }[] = [];
  const fixed: Record<string, { status?: number; body: unknown }> = {
    '/healthz': { body: {} },
    '/v1/vehicle-nonce': { body: { nonce: 'nonce-of-the-server' } },
    '/v1/vehicle-token': { body: { token: 'token-1', expiresAtMs: time.nowMs() + 600_000, vehicle: sampleVehicle } },
    '/v1/uplink': { body: { receipts: [receipt] } },
    '/v1/downlink': {
      body: { vehicle: sampleVehicle, n: 4, frames: [], isSnapshot: false, cases: [], serverNowMs: 1 },
    },
    '/v1/vehicle-jwt': { body: { jwt: 'renewed', expiresAtMs: 1 } },
    ...answers,
  };
  const fetch: typeof globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const headers = new Headers(init?.headers);
    calls.push({
      path: url.pathname + url.search,
      authorization: headers.get('authorization'),
      body: typeof init?.body === 'string' ? init.body : '',
    });
    const answer = fixed[url.pathname];
    return answer
      ? Promise.resolve(Response.json(answer.body, { status: answer.status ?? 200 }))
      : Promise.reject(new Error('no route'));
  };
  const path = new HttpSecondPath({
    serverUrl: 'https://pentad.example',
    credentials: fakeCredentials(time, sampleVehicle),
    monotonicMs: () => time.monotonicMs(),
    fetch,
  });
  return { path, calls, time };
}

test('the vehicle signs the server’s nonce once and uses the token for nine minutes', async () => {
  const { path, calls, time } = setUp();
  await path.downlink(3);
  await path.renewJwt();
  expect(calls.map((call) => call.path)).toEqual([
    '/v1/vehicle-nonce',
    '/v1/vehicle-token',
    '/v1/downlink?after=3&waitMs=4000',
    '/v1/vehicle-jwt',
  ]);
  expect(JSON.parse(calls[1]?.body ?? '')).toEqual({
    jwt: 'first',
    nonce: 'nonce-of-the-server',
    signature: 'signature',
  });
  expect(calls[2]?.authorization).toBe('Bearer token-1');
  await time.advance(541_000);
  await path.renewJwt();
  expect(calls.slice(4).map((call) => call.path)).toEqual([
    '/v1/vehicle-nonce',
    '/v1/vehicle-token',
    '/v1/vehicle-jwt',
  ]);
});

test('a batch of events is sent as it lies in the journal, and the answer is the receipts', async () => {
  const { path, calls } = setUp();
  const items = [1, 2].map((seq) => sampleDraft('evt', seq).make({ seq, epoch }));
  expect(await path.uplink(items.map(encodeItem))).toEqual([receipt]);
  expect(JSON.parse(calls.at(-1)?.body ?? '')).toEqual({ items });
});

test('a refused token is fetched anew with the next request', async () => {
  const { path, calls } = setUp({ '/v1/vehicle-jwt': { status: 401, body: {} } });
  await expect(path.renewJwt()).rejects.toThrow('second-path.status-401');
  await expect(path.renewJwt()).rejects.toThrow('second-path.status-401');
  expect(calls.filter((call) => call.path === '/v1/vehicle-token')).toHaveLength(2);
});

test.each([
  [
    'a token of another vehicle',
    { '/v1/vehicle-token': { body: { token: 't', expiresAtMs: 1, vehicle: 'veh-0002-other' } } },
    'second-path.wrong-vehicle',
  ],
  ['receipts that are none', { '/v1/uplink': { body: { receipts: [{}] } } }, 'second-path.unreadable'],
  ['a page of a captive portal', { '/v1/vehicle-nonce': { body: '<html>' } }, 'second-path.unreadable'],
])('E13: %s is refused with a code', async (_, answers, code) => {
  const { path } = setUp(answers);
  await expect(path.uplink([Buffer.from('{}')])).rejects.toThrow(code);
});

test('what cannot be reached says so without the address', async () => {
  const { path } = setUp({ '/healthz': { status: 503, body: {} } });
  expect(await path.probe()).toBe(false);
  const gone = new HttpSecondPath({
    serverUrl: 'https://pentad.example',
    credentials: fakeCredentials(new VirtualTime(), sampleVehicle),
    monotonicMs: () => 0,
    fetch: () => Promise.reject(new Error('getaddrinfo pentad.example')),
  });
  await expect(gone.probe()).rejects.toThrow('second-path.unreachable');
});
