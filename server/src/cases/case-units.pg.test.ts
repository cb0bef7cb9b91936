import type { CaseEventType, ClinicalByType } from '@pentad/protocol/case-event';
import { caseIdOf } from '@pentad/protocol/testing/boring-ids';
import { event } from '@pentad/protocol/testing/builders';
import type { CaseId } from '@pentad/protocol/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authorizeOwnPart, type CaseGuard } from './case-units.ts';
import type { Actor } from '../platform/actor.ts';
import { DomainError } from '../platform/errors.ts';
import { nurse, otherNurse, secondNurse } from '../platform/staff.fixture.ts';
import { createLeaseStore } from '../shards/lease-store.ts';
import { createDueSteps } from '../pre-alerts/due-step-store.ts';
import { fireDueSteps } from '../pre-alerts/fire-due-steps.ts';
import { recordingLog } from '../platform/fake-time.fixture.ts';
import { clockRole, createCaseDatabase, fact, ingest, type CaseDatabase } from './case-database.fixture.ts';

let house: CaseDatabase;
beforeAll(async () => {
  house = await createCaseDatabase();
});
afterAll(() => house.close());

/** One change that writes one event, under this guard. */
function change<T extends CaseEventType>(
  actor: Actor,
  caseId: CaseId,
  guard: CaseGuard | null,
  type: T,
  clinical: ClinicalByType[T],
) {
  return house.units.change(actor, {
    caseId,
    guard,
    mayOpen: false,
    authorize: authorizeOwnPart,
    decide: (state) => {
      const planner = house.plans.begin(state);
      planner.write(type, clinical);
      return { plan: planner.plan(), result: null };
    },
  });
}
const link = { otherCaseId: caseIdOf(9_999), kind: 'merged' } as const;
const kinds = async (all: readonly Promise<{ kind: string }>[]) =>
  (await Promise.all(all)).map(({ kind }) => kind).toSorted();
const seqOf = async (caseId: CaseId) =>
  (await house.rows('SELECT case_seq FROM cases WHERE case_id = $1', [caseId]))[0]?.['case_seq'];

describe('P1: a lease is checked inside the transaction', () => {
  test('the holder writes; one whose shard went to another does not, nor one whose lease ran out', async () => {
    const { caseId } = await house.openAlert();
    const leases = createLeaseStore(house.database.db);
    const [lease] = await leases.claim(caseIdOf(1), 1);
    if (!lease) throw new Error('no lease');
    const guard = { kind: 'lease', shard: lease.shard, token: lease.token } as const;
    expect(await kinds([change(ingest, caseId, guard, 'case.linked', link)])).toEqual(['decided']);
    const before = await seqOf(caseId);
    await house.rows("UPDATE shard_lease SET expires_at = now() - interval '1 ms' WHERE shard = $1", [lease.shard]);
    expect(await kinds([change(ingest, caseId, guard, 'case.linked', link)])).toEqual(['guarded']);
    await leases.claim(caseIdOf(2), 16);
    expect(await kinds([change(ingest, caseId, guard, 'case.linked', link)])).toEqual(['guarded']);
    expect(await seqOf(caseId)).toBe(before);
  });
});

