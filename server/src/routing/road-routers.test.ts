import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as v from 'valibot';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { FakeTime, recordingLog } from '../platform/fake-time.fixture.ts';
import { MAX_ANSWER_BYTES, ROUTE_TIMEOUT_MS } from './ask-route-service.ts';
import { chooseRouter, RoutingSettings } from './choose-router.ts';
import { estimateByGreatCircle } from './great-circle-router.ts';

const from = { latitudeDeg: 31.3, longitudeDeg: 120.6 };
const to = { latitudeDeg: 31.35, longitudeDeg: 120.65 };

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const json =
  (body: unknown, status = 200): Answer =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function service(answer: Answer) {
  const asked: { readonly line: string; readonly body: string }[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      asked.push({ line: `${request.method} ${request.url}`, body: Buffer.concat(parts).toString() });
      answer(request, response);
    });
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { asked, port: (server.address() as AddressInfo).port };
}

function routerFor(kind: 'osrm' | 'valhalla', port: number, path = '') {
  const time = new FakeTime();
  const log = recordingLog();
  const settings = v.parse(RoutingSettings, { kind, baseUrl: `http://127.0.0.1:${port}${path}` });
  return { router: chooseRouter(settings, { timers: time, fetch: globalThis.fetch, log }), time, log };
}

const osrmAnswer = (duration: unknown, distance: unknown) => ({
  code: 'Ok',
  routes: [{ duration, distance, weight: 1, legs: [] }],
  waypoints: [],
});
const valhallaAnswer = (time: unknown, length: unknown, units = 'kilometers') => ({
  trip: { status: 0, status_message: 'Found route', units, language: 'en-US', summary: { time, length }, legs: [] },
});

describe('OSRM', () => {
  test('is asked for the way by longitude and latitude, and its answer has a band', async () => {
    const { asked, port } = await service(json(osrmAnswer(754.4, 9_120.6)));
    const { router, log } = routerFor('osrm', port);
    expect(await router.eta(from, to, 5_000)).toEqual({
      seconds: 754,
      fromSeconds: 528,
      toSeconds: 1_192,
      metres: 9_121,
      source: 'osrm',
      computedAtMs: 5_000,
    });
    expect(asked).toEqual([
      {
        line: 'GET /route/v1/driving/120.6000000,31.3000000;120.6500000,31.3500000?overview=false&steps=false&alternatives=false',
        body: '',
      },
    ]);
    expect(log.lines).toEqual([]);
  });

  test('may lie under a path', async () => {
    const { asked, port } = await service(json(osrmAnswer(754, 9_120)));
    await routerFor('osrm', port, '/maps/osrm').router.eta(from, to, 0);
    expect(asked[0]?.line).toMatch(/^GET \/maps\/osrm\/route\/v1\/driving\//);
  });
});

describe('Valhalla', () => {
  test('is asked by POST, and kilometres become metres', async () => {
    const { asked, port } = await service(json(valhallaAnswer(754.4, 9.1206)));
    const { router } = routerFor('valhalla', port);
    expect(await router.eta(from, to, 5_000)).toMatchObject({ seconds: 754, metres: 9_121, source: 'valhalla' });
    expect(asked[0]?.line).toBe('POST /route');
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
      locations: [
        { lat: 31.3, lon: 120.6 },
        { lat: 31.35, lon: 120.65 },
      ],
      costing: 'auto',
      units: 'kilometers',
      directions_type: 'none',
    });
  });
});

const straightM = 7_332;
const fallBacks: [what: string, reason: string, osrm: Answer, valhalla: Answer][] = [
  [
    'no road',
    'refused',
    json({ code: 'NoRoute' }, 400),
    json({ error_code: 442, error: 'No path could be found' }, 400),
  ],
  ['no road, said with 200', 'unreadable', json({ code: 'NoSegment' }), json({ trip: { status: 442 } })],
  ['no way in it', 'unreadable', json({ code: 'Ok', routes: [] }), json({ trip: { status: 0, units: 'kilometers' } })],
  ['numbers as text', 'unreadable', json(osrmAnswer('754', '9120')), json(valhallaAnswer('754', '9.12'))],
  ['numbers below nothing', 'unreadable', json(osrmAnswer(-1, 9_120)), json(valhallaAnswer(-1, 9.12))],
  ['another unit', 'implausible', json(osrmAnswer(754, 9.12)), json(valhallaAnswer(754, 0.009))],
  [
    'shorter than a straight road',
    'implausible',
    json(osrmAnswer(754, straightM - 2_100)),
    json(valhallaAnswer(754, 5.2)),
  ],
  ['faster than an ambulance', 'implausible', json(osrmAnswer(150, 9_120)), json(valhallaAnswer(150, 9.12))],
  ['longer than a day', 'implausible', json(osrmAnswer(86_401, 9_120)), json(valhallaAnswer(86_401, 9.12))],
  ['a page of a captive portal', 'unreadable', html(), html()],
  ['nothing', 'unreadable', empty(), empty()],
  ['a redirect', 'unreachable', redirect(), redirect()],
  ['a server error', 'refused', json({}, 503), json({}, 503)],
  ['a broken connection', 'unreachable', broken(), broken()],
  ['more than it may send', 'too-large', flood(), flood()],
];

