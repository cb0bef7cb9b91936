import { TargetId } from '@pentad/protocol/ids';
import { deskIdOf, hospitalIdOf, preAlertIdOf, START_MS, targetIdOf } from '@pentad/protocol/testing/boring-ids';
import { event } from '@pentad/protocol/testing/builders';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nurse, otherNurse } from '../platform/staff.fixture.ts';
import { answerPreAlert } from '../pre-alerts/answer-pre-alert.ts';
import type { CasePlanner } from './case-planner.ts';
import { authorizeOwnPart } from './case-units.ts';
import { createCaseDatabase, fact, ingest, type CaseDatabase, type OpenAlert } from './case-database.fixture.ts';

let house: CaseDatabase;
let opened: OpenAlert;
beforeAll(async () => {
  house = await createCaseDatabase();
  opened = await house.openAlert();
});
afterAll(() => house.close());

/** A target of the alert at the second hospital; `n` says where its row lies among the others. */
const sideTarget = (of: OpenAlert, n: number) => ({
  targetId: v.parse(TargetId, `019b76da-a800-70d0-${n.toString(16)}-${of.caseId.slice(-12)}`),
  hospitalId: hospitalIdOf(2),
  deskId: deskIdOf(2),
});
const accept = { opId: 'operation-1', answer: 'accept', minutes: null, reason: null } as const;
const on = (of = opened) => ({
  caseId: of.caseId,
  preAlertId: of.preAlertId,
  targetId: of.targetId,
});
const targets = (of = opened) =>
  house.rows('SELECT desk_id, is_owner, is_ringing FROM pre_alert_target WHERE case_id = $1 ORDER BY desk_id', [
    of.caseId,
  ]);
const pending = (of = opened) =>
  house.rows(
    'SELECT step, d.round FROM due_step d JOIN pre_alert_target t USING (target_id) WHERE case_id = $1 AND fired_at IS NULL AND withdrawn_at IS NULL ORDER BY due_at',
    [of.caseId],
  );
const ladder = ['all-on-duty', 'second-channel', 'director-and-region', 'next-desk'];
const asIngest = (sql: string, values: readonly unknown[]) =>
  house.database.db.withActor(ingest, (tx) => tx.query(sql, values));

