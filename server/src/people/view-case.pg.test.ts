import { PreAlertId, TargetId } from '@pentad/protocol/ids';
import { caseIdOf, preAlertIdOf, START_MS, targetIdOf } from '@pentad/protocol/testing/boring-ids';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerPreAlert, markSeen } from '../pre-alerts/answer-pre-alert.ts';
import { numericsHistory } from '../telemetry/numerics-history.ts';
import { locateTarget } from './locate-target.ts';
import { PATIENT_NAME, people } from './town-people.fixture.ts';
import { addNumerics, createTown, type OpenedCase, type Town } from './town.fixture.ts';
import { viewCase } from './view-case.ts';
import { viewRegion } from './view-region.ts';

let town: Town;
let opened: OpenedCase;
beforeAll(async () => {
  town = await createTown();
  opened = await town.openCase(1);
  await addNumerics(town, { caseId: opened.caseId, count: 20 });
});
afterAll(() => town.close());

const kindOf = (run: Promise<unknown> | (() => Promise<unknown>)): Promise<unknown> =>
  Promise.resolve()
    .then(() => (typeof run === 'function' ? run() : run))
    .then(
      () => 'done',
      (error: unknown) => (error instanceof Error && 'kind' in error ? error.kind : error),
    );
const onTarget = (): { preAlertId: PreAlertId; targetId: TargetId } => ({
  preAlertId: v.parse(PreAlertId, opened.preAlertId),
  targetId: v.parse(TargetId, opened.targetId),
});
const range = { fromMs: START_MS, toMs: START_MS + 6 * 3_600_000 };

describe('a case is opened by', () => {
  test('the nurse it was alerted to: whole name, timeline, newest numerics, cursor; and leaves one audit row', async () => {
    const before = (await town.auditActions()).length;
    const detail = await viewCase(town.views, people.nurse, opened.caseId);
    expect(detail.case).toMatchObject({ visibility: 'full', patientName: PATIENT_NAME, caseId: opened.caseId });
    expect(detail.case.timeline.map((entry) => entry.type)).toEqual([
      'case.opened',
      'identity.attached',
      'pre-alert.requested',
      'pre-alert.raised',
    ]);
    expect(detail.latest?.measuredAtMs).toBe(START_MS + 20_000);
    expect(detail.n).toBe(3);
    const audit = await town.rows(
      "SELECT chain, actor_id, case_id, purpose FROM audit_row WHERE action = 'case.viewed'",
    );
    expect(audit).toEqual([
      { chain: 'hospital-1', actor_id: people.nurse.staffId, case_id: opened.caseId, purpose: 'care' },
    ]);
    expect((await town.auditActions()).length).toBe(before + 1);
  });

  test.each(['supervisor', 'dispatcher'] as const)('the %s, with the name masked', async (person) => {
    const detail = await viewCase(town.views, people[person], opened.caseId);
    expect(detail.case).toMatchObject({ visibility: 'masked', patientName: '张*' });
  });

  test.each(['auditor', 'administrator'] as const)('never by the %s', async (person) => {
    expect(await kindOf(() => viewCase(town.views, people[person], opened.caseId))).toBe('forbidden');
    expect(await kindOf(() => numericsHistory(town.views, people[person], { caseId: opened.caseId, ...range }))).toBe(
      'forbidden',
    );
  });

  test('H15: a nurse of another hospital as little as by anybody when it does not exist', async () => {
    const refusals = await Promise.allSettled([
      viewCase(town.views, people.otherNurse, opened.caseId),
      viewCase(town.views, people.nurse, caseIdOf(99)),
    ]);
    expect(refusals.map((refusal) => refusal.status === 'rejected' && String(refusal.reason))).toEqual(
      Array.from({ length: 2 }, () => 'DomainError: no such case'),
    );
  });

  test('its desk even when the sealed name does not open', async () => {
    const second = await town.openCase(2);
    await town.rows('UPDATE person_identity SET ciphertext = $1 WHERE case_id = $2', [Buffer.alloc(64), second.caseId]);
    expect((await viewCase(town.views, people.nurse, second.caseId)).case.patientName).toBeNull();
    await town.rows("DELETE FROM vault_key WHERE scope = 'person' AND scope_id = 'person-2'");
    expect((await viewCase(town.views, people.nurse, second.caseId)).case.patientName).toBeNull();
  });
});

