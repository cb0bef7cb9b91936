import { CaseView } from '@pentad/protocol/case-view';
import { CaseDetail, NumericsSeries, Problem, Region } from '@pentad/protocol/http-api';
import { caseIdOf, preAlertIdOf, START_MS, targetIdOf } from '@pentad/protocol/testing/boring-ids';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PATIENT_NAME, type PersonName } from '../people/town-people.fixture.ts';
import { addNumerics, type OpenedCase } from '../people/town.fixture.ts';
import { asJson, createHttpTown, ORIGIN, type HttpTown } from './http-town.fixture.ts';

let edge: HttpTown;
let opened: OpenedCase;
const cookies = new Map<PersonName, string>();
beforeAll(async () => {
  edge = await createHttpTown();
  opened = await edge.town.openCase(1);
  await addNumerics(edge.town, { caseId: opened.caseId, count: 3 });
  for (const person of ['nurse', 'otherNurse', 'supervisor', 'auditor'] as const)
    cookies.set(person, await edge.signIn(person));
});
afterAll(() => edge.close());

const as = (person: PersonName) => ({ cookie: cookies.get(person) ?? '' });
const get = (path: string, person?: PersonName) => edge.app.request(path, { headers: person ? as(person) : {} });
const post = (path: string, body: unknown, person?: PersonName) =>
  edge.app.request(path, asJson(body, person ? as(person) : {}));
const problemOf = async (response: Response) => {
  const { code, message, requestId } = v.parse(v.strictObject(Problem.entries), await response.json());
  expect(requestId).toBe(response.headers.get('x-request-id'));
  return { status: response.status, code, message };
};
const answerPath = (target = opened) => `/v1/pre-alerts/${target.preAlertId}/targets/${target.targetId}/answer`;
const seenPath = () => `/v1/pre-alerts/${opened.preAlertId}/targets/${opened.targetId}/seen`;
const accept = (opId: string) => ({ opId, answer: 'accept', minutes: null, reason: null });

describe('the reading routes', () => {
  test('answer as the contract says', async () => {
    const region = v.parse(v.strictObject(Region.entries), await (await get('/v1/region', 'nurse')).json());
    expect(region.hospitals.map((hospital) => hospital.hospitalId)).toEqual(['hospital-1', 'hospital-2']);
    const detail = v.parse(
      v.strictObject(CaseDetail.entries),
      await (await get(`/v1/cases/${opened.caseId}`, 'nurse')).json(),
    );
    expect(detail.case.patientName).toBe(PATIENT_NAME);
    const path = `/v1/cases/${opened.caseId}/numerics?fromMs=${START_MS}&toMs=${START_MS + 60_000}`;
    expect(v.parse(v.strictObject(NumericsSeries.entries), await (await get(path, 'nurse')).json()).items).toHaveLength(
      3,
    );
    expect((await get(path, 'nurse')).headers.get('cache-control')).toBe('no-store');
  });

  test.each([
    'fromMs=1',
    'fromMs=1&toMs=x',
    'fromMs=-1&toMs=1',
    'fromMs=1&toMs=2&toMs=3',
    'fromMs=1&toMs=2&more=1',
    'fromMs=1&toMs=99999999999999',
  ])('refuse the window %s', async (query) => {
    expect((await get(`/v1/cases/${opened.caseId}/numerics?${query}`, 'nurse')).status).toBe(400);
  });
});

