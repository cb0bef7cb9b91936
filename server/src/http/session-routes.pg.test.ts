import { DemoIdentity, Problem, Session, WsTicket } from '@pentad/protocol/http-api';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { redeemWsTicket } from '../people/redeem-ws-ticket.ts';
import { PASSWORD, people } from '../people/town-people.fixture.ts';
import { asJson, cookieOf, createHttpTown, type HttpTown } from './http-town.fixture.ts';

let edge: HttpTown;
beforeAll(async () => {
  edge = await createHttpTown();
});
afterAll(() => edge.close());

const post = (path: string, body: unknown, cookie = '') => edge.app.request(path, asJson(body, { cookie }));
const problemOf = async (response: Response) => {
  const { code, message } = v.parse(v.strictObject(Problem.entries), await response.json());
  return { status: response.status, code, message };
};

describe('the session routes', () => {
  test('H19: set a __Host- cookie out of reach of scripts, other hosts and other sites', async () => {
    const response = await post('/v1/session', { login: 'nurse', password: PASSWORD });
    expect(v.parse(v.strictObject(Session.entries), await response.json())).toMatchObject({
      staffId: people.nurse.staffId,
      role: 'center-nurse',
      desks: [{ deskId: 'desk-1', line: 'desk' }],
    });
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^__Host-pentad=[A-Za-z0-9_-]{43};/);
    for (const part of ['Path=/', 'Secure', 'HttpOnly', 'SameSite=Strict']) expect(cookie).toContain(part);
    expect(cookie).not.toMatch(/domain/i);
  });

  test('H18: read the session back, and refuse the cookie after sign-out', async () => {
    const cookie = await edge.signIn('doctor');
    expect((await edge.app.request('/v1/session', { headers: { cookie } })).status).toBe(200);
    expect((await edge.app.request('/v1/session', { method: 'DELETE', headers: { cookie } })).status).toBe(204);
    expect(await problemOf(await edge.app.request('/v1/session', { headers: { cookie } }))).toMatchObject({
      status: 401,
      code: 'session.none',
    });
    expect(
      await problemOf(await edge.app.request('/v1/session', { method: 'DELETE', headers: { cookie } })),
    ).toMatchObject({ status: 401 });
  });

  test('H21: answer an unknown login as a wrong password', async () => {
    const unknown = await problemOf(await post('/v1/session', { login: 'nobody', password: PASSWORD }));
    const wrong = await problemOf(await post('/v1/session', { login: 'administrator', password: 'wrong' }));
    expect(unknown).toEqual(wrong);
    expect(unknown).toMatchObject({ status: 401, code: 'sign-in.refused' });
  });

  test('H17: refuse fields nobody asked for, and echo nothing of what was submitted', async () => {
    const response = await post('/v1/session', { login: 'nurse', password: PASSWORD, role: 'administrator-canary' });
    const text = await response.text();
    expect(response.status).toBe(400);
    expect(JSON.parse(text)).toEqual({
      code: 'request.invalid',
      message: expect.any(String),
      requestId: expect.any(String),
    });
    expect(text).not.toContain('canary');
  });

  test('offer the demo’s people and one click', async () => {
    const identities = v.parse(
      v.array(v.strictObject(DemoIdentity.entries)),
      await (await edge.app.request('/v1/demo-identities')).json(),
    );
    expect(identities).toHaveLength(7);
    const response = await post('/v1/demo-session', { login: 'nurse' });
    expect((await edge.app.request('/v1/session', { headers: { cookie: cookieOf(response) } })).status).toBe(200);
  });

  test('H20: give a ticket that is redeemed once', async () => {
    const { ticket } = v.parse(
      v.strictObject(WsTicket.entries),
      await (await post('/v1/ws-ticket', {}, await edge.signIn('nurse'))).json(),
    );
    expect((await redeemWsTicket(edge.town.people, ticket))?.actor).toEqual(people.nurse);
    expect(await redeemWsTicket(edge.town.people, ticket)).toBeNull();
    expect((await post('/v1/ws-ticket', {})).status).toBe(401);
  });
});
