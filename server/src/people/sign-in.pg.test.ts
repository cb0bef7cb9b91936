import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoSignIn, listDemoIdentities } from './demo-sign-in.ts';
import { issueWsTicket } from './issue-ws-ticket.ts';
import { readSession, recheckSession } from './read-session.ts';
import { redeemWsTicket } from './redeem-ws-ticket.ts';
import { signIn, type NewSession } from './sign-in.ts';
import { signOut } from './sign-out.ts';
import { PASSWORD, people } from './town-people.fixture.ts';
import { createTown, type Town } from './town.fixture.ts';

let town: Town;
beforeAll(async () => {
  town = await createTown();
});
afterAll(() => town.close());

const trySignIn = (login: string, password = PASSWORD, earlier: string | null = null): Promise<NewSession> =>
  signIn(town.people, { login, password }, earlier);
const refusal = (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    () => 'done',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  );

describe('sign-in', () => {
  test('gives a session that reads back as the person with role and desks, keeps only its hash, and leaves audit', async () => {
    const session = await trySignIn('nurse');
    expect(session.actor).toEqual(people.nurse);
    expect(session.expiresAtMs - town.clock.nowMs()).toBe(12 * 3_600_000);
    const read = await readSession(town.people, session.token);
    expect(read?.actor).toEqual(people.nurse);
    const [row] = await town.rows("SELECT encode(token_hash, 'hex') AS hash FROM staff_session");
    expect(row?.['hash']).toBe(session.sessionKey);
    expect(JSON.stringify(await town.rows('SELECT * FROM staff_session'))).not.toContain(session.token);
    const audit = await town.rows("SELECT chain, actor_id FROM audit_row WHERE action = 'sign-in.done'");
    expect(audit).toEqual([{ chain: 'hospital-1', actor_id: people.nurse.staffId }]);
  });

  test('H21: unknown login, wrong password and disabled person are refused alike, and the refusal is not put to their name', async () => {
    await town.rows("UPDATE staff SET disabled_at = now() WHERE login = 'administrator'");
    expect(await refusal(trySignIn('nobody-at-all'))).toBe('sign-in.refused');
    expect(await refusal(trySignIn('doctor', 'wrong'))).toBe('sign-in.refused');
    expect(await refusal(trySignIn('administrator'))).toBe('sign-in.refused');
    const audit = await town.rows(
      "SELECT DISTINCT actor_kind, actor_id FROM audit_row WHERE action = 'sign-in.refused'",
    );
    expect(audit).toEqual([{ actor_kind: 'system', actor_id: 'api' }]);
    await town.rows("UPDATE staff SET disabled_at = NULL WHERE login = 'administrator'");
  });

  test('H21: what was typed as login is kept nowhere', async () => {
    await refusal(trySignIn('my-secret-password'));
    const everything = JSON.stringify([
      await town.rows('SELECT * FROM sign_in_failure'),
      await town.rows('SELECT * FROM audit_row'),
    ]);
    expect(everything).not.toContain('my-secret-password');
  });

  test('H21: after five failures each try waits, at most a minute, and a good one then clears the count', async () => {
    for (let n = 0; n < 5; n += 1) expect(await refusal(trySignIn('dispatcher', 'wrong'))).toBe('sign-in.refused');
    expect(await refusal(trySignIn('dispatcher'))).toBe('sign-in.slow-down');
    town.clock.advance(1_000);
    expect(await refusal(trySignIn('dispatcher', 'wrong'))).toBe('sign-in.refused');
    for (let n = 0; n < 12; n += 1) {
      town.clock.advance(60_000);
      expect(await refusal(trySignIn('dispatcher', 'wrong'))).toBe('sign-in.refused');
    }
    town.clock.advance(59_000);
    expect(await refusal(trySignIn('dispatcher'))).toBe('sign-in.slow-down');
    town.clock.advance(1_000);
    expect(await refusal(trySignIn('dispatcher'))).toBe('done');
    expect(await refusal(trySignIn('dispatcher'))).toBe('done');
  });

  test('H21: many tries at once are counted before any password is looked at', async () => {
    const tries = await Promise.all(Array.from({ length: 20 }, () => refusal(trySignIn('supervisor', 'wrong'))));
    expect(tries.filter((code) => code === 'sign-in.refused')).toHaveLength(5);
  });

  test('H21: a stranger cannot slow down the browser a nurse has signed in with before', async () => {
    const before = await trySignIn('otherNurse');
    await signOut(town.people, before);
    for (let n = 0; n < 8; n += 1) await refusal(trySignIn('otherNurse', 'wrong'));
    expect(await refusal(trySignIn('otherNurse'))).toBe('sign-in.slow-down');
    expect(await refusal(trySignIn('otherNurse', PASSWORD, 'made-up'))).toBe('sign-in.slow-down');
    expect(await refusal(trySignIn('otherNurse', PASSWORD, before.token))).toBe('done');
    for (let n = 0; n < 5; n += 1) await refusal(trySignIn('otherNurse', 'wrong', before.token));
    expect(await refusal(trySignIn('otherNurse', PASSWORD, before.token))).toBe('sign-in.slow-down');
  });
});