describe('L4: an act of a person', () => {
  const op = { kind: 'op', opId: 'operation-1' } as const;

  test('is applied once, however often and at once it is sent', async () => {
    const { caseId } = await house.openAlert();
    const before = Number(await seqOf(caseId));
    const five = Array.from({ length: 5 }, () => change(nurse, caseId, op, 'case.linked', link));
    expect(await kinds(five)).toEqual(['decided', 'guarded', 'guarded', 'guarded', 'guarded']);
    expect(await seqOf(caseId)).toBe(before + 1);
  });

  test('under an id that somebody else has used is applied', async () => {
    const { caseId } = await house.openAlert();
    expect(await kinds([change(secondNurse, caseId, op, 'case.linked', link)])).toEqual(['decided']);
  });

  test('that is refused uses up nothing', async () => {
    const { caseId } = await house.openAlert();
    const refused = house.units.change(nurse, {
      caseId,
      guard: { kind: 'op', opId: 'operation-2' },
      mayOpen: false,
      authorize: authorizeOwnPart,
      decide: () => {
        throw new DomainError('conflict', 'no', 'no');
      },
    });
    await expect(refused).rejects.toMatchObject({ kind: 'conflict' });
    expect(await kinds([change(nurse, caseId, { kind: 'op', opId: 'operation-2' }, 'case.linked', link)])).toEqual([
      'decided',
    ]);
  });

  test('H15: on a case that is not open to them finds no case, whatever the handler forgot', async () => {
    const { caseId } = await house.openAlert();
    expect(await kinds([change(otherNurse, caseId, { kind: 'op', opId: 'operation-3' }, 'case.linked', link)])).toEqual(
      ['no-case'],
    );
    expect(await kinds([change(nurse, caseIdOf(77), null, 'case.linked', link)])).toEqual(['no-case']);
  });
});

describe('P12: a step', () => {
  const due = async () => await createDueSteps(house.database.db).due(house.time.nowMs(), 500);

  test('is claimed by one of two', async () => {
    const { caseId, preAlertId, targetId } = await house.openAlert();
    house.time.jump(30_000);
    const guard = { kind: 'step', targetId, step: 'all-on-duty', round: 0 } as const;
    const escalated = {
      preAlertId,
      targetId,
      step: 'all-on-duty',
      round: 0,
      dueAtMs: house.time.nowMs(),
      notifies: [],
    };
    const both = [1, 2].map(() => change(clockRole, caseId, guard, 'pre-alert.escalated', escalated));
    expect(await kinds(both)).toEqual(['decided', 'guarded']);
    expect(
      await house.rows(
        "SELECT fired_at IS NOT NULL AS fired FROM due_step WHERE target_id = $1 AND step = 'all-on-duty'",
        [targetId],
      ),
    ).toEqual([{ fired: true }]);
  });

  test('that is not due, not there or withdrawn is claimed by nobody', async () => {
    const { caseId, targetId } = await house.openAlert();
    const claim = (step: string, round = 0) =>
      change(clockRole, caseId, { kind: 'step', targetId, step, round }, 'case.linked', link);
    expect(await kinds([claim('all-on-duty')])).toEqual(['guarded']);
    house.time.jump(30_000);
    expect(await kinds([claim('all-on-duty', 1)])).toEqual(['guarded']);
    await house.rows('UPDATE due_step SET withdrawn_at = now() WHERE target_id = $1', [targetId]);
    expect(await kinds([claim('all-on-duty')])).toEqual(['guarded']);
  });

  test('P13: of many cases fires once over two instances, oldest first, and none is left', async () => {
    for (let n = 0; n < 5; n += 1) await house.openAlert();
    house.time.jump(180_000);
    const fired: string[] = [];
    const instance = () =>
      fireDueSteps({
        steps: createDueSteps(house.database.db),
        units: house.units,
        plans: house.plans,
        clock: house.time,
        log: recordingLog(),
        onFired: (row) => void fired.push(`${row.targetId} ${row.step} ${row.round}`),
      });
    while ((await due()).length > 0) await Promise.all([instance(), instance()]);
    expect(new Set(fired).size).toBe(fired.length);
    const unfired = await house.rows(
      'SELECT 1 FROM due_step WHERE fired_at IS NULL AND withdrawn_at IS NULL AND due_at <= to_timestamp($1 / 1000.0)',
      [house.time.nowMs()],
    );
    expect(unfired).toEqual([]);
  });
});

test('a case nobody has opened is opened by its first event, whatever its kind, and by no command', async () => {
  const caseId = caseIdOf(50);
  expect(await kinds([change(ingest, caseId, null, 'case.linked', link)])).toEqual(['no-case']);
  expect((await house.tell(fact(event('destination.chosen'), caseId))).kind).toBe('stored');
  expect(await seqOf(caseId)).toBe(1);
});
