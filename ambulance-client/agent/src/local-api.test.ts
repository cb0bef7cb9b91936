import * as v from 'valibot';
import { expect, test } from 'vitest';
import { localApi } from './local-api.ts';
import { quietLog } from './platform/virtual-time.fixture.ts';
import { openInput, vehicleDay, crewActor } from './vehicle-day.fixture.ts';

function setUp() {
  const day = vehicleDay();
  const app = localApi(day.agent, quietLog);
  const get = (path: string, headers: Record<string, string> = {}) =>
    app.request(`http://127.0.0.1:8181${path}`, { headers: { host: '127.0.0.1:8181', ...headers } });
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    app.request(`http://127.0.0.1:8181${path}`, {
      method: 'POST',
      headers: { host: '127.0.0.1:8181', 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return { ...day, get, post };
}
const openBody = { ...openInput, sealed: { name: '张三' } };
const Coded = v.object({ code: v.string() });
const Opened = v.object({ caseId: v.string() });
const codeOf = async (response: Response) => [response.status, v.parse(Coded, await response.json()).code];

test('a case is opened, told about, pre-alerted and shown with its chain', async () => {
  const { get, post, region, time } = setUp();
  const opened = await post('/v1/cases', openBody);
  expect(opened.status).toBe(201);
  const { caseId } = v.parse(Opened, await opened.json());
  const recorded = await post(`/v1/cases/${caseId}/events`, {
    actor: crewActor,
    type: 'complaint.recorded',
    clinical: { complaintId: 'c-1', codes: ['sweating'] },
  });
  expect(recorded.status).toBe(201);
  const pressed = await post(`/v1/cases/${caseId}/pre-alerts`, {
    actor: crewActor,
    specialty: 'chest-pain',
    tier: 'level-1',
    hospitalId: null,
  });
  expect(pressed.status).toBe(201);
  expect(await (await get('/v1/status')).json()).toMatchObject({ rung: 'none', waiting: { evt: 3, vit: 0, pos: 0 } });
  region.connect();
  await time.advance(2_000);
  expect(await (await get('/v1/cases')).json()).toMatchObject({ cases: [{ caseId, waiting: 0 }] });
  const screen = await (await get(`/v1/cases/${caseId}`)).json();
  expect(screen).toMatchObject({ prefixSeq: 3, requests: [{ isStored: true, advice: [] }] });
  expect(JSON.stringify(screen)).not.toContain('张三');
});

test('only loopback names are answered, whatever the address', async () => {
  const { get, post } = setUp();
  expect(await codeOf(await get('/v1/status', { host: 'evil.example' }))).toEqual([403, 'request.not-local']);
  expect(await codeOf(await get('/v1/status', { origin: 'https://evil.example' }))).toEqual([403, 'request.not-local']);
  expect(await codeOf(await post('/v1/cases', openBody, { origin: 'null' }))).toEqual([403, 'request.not-local']);
  expect((await get('/v1/status', { host: 'localhost:8181', origin: 'http://localhost:5173' })).status).toBe(200);
});

test.each([
  ['an unknown field', { ...openBody, isAdmin: true }, [400, 'request.invalid']],
  [
    'a patient with an unknown field',
    { ...openBody, patient: { ...openBody.patient, name: '张三' } },
    [400, 'request.invalid'],
  ],
  ['an actor of another kind', { ...openBody, actor: { ...crewActor, kind: 'staff' } }, [400, 'request.invalid']],
  ['no JSON', '{', [400, 'request.invalid']],
  ['too deep', '['.repeat(5_000), [400, 'request.invalid']],
  ['too much', JSON.stringify({ ...openBody, sealed: { note: 'x'.repeat(70_000) } }), [413, 'request.too-large']],
])('H17: %s is refused with a code, echoes nothing and journals nothing', async (_, body, expected) => {
  const { post, agent } = setUp();
  const response = await post('/v1/cases', body);
  const text = await response.clone().text();
  expect(await codeOf(response)).toEqual(expected);
  expect(text).not.toMatch(/张三|xxx/);
  expect(agent.status().waiting.evt).toBe(0);
});

test('a form post from a page is refused', async () => {
  const { post } = setUp();
  expect(await codeOf(await post('/v1/cases', openBody, { 'content-type': 'text/plain' }))).toEqual([
    400,
    'request.not-json',
  ]);
});

test('a repeated press with the same event id is one event', async () => {
  const { post, agent } = setUp();
  const { caseId } = v.parse(Opened, await (await post('/v1/cases', openBody)).json());
  const press = {
    actor: crewActor,
    eventId: '01890000-0000-7000-8000-00000000dddd',
    specialty: null,
    tier: 'level-2',
    hospitalId: null,
  };
  const answers = await Promise.all([
    post(`/v1/cases/${caseId}/pre-alerts`, press),
    post(`/v1/cases/${caseId}/pre-alerts`, press),
  ]);
  const bodies = await Promise.all(answers.map((answer) => answer.json()));
  expect(bodies[0]).toEqual(bodies[1]);
  expect(agent.status().waiting.evt).toBe(2);
});

test('cases and routes that are not there are not found', async () => {
  const { get, post } = setUp();
  expect(await codeOf(await get('/v1/cases/01890000-0000-7000-8000-00000000eeee'))).toEqual([404, 'case.not-found']);
  expect(await codeOf(await get('/v1/cases/x'))).toEqual([404, 'case.not-found']);
  expect(await codeOf(await get('/v1/nothing'))).toEqual([404, 'route.not-found']);
  const act = { actor: crewActor, type: 'complaint.recorded', clinical: { complaintId: 'c-1', codes: [] } };
  expect(await codeOf(await post('/v1/cases/01890000-0000-7000-8000-00000000eeee/events', act))).toEqual([
    404,
    'case.not-found',
  ]);
});