describe('session', () => {
  test('H18: ends at sign-out, and a second sign-out changes nothing and leaves no second row', async () => {
    const session = await trySignIn('doctor');
    await signOut(town.people, session);
    await signOut(town.people, session);
    expect(await readSession(town.people, session.token)).toBeNull();
    expect(await recheckSession(town.people, session.sessionKey)).toBeNull();
    expect((await town.auditActions()).filter((action) => action === 'sign-out')).toHaveLength(2);
  });

  test('H18: is over after twelve hours, and with its person disabled; a changed role counts at once', async () => {
    const session = await trySignIn('doctor');
    await town.rows("UPDATE staff SET role = 'auditor' WHERE login = 'doctor'");
    expect((await recheckSession(town.people, session.sessionKey))?.actor.role).toBe('auditor');
    await town.rows("UPDATE staff SET role = 'center-specialist', disabled_at = now() WHERE login = 'doctor'");
    expect(await readSession(town.people, session.token)).toBeNull();
    await town.rows("UPDATE staff SET disabled_at = NULL WHERE login = 'doctor'");
    town.clock.advance(12 * 3_600_000);
    expect(await readSession(town.people, session.token)).toBeNull();
  });
});

describe('WebSocket ticket', () => {
  test('H20: lets its session in once, with audit', async () => {
    const session = await trySignIn('nurse');
    const { ticket, expiresAtMs } = await issueWsTicket(town.people, session);
    expect(expiresAtMs - town.clock.nowMs()).toBe(30_000);
    expect((await redeemWsTicket(town.people, ticket))?.actor).toEqual(people.nurse);
    expect(await redeemWsTicket(town.people, ticket)).toBeNull();
    expect((await town.auditActions()).slice(-3)).toEqual(
      expect.arrayContaining(['ws-ticket.issued', 'ws-ticket.redeemed']),
    );
  });

  test('H20: of ten that show it at once one gets in', async () => {
    const { ticket } = await issueWsTicket(town.people, await trySignIn('nurse'));
    const found = await Promise.all(Array.from({ length: 10 }, () => redeemWsTicket(town.people, ticket)));
    expect(found.filter((signedIn) => signedIn !== null)).toHaveLength(1);
  });

  test('H20: is nothing after 30 s, after sign-out, or made up', async () => {
    const session = await trySignIn('nurse');
    const late = await issueWsTicket(town.people, session);
    town.clock.advance(30_000);
    expect(await redeemWsTicket(town.people, late.ticket)).toBeNull();
    const orphan = await issueWsTicket(town.people, session);
    await signOut(town.people, session);
    expect(await redeemWsTicket(town.people, orphan.ticket)).toBeNull();
    expect(await redeemWsTicket(town.people, 'made-up')).toBeNull();
  });
});

describe('demo sign-in', () => {
  test('is one act without password in a demo, with audit', async () => {
    const identities = await listDemoIdentities(town.people);
    expect(identities).toContainEqual({
      login: 'nurse',
      name: '李护士',
      role: 'center-nurse',
      deskId: 'desk-1',
      placeZh: '第1医院 · 急诊预检',
      placeEn: 'Hospital 1 · Triage',
    });
    expect(identities).toContainEqual({
      login: 'supervisor',
      name: '陈主任',
      role: 'regional-supervisor',
      deskId: null,
      placeZh: '试县',
      placeEn: 'Test county',
    });
    expect((await demoSignIn(town.people, 'nurse')).actor).toEqual(people.nurse);
    expect(await town.auditActions()).toContain('sign-in.demo');
  });

  test('does not exist in production', async () => {
    const production = { ...town.people, kind: 'production' as const };
    expect(await refusal(demoSignIn(production, 'nurse'))).toBe('demo.not-found');
    expect(await refusal(listDemoIdentities(production))).toBe('demo.not-found');
    expect(await refusal(demoSignIn(town.people, 'nobody'))).toBe('demo.not-found');
  });
});