describe('numerics of a case', () => {
  test('come in measured order from its own vehicle alone, with one audit row', async () => {
    await addNumerics(town, { caseId: opened.caseId, count: 5, vehicle: 2 });
    const items = await numericsHistory(town.views, people.nurse, { caseId: opened.caseId, ...range });
    expect(items.map((item) => item.measuredAtMs)).toEqual(
      Array.from({ length: 20 }, (_, index) => START_MS + (index + 1) * 1_000),
    );
    expect(items.every((item) => item.vehicle === 'vehicle-0001')).toBe(true);
    expect((await town.auditActions()).filter((action) => action === 'numerics.viewed')).toHaveLength(1);
  });

  test('are refused over more than six hours or backwards, and not found for another hospital', async () => {
    const wanted = { caseId: opened.caseId, ...range };
    expect(await kindOf(() => numericsHistory(town.views, people.nurse, { ...wanted, toMs: range.toMs + 1 }))).toBe(
      'invalid',
    );
    expect(await kindOf(() => numericsHistory(town.views, people.nurse, { ...wanted, toMs: range.fromMs - 1 }))).toBe(
      'invalid',
    );
    expect(await kindOf(() => numericsHistory(town.views, people.otherNurse, wanted))).toBe('not-found');
  });

  test('are thinned to 5,000 rows by keeping every k-th as it was measured, the newest always', async () => {
    await addNumerics(town, { caseId: opened.caseId, count: 6_000, fromSeq: 100 });
    const items = await numericsHistory(town.views, people.nurse, { caseId: opened.caseId, ...range });
    expect(items.length).toBeLessThanOrEqual(5_000);
    expect(items.length).toBeGreaterThan(2_900);
    expect(items.at(-1)?.measuredAtMs).toBe(START_MS + 6_099 * 1_000);
  });
});

describe('a target is located', () => {
  test('for those its case is open to, and a knock at any other leaves a row and the same answer', async () => {
    expect(await locateTarget(town.views, people.nurse, onTarget())).toMatchObject({
      caseId: opened.caseId,
      patientName: PATIENT_NAME,
    });
    expect(await kindOf(locateTarget(town.views, people.otherNurse, onTarget()))).toBe('not-found');
    expect(
      await kindOf(locateTarget(town.views, people.nurse, { preAlertId: preAlertIdOf(9), targetId: targetIdOf(9) })),
    ).toBe('not-found');
    const mixed = { preAlertId: preAlertIdOf(9), targetId: onTarget().targetId };
    expect(await kindOf(locateTarget(town.views, people.nurse, mixed))).toBe('not-found');
    expect((await town.auditActions()).filter((action) => action === 'pre-alert.not-found')).toHaveLength(3);
  });

  test('and then answered and seen by its desk; the same act again changes nothing', async () => {
    const located = await locateTarget(town.views, people.nurse, onTarget());
    const seen = await markSeen(town.answers, people.nurse, located);
    expect((await markSeen(town.answers, people.nurse, located)).caseSeq).toBe(seen.caseSeq);
    const input = { opId: 'op-00000001', answer: 'accept', minutes: null, reason: null } as const;
    const answered = await answerPreAlert(town.answers, people.nurse, located, input);
    expect((await answerPreAlert(town.answers, people.nurse, located, input)).caseSeq).toBe(answered.caseSeq);
    expect((await town.auditActions()).filter((action) => action === 'pre-alert.answered')).toHaveLength(1);
    expect(
      await kindOf(answerPreAlert(town.answers, people.supervisor, located, { ...input, opId: 'op-00000002' })),
    ).toBe('forbidden');
    expect(
      await kindOf(answerPreAlert(town.answers, people.otherNurse, located, { ...input, opId: 'op-00000003' })),
    ).toBe('not-found');
  });
});

test('a unit names its case only to those the case is open to', async () => {
  const unitOf = async (person: keyof typeof people) =>
    (await viewRegion(town.views, people[person], 'region')).units[0];
  expect(await unitOf('nurse')).toMatchObject({
    vehicle: 'vehicle-0001',
    position: null,
    caseId: expect.stringMatching(/^0/),
  });
  expect(await unitOf('otherNurse')).toMatchObject({ vehicle: 'vehicle-0001', caseId: null });
  expect(await unitOf('auditor')).toBeUndefined();
});