describe('H15: what is not theirs is not there', () => {
  const paths = (caseId: string) => [`/v1/cases/${caseId}`, `/v1/cases/${caseId}/numerics?fromMs=1&toMs=2`];

  test('a case of another center, a case that does not exist, and an id that is none get one answer', async () => {
    const answers = [];
    for (const path of [...paths(opened.caseId), ...paths(caseIdOf(99)), ...paths('not-an-id')])
      answers.push(await problemOf(await get(path, 'otherNurse')));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 404, code: 'case.not-found' });
  });

  test('so do targets', async () => {
    const stranger = { preAlertId: preAlertIdOf(9), targetId: targetIdOf(9) };
    const answers = [];
    for (const on of [
      opened,
      stranger,
      { ...stranger, targetId: opened.targetId },
      { preAlertId: 'none', targetId: 'none' },
    ]) {
      for (const act of ['answer', 'seen']) {
        const body = act === 'answer' ? accept('op-stranger-1') : { opId: 'op-stranger-1' };
        answers.push(
          await problemOf(
            await post(`/v1/pre-alerts/${on.preAlertId}/targets/${on.targetId}/${act}`, body, 'otherNurse'),
          ),
        );
      }
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 404, code: 'pre-alert.not-found' });
  });

  test('nobody passes without a session', async () => {
    for (const path of ['/v1/session', '/v1/region', ...paths(opened.caseId)])
      expect((await get(path)).status, path).toBe(401);
    expect((await post(answerPath(), accept('op-nobody-1'))).status).toBe(401);
  });
});

describe('the answer routes', () => {
  test('mark seen, answer, and answer the same act with the same state', async () => {
    const reply = v.strictObject({ case: CaseView });
    const seen = v.parse(reply, await (await post(seenPath(), { opId: 'op-seen-0001' }, 'nurse')).json());
    expect(seen.case.preAlerts[0]?.targets[0]?.seen?.byName).toBe('李护士');
    const first = v.parse(reply, await (await post(answerPath(), accept('op-accept-1'), 'nurse')).json());
    expect(first.case).toMatchObject({ visibility: 'full', patientName: PATIENT_NAME });
    expect(first.case.timeline.length).toBe(first.case.caseSeq);
    expect(first.case.preAlerts[0]?.ownerTargetId).toBe(opened.targetId);
    const again = v.parse(reply, await (await post(answerPath(), accept('op-accept-1'), 'nurse')).json());
    expect(again.case.caseSeq).toBe(first.case.caseSeq);
  });

  test('say conflict, wrong role and invalid input each in its own way', async () => {
    expect(await problemOf(await post(answerPath(), accept('op-accept-2'), 'nurse'))).toMatchObject({
      status: 409,
      code: 'pre-alert.already-accepted',
    });
    expect(await problemOf(await post(answerPath(), accept('op-accept-3'), 'supervisor'))).toMatchObject({
      status: 403,
      code: 'pre-alert.not-your-desk',
    });
    expect(await problemOf(await post(answerPath(), accept('op-accept-4'), 'auditor'))).toMatchObject({
      status: 403,
      code: 'case.role-refused',
    });
    for (const body of [
      {},
      { ...accept('op-accept-5'), minutes: 0 },
      { ...accept('op'), opId: 'x' },
      { ...accept('op-accept-6'), ackedBy: 'me' },
      [],
      'text',
    ]) {
      expect((await post(answerPath(), body, 'nurse')).status, JSON.stringify(body)).toBe(400);
    }
  });

  test('H19: act only for our own pages', async () => {
    const from = (headers: Record<string, string>) =>
      edge.app.request(seenPath(), asJson({ opId: 'op-origin-1' }, { ...as('nurse'), ...headers }));
    expect((await from({ origin: ORIGIN })).status).toBe(200);
    expect((await from({ 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect(await problemOf(await from({ origin: 'https://evil.example' }))).toMatchObject({
      status: 403,
      code: 'request.origin-refused',
    });
    expect((await from({ origin: 'null' })).status).toBe(403);
    expect((await from({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });

  test('are not kept from anybody by that person’s reading', async () => {
    const reads = await Promise.all(
      Array.from({ length: 120 }, async () => get(`/v1/cases/${opened.caseId}`, 'nurse')),
    );
    const statuses = new Set(reads.map((response) => response.status));
    expect(statuses).toEqual(new Set([200, 429]));
    expect((await post(seenPath(), { opId: 'op-seen-0002' }, 'nurse')).status).toBe(200);
  });
});