describe('the rows of a pre-alert', () => {
  test('are written with it: alert, target, access and the whole ladder', async () => {
    const { caseId } = opened;
    const [alert] = await house.rows('SELECT specialty, tier, is_open FROM pre_alert WHERE case_id = $1', [caseId]);
    expect(alert).toEqual({ specialty: 'chest-pain', tier: 'level-1', is_open: true });
    expect(await targets()).toEqual([{ desk_id: 'desk-1', is_owner: false, is_ringing: true }]);
    expect(await house.rows('SELECT hospital_id, specialty FROM case_access WHERE case_id = $1', [caseId])).toEqual([
      { hospital_id: 'hospital-1', specialty: 'chest-pain' },
    ]);
    expect(await pending()).toEqual(ladder.map((step) => ({ step, round: 0 })));
  });

  test('withdraw every pending step with the answer, and no fired one', async () => {
    const own = await house.openAlert();
    await house.tell(fact(event('pre-alert.escalated', { ...on(own), step: 'all-on-duty' }), own.caseId));
    expect(await pending(own)).toEqual(ladder.slice(1).map((step) => ({ step, round: 0 })));
    await answerPreAlert(house, nurse, on(own), accept);
    expect([await pending(own), await targets(own)]).toEqual([
      [],
      [{ desk_id: 'desk-1', is_owner: true, is_ringing: false }],
    ]);
    const steps = await house.rows(
      'SELECT step, fired_at IS NULL AS is_unfired, withdrawn_at IS NOT NULL AS is_withdrawn FROM due_step WHERE target_id = $1 ORDER BY due_at',
      [own.targetId],
    );
    expect(steps[0]).toEqual({ step: 'all-on-duty', is_unfired: false, is_withdrawn: false });
    expect(steps.slice(1).every((step) => step['is_withdrawn'])).toBe(true);
  });

  test('move the pending steps when the tier rises, and bring withdrawn ones back when the desk rings again', async () => {
    const own = await house.openAlert();
    const dueSeconds = async () =>
      (
        await house.rows(
          "SELECT extract(epoch FROM due_at)::float8 AS due FROM due_step WHERE target_id = $1 AND round = 0 AND step = 'all-on-duty'",
          [own.targetId],
        )
      ).map((row) => Number(row['due']) * 1_000 - house.time.nowMs());
    expect(await dueSeconds()).toEqual([30_000]);
    await house.tell(
      fact(event('pre-alert.tier-lowered', { preAlertId: own.preAlertId, tier: 'level-2' }), own.caseId),
    );
    expect(await dueSeconds()).toEqual([60_000]);
    await house.tell(fact(event('pre-alert.tier-lowered', { preAlertId: own.preAlertId, tier: 'advice' }), own.caseId));
    expect(await pending(own)).toEqual([]);
    await house.tell(fact(event('pre-alert.tier-raised', { preAlertId: own.preAlertId, tier: 'level-1' }), own.caseId));
    expect(await pending(own)).toHaveLength(4);
  });

  test('L3: withdraw steps and ringing when the case is over', async () => {
    const own = await house.openAlert();
    await house.tell(fact(event('case.cancelled'), own.caseId));
    expect([await pending(own), (await targets(own)).map((row) => row['is_ringing'])]).toEqual([[], [false]]);
    expect(await house.rows('SELECT is_open FROM pre_alert WHERE case_id = $1', [own.caseId])).toEqual([
      { is_open: false },
    ]);
  });

  test('L10, L11: change owner in one transaction when the vehicle goes elsewhere, and give the new center access', async () => {
    const own = await house.openAlert();
    await answerPreAlert(house, nurse, on(own), accept);
    await house.tell(fact(event('destination.chosen', { hospitalId: hospitalIdOf(2) }), own.caseId));
    expect(await targets(own)).toEqual([
      { desk_id: 'desk-1', is_owner: false, is_ringing: false },
      { desk_id: 'desk-2', is_owner: false, is_ringing: true },
    ]);
    const second = await house.rows(
      "SELECT target_id FROM pre_alert_target WHERE case_id = $1 AND desk_id = 'desk-2'",
      [own.caseId],
    );
    await answerPreAlert(
      house,
      otherNurse,
      { ...on(own), targetId: v.parse(TargetId, second[0]?.['target_id']) },
      accept,
    );
    expect((await targets(own)).map((row) => row['is_owner'])).toEqual([false, true]);
  });

  test.each([
    ['before', 0x9100, 0x9200],
    ['after', 0x9200, 0x9100],
  ])('I10: pass the owner on in one plan, the new owner’s row lying %s the old one’s', async (_, first, second) => {
    const own = await house.openAlert();
    const { caseId, preAlertId } = own;
    const [old, next] = [second, first].map((n) => sideTarget(own, n));
    if (!old || !next) throw new Error('two targets');
    const answer = { answer: 'accept', minutes: null, reason: null } as const;
    const change = (act: (planner: CasePlanner) => void) =>
      house.units.change(ingest, {
        caseId,
        guard: null,
        mayOpen: false,
        authorize: authorizeOwnPart,
        decide: (state) => {
          const planner = house.plans.begin(state);
          act(planner);
          return { plan: planner.plan(), result: null };
        },
      });
    await change((planner) => {
      for (const target of [old, next]) {
        planner.write('pre-alert.target-added', { preAlertId, target, reason: 'manual', fromTargetId: null });
      }
      planner.write('pre-alert.answered', { preAlertId, targetId: old.targetId, ...answer });
    });
    await change((planner) => {
      planner.write('pre-alert.target-released', { preAlertId, targetId: old.targetId, reason: 'redirected' });
      planner.write('pre-alert.answered', { preAlertId, targetId: next.targetId, ...answer });
    });
    const owners = await house.rows('SELECT target_id FROM pre_alert_target WHERE case_id = $1 AND is_owner', [caseId]);
    expect(owners).toEqual([{ target_id: next.targetId }]);
  });
});