describe.each(['osrm', 'valhalla'] as const)('%s that gives', (kind) => {
  test.each(fallBacks)('%s falls back to the great circle (%s)', async (_, reason, osrm, valhalla) => {
    const { port } = await service(kind === 'osrm' ? osrm : valhalla);
    const { router, log } = routerFor(kind, port);
    expect(await router.eta(from, to, 5_000)).toEqual(estimateByGreatCircle(from, to, 5_000));
    expect(log.lines).toEqual([{ level: 'warn', code: 'routing.fell-back', fields: { source: kind, reason } }]);
  });

  test('no answer falls back after 2 s, and no timer is left', async () => {
    const { asked, port } = await service(() => undefined);
    const { router, time, log } = routerFor(kind, port);
    const eta = router.eta(from, to, 5_000);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    await time.advance(ROUTE_TIMEOUT_MS - 1);
    expect(log.lines).toEqual([]);
    await time.advance(1);
    expect(await eta).toMatchObject({ source: 'great-circle' });
    expect(log.lines[0]?.fields).toMatchObject({ reason: 'timeout' });
    expect(time.pendingDelaysMs).toEqual([]);
  });

  test('half an answer falls back after 2 s', async () => {
    const { asked, port } = await service((_, response) => void response.writeHead(200).write('{"code":"Ok",'));
    const { router, time, log } = routerFor(kind, port);
    const eta = router.eta(from, to, 5_000);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    await time.advance(ROUTE_TIMEOUT_MS);
    expect(await eta).toMatchObject({ source: 'great-circle' });
    expect(log.lines[0]?.fields).toMatchObject({ reason: 'timeout' });
  });

  test('no ear at its address falls back', async () => {
    const { port } = await service(json({}));
    for (const close of closing.splice(0)) close();
    const { router, log } = routerFor(kind, port);
    expect(await router.eta(from, to, 5_000)).toMatchObject({ source: 'great-circle' });
    expect(log.lines[0]?.fields).toMatchObject({ reason: 'unreachable' });
  });
});

describe('settings', () => {
  test.each([
    ['great circle', { kind: 'great-circle' }, true],
    ['osrm', { kind: 'osrm', baseUrl: 'https://osrm.example/v5' }, true],
    ['valhalla with a costing', { kind: 'valhalla', baseUrl: 'http://10.0.0.4:8002', costing: 'emergency' }, true],
    ['osrm without address', { kind: 'osrm' }, false],
    ['another protocol', { kind: 'osrm', baseUrl: 'file:///etc/passwd' }, false],
    ['a password', { kind: 'osrm', baseUrl: 'http://user:secret@osrm.example/' }, false],
    ['a query', { kind: 'valhalla', baseUrl: 'http://valhalla.example/?key=1' }, false],
    ['no address at all', { kind: 'valhalla', baseUrl: 'valhalla' }, false],
    ['a profile that climbs', { kind: 'osrm', baseUrl: 'http://osrm.example/', profile: '../admin' }, false],
    ['another service', { kind: 'google' }, false],
  ])('%s', (_, settings, isTaken) => {
    expect(v.is(RoutingSettings, settings)).toBe(isTaken);
  });

  test('without a service there is no question to anyone', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>();
    const router = chooseRouter({ kind: 'great-circle' }, { timers: new FakeTime(), fetch, log: recordingLog() });
    expect(await router.eta(from, to, 5_000)).toEqual(estimateByGreatCircle(from, to, 5_000));
    expect(fetch).not.toHaveBeenCalled();
  });
});

function html(): Answer {
  return (_, response) => void response.end('<html>log in</html>');
}
function empty(): Answer {
  return (_, response) => void response.end();
}
function redirect(): Answer {
  const good = json({ ...osrmAnswer(754, 9_120), ...valhallaAnswer(754, 9.12) });
  return (request, response) => {
    if (request.url === '/elsewhere') good(request, response);
    else response.writeHead(302, { location: '/elsewhere' }).end();
  };
}
function broken(): Answer {
  return (request) => void request.socket.destroy();
}
function flood(): Answer {
  return (_, response) => void response.end(Buffer.alloc(MAX_ANSWER_BYTES + 1, ' '));
}
