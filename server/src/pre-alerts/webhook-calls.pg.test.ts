import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PATIENT_NAME, people } from '../people/town-people.fixture.ts';
import { createTown, type OpenedCase, type Town } from '../people/town.fixture.ts';
import { locateTarget } from '../people/locate-target.ts';
import { createLogger } from '../platform/logger.ts';
import { PreAlertId, TargetId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import { answerPreAlert } from './answer-pre-alert.ts';
import { makeOutsideCalls, type WebhookCallsOptions } from './webhook-calls.ts';
import type { FetchCall } from './webhook-request.ts';

let town: Town;
let opened: OpenedCase;
let cases = 0;
beforeAll(async () => {
  town = await createTown();
});
afterAll(() => town.close());
beforeEach(async () => {
  // Only the case of this test rings.
  await town.rows('UPDATE pre_alert_target SET is_ringing = false');
  await town.rows('UPDATE due_step SET withdrawn_at = now() WHERE fired_at IS NULL');
  await town.rows('UPDATE outside_call SET done_at = now()');
  opened = await town.openCase((cases += 1));
});

type Sent = { url: string; init: Parameters<FetchCall>[1] };
/** A receiver that gives these answers in turn, the last one for ever; 0 is a connection that fails. */
function receiver(...statuses: number[]): { sent: Sent[]; options: WebhookCallsOptions } {
  const sent: Sent[] = [];
  const fetch: FetchCall = async (url, init) => {
    sent.push({ url, init });
    const status = statuses.length > 1 ? statuses.shift() : statuses[0];
    if (!status) throw new TypeError('fetch failed');
    return { status, body: null };
  };
  const { db, clock, ids } = town.people;
  const timers = { after: () => () => undefined };
  const webhook = { url: 'https://calls.example/pentad', secret: 'shared' };
  return { sent, options: { db, clock, ids, timers, log: createLogger('silent'), fetch, webhook } };
}
const fireAfter = async (seconds: number): Promise<void> => {
  town.clock.advance(seconds * 1_000);
  await town.fireDue();
};
const rowsOf = () =>
  town.rows(
    'SELECT step, attempts, last_code, done_at IS NOT NULL AS is_done FROM outside_call WHERE target_id = $1 ORDER BY step',
    [opened.targetId],
  );

describe('a step that calls outside', () => {
  test('is posted once, signed, with ids and codes alone, and leaves audit', async () => {
    const { sent, options } = receiver(204);
    await fireAfter(30);
    expect(await makeOutsideCalls(options)).toBe(0);
    await fireAfter(30);
    expect(await makeOutsideCalls(options)).toBe(1);
    expect(await makeOutsideCalls(options)).toBe(0);
    const [call] = sent;
    expect(JSON.parse(call?.init.body ?? '')).toEqual({
      alertId: opened.preAlertId,
      targetId: opened.targetId,
      deskId: 'desk-1',
      tier: 'level-1',
      specialty: 'chest-pain',
      step: 'second-channel',
      round: 0,
      firedAtMs: town.clock.nowMs(),
    });
    expect(call?.init).toMatchObject({ method: 'POST', redirect: 'manual' });
    expect(JSON.stringify(call)).not.toContain(PATIENT_NAME);
    const timestamp = call?.init.headers['pentad-timestamp'];
    const signature = createHmac('sha256', 'shared').update(`${timestamp}.${call?.init.body}`).digest('hex');
    expect(call?.init.headers['pentad-signature']).toBe(`sha256=${signature}`);
    expect(await rowsOf()).toEqual([{ step: 'second-channel', attempts: 1, last_code: 'http-204', is_done: true }]);
    expect(await town.auditActions()).toContain('outside-call.taken');
  });

  test('is made once by two instances at once', async () => {
    const { sent, options } = receiver(200);
    await fireAfter(60);
    await Promise.all([makeOutsideCalls(options), makeOutsideCalls(options), makeOutsideCalls(options)]);
    expect(sent).toHaveLength(1);
  });

  test('is tried again later after a failure, a redirect and an error of the receiver, as the same call', async () => {
    const { sent, options } = receiver(0, 302, 500, 200);
    await fireAfter(60);
    expect(await makeOutsideCalls(options)).toBe(1);
    for (const waitMs of [2_000, 4_000, 8_000]) {
      town.clock.advance(waitMs - 1);
      expect(await makeOutsideCalls(options)).toBe(0);
      town.clock.advance(1);
      expect(await makeOutsideCalls(options)).toBe(1);
    }
    expect(new Set(sent.map(({ init }) => init.headers['pentad-call'])).size).toBe(1);
    expect(await rowsOf()).toEqual([{ step: 'second-channel', attempts: 4, last_code: 'http-200', is_done: true }]);
  });

  test('is not made once somebody has answered', async () => {
    const { sent, options } = receiver(0);
    await fireAfter(60);
    await makeOutsideCalls(options);
    const on = { preAlertId: v.parse(PreAlertId, opened.preAlertId), targetId: v.parse(TargetId, opened.targetId) };
    const located = await locateTarget(town.views, people.nurse, on);
    await answerPreAlert(town.answers, people.nurse, located, {
      opId: `op-answer-${cases}`,
      answer: 'accept',
      minutes: null,
      reason: null,
    });
    town.clock.advance(60_000);
    await makeOutsideCalls(options);
    expect(sent).toHaveLength(1);
    expect(await rowsOf()).toEqual([{ step: 'second-channel', attempts: 1, last_code: 'not-needed', is_done: true }]);
  });

  test('is made by every rung above and by repeats, and given up after a quarter of an hour', async () => {
    const { sent, options } = receiver(0);
    await fireAfter(60);
    await fireAfter(60);
    await makeOutsideCalls(options);
    expect(sent.map(({ init }) => JSON.parse(init.body).step)).toEqual(['second-channel', 'director-and-region']);
    await fireAfter(60);
    await fireAfter(60);
    town.clock.advance(16 * 60_000);
    await makeOutsideCalls(options);
    expect((await rowsOf()).filter((row) => row['is_done']).map((row) => row['last_code'])).toEqual([
      'given-up',
      'given-up',
    ]);
  });
});