describe('L1: two desks accept at once', () => {
  test('one is the owner in the table, the other is told', async () => {
    const own = await house.openAlert();
    const target = sideTarget(own, 0x9900);
    const { targetId } = target;
    await house.tell(
      fact(event('pre-alert.target-added', { preAlertId: own.preAlertId, target, reason: 'ladder' }), own.caseId),
    );
    const both = await Promise.allSettled([
      answerPreAlert(house, nurse, on(own), { ...accept, opId: 'operation-21' }),
      answerPreAlert(house, otherNurse, { ...on(own), targetId }, { ...accept, opId: 'operation-22' }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await targets(own)).filter((row) => row['is_owner'])).toHaveLength(1);
    const answered = await house.rows("SELECT 1 FROM audit_row WHERE case_id = $1 AND action = 'pre-alert.answered'", [
      own.caseId,
    ]);
    expect(answered).toHaveLength(1);
  });
});

describe('the tables themselves refuse', () => {
  const alertRow = (n: number, specialty: string, isOpen = true) =>
    asIngest("INSERT INTO pre_alert VALUES ($1, $2, $3, 'level-1', $4, to_timestamp($5 / 1000.0))", [
      preAlertIdOf(n),
      opened.caseId,
      specialty,
      isOpen,
      START_MS,
    ]);
  const targetRow = (n: number, preAlertId: string, specialty: string, deskId: string, isOwner = false) =>
    asIngest('INSERT INTO pre_alert_target VALUES ($1, $2, $3, $4, $5, $6, true, now())', [
      targetIdOf(n),
      preAlertId,
      opened.caseId,
      specialty,
      deskId,
      isOwner,
    ]);
  const violates = (constraint: string) => expect.objectContaining({ constraint });
  const refusal = (run: Promise<unknown>) =>
    run.then(
      () => 'written',
      (error: unknown) => error,
    );

  test('L14: a second open pre-alert of a specialty; one that is over does not count', async () => {
    expect(await refusal(alertRow(90, 'chest-pain'))).toEqual(violates('pre_alert_one_open'));
    expect(await refusal(alertRow(91, 'chest-pain', false))).toBe('written');
    expect(await refusal(alertRow(92, 'stroke'))).toBe('written');
  });

  test.each([
    ['chest-pain', 'desk-3'],
    ['maternal', 'desk-1'],
    ['neonate', 'desk-2'],
    ['emergency', 'desk-9'],
  ])('L12: a target for %s at %s, a desk that does not serve it', async (specialty, deskId) => {
    const n = 100 + ['chest-pain', 'maternal', 'neonate', 'emergency'].indexOf(specialty);
    await alertRow(n, specialty, false);
    expect(await refusal(targetRow(n, preAlertIdOf(n), specialty, deskId))).toEqual(
      violates('pre_alert_target_desk_id_specialty_fkey'),
    );
  });

  test('L12: a target of another specialty than its pre-alert', async () => {
    expect(await refusal(targetRow(110, preAlertIdOf(92), 'chest-pain', 'desk-1'))).toEqual(
      violates('pre_alert_target_pre_alert_id_specialty_fkey'),
    );
  });

  test('I10: a second owner of a pre-alert', async () => {
    expect(await refusal(targetRow(120, preAlertIdOf(92), 'stroke', 'desk-1', true))).toBe('written');
    expect(await refusal(targetRow(121, preAlertIdOf(92), 'stroke', 'desk-3', true))).toEqual(
      violates('pre_alert_target_one_owner'),
    );
  });

  test('I4: a second finding of an episode, an event without a case, a place in the log taken twice', async () => {
    const finding = (n: number) =>
      asIngest("INSERT INTO finding VALUES ($1, $2, 'CP-STEMI', 1, now(), false)", [targetIdOf(n), opened.caseId]);
    expect(await refusal(finding(130))).toBe('written');
    expect(await refusal(finding(131))).toEqual(violates('finding_case_id_rule_id_episode_key'));
    const logged = (caseId: string) =>
      asIngest(
        "INSERT INTO case_event (case_id, case_seq, event_id, event_type, envelope, clinical, has_sealed, recorded_at) VALUES ($1, 1, gen_random_uuid(), 'x.y', '{}', '{}', false, now())",
        [caseId],
      );
    expect(await refusal(logged(preAlertIdOf(1)))).toEqual(violates('case_event_case_id_fkey'));
    expect(await refusal(logged(opened.caseId))).toEqual(violates('case_event_pkey'));
  });
});
