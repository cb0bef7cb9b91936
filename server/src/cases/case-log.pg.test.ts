import { foldAll } from '@pentad/protocol/case-fold';
import { emptyCase, FOLD_VERSION } from '@pentad/protocol/case-state';
import type { CaseId } from '@pentad/protocol/ids';
import { caseIdOf, vehicle, vehicleIdOf } from '@pentad/protocol/testing/boring-ids';
import { event, eventItem } from '@pentad/protocol/testing/builders';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ingestEvent } from '../uplink/ingest-event.ts';
import { createCaseDatabase, fact, ingest, type CaseDatabase } from './case-database.fixture.ts';
import { readCase, readEvents } from './case-store.ts';

let house: CaseDatabase;
beforeAll(async () => {
  house = await createCaseDatabase();
});
afterAll(() => house.close());

const eventsOf = (caseId: CaseId) => house.database.db.withActor(ingest, (tx) => readEvents(tx, caseId));
const stateOf = (caseId: CaseId) => house.database.db.withActor(ingest, (tx) => readCase(tx, caseId));
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const onset = (caseId: CaseId) => fact(event('onset.recorded'), caseId);

describe('the log of a case', () => {
  test('is gapless and folds to the stored projection, with twenty writers at once', async () => {
    const caseId = caseIdOf(1);
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => house.tell(onset(caseId))));
    expect(outcomes.every(({ kind }) => kind === 'stored')).toBe(true);
    const events = await eventsOf(caseId);
    expect(events.map(({ caseSeq }) => caseSeq)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(plain(foldAll(caseId, events))).toEqual(await stateOf(caseId));
  });

  test('numbers its topics as it goes: every writer has its place in the feed, whoever came first', async () => {
    const caseId = caseIdOf(1);
    const entries = await house.rows('SELECT n::int AS n, pointer FROM feed_entry WHERE topic = $1 ORDER BY n', [
      `case:${caseId}`,
    ]);
    expect(entries.map((entry) => entry['n'])).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    const seqs = entries.map((entry) => entry['pointer']).map((pointer) => (pointer as { toSeq: number }).toSeq);
    expect(seqs).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  test('keeps an event as it was sent, unknown types and fields too, with the item that carried it', async () => {
    const caseId = caseIdOf(2);
    const later = fact(
      { ...event('case.opened'), clinical: { ...event('case.opened').clinical, addedLater: 7 } },
      caseId,
    );
    const unknown = { ...onset(caseId) };
    const newer = { ...unknown, envelope: { ...unknown.envelope, type: 'robot.arrived' } };
    for (const told of [later, newer]) await house.tell(told);
    expect((await eventsOf(caseId)).map(({ envelope, clinical }) => ({ envelope, clinical }))).toEqual(
      [later, newer].map(({ envelope, clinical }) => ({ envelope, clinical })),
    );
    const rows = await house.rows(
      'SELECT vehicle_id, epoch IS NOT NULL AS has_epoch, seq > 0 AS has_seq FROM case_event WHERE case_id = $1',
      [caseId],
    );
    expect(rows).toEqual(Array(2).fill({ vehicle_id: vehicle, has_epoch: true, has_seq: true }));
  });

  test('P18: a projection of another fold version is folded anew from the log', async () => {
    const caseId = caseIdOf(2);
    const before = await stateOf(caseId);
    await house.rows('UPDATE cases SET state = $2, fold_version = $3 WHERE case_id = $1', [
      caseId,
      emptyCase(caseId),
      FOLD_VERSION - 1,
    ]);
    expect(plain(await stateOf(caseId))).toEqual(before);
    await house.tell(onset(caseId));
    const [row] = await house.rows('SELECT fold_version, case_seq FROM cases WHERE case_id = $1', [caseId]);
    expect(row).toEqual({ fold_version: FOLD_VERSION, case_seq: 3 });
  });
});

describe('E10, N6: an event that comes twice', () => {
  test('is stored once, also when both come at once', async () => {
    const caseId = caseIdOf(3);
    const opened = fact(event('case.opened'), caseId);
    const outcomes = await Promise.all([house.tell(opened), house.tell(opened), house.tell(opened)]);
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['duplicate', 'duplicate', 'stored']);
    expect(await eventsOf(caseId)).toHaveLength(1);
    expect(await house.tell(opened)).toEqual({ kind: 'duplicate' });
  });

  test('for another case is known as well, and opens none', async () => {
    const opened = fact(event('case.opened'), caseIdOf(4));
    await house.tell(opened);
    await house.tell({ ...opened, envelope: { ...opened.envelope, caseId: caseIdOf(5) } });
    expect(await house.rows('SELECT case_id FROM cases WHERE case_id = $1', [caseIdOf(5)])).toEqual([]);
  });
});

describe('H12: a fact from another vehicle', () => {
  const fromSecond = (given: ReturnType<typeof onset>) =>
    ingestEvent(eventItem(1, given, { vehicle: vehicleIdOf(2) }), {
      units: house.units,
      plans: house.plans,
      outcomeFor: () => ({ firing: [], quietRuleIds: [] }),
    });

  test('changes nothing of the case', async () => {
    const caseId = caseIdOf(3);
    expect(await fromSecond(fact(event('case.cancelled'), caseId))).toEqual({ kind: 'not-assigned' });
    expect(await eventsOf(caseId)).toHaveLength(1);
  });

  test('opens no case in the first one’s name, not even an empty one', async () => {
    expect(await fromSecond(fact(event('case.opened'), caseIdOf(6)))).toEqual({ kind: 'not-assigned' });
    expect(await house.rows('SELECT case_id FROM cases WHERE case_id = $1', [caseIdOf(6)])).toEqual([]);
  });
});

test('N8: a change that fails leaves no event, no row, no number and no audit', async () => {
  const counts = () =>
    house.rows(
      'SELECT (SELECT count(*) FROM case_event)::int AS events, (SELECT count(*) FROM cases)::int AS cases, (SELECT sum(n) FROM feed_topic)::int AS numbers, (SELECT count(*) FROM audit_row)::int AS audit',
    );
  const before = await counts();
  const broken = fact(event('case.opened', { vehicle: vehicleIdOf(1) }), caseIdOf(7));
  const unknownVehicle = house.units.change(ingest, {
    caseId: caseIdOf(7),
    guard: null,
    mayOpen: true,
    authorize: () => undefined,
    decide: (state) => {
      const planner = house.plans.begin(state);
      planner.add({ ...broken, clinical: { ...broken.clinical, vehicle: vehicleIdOf(999) } }, null);
      return { plan: planner.plan(), result: null };
    },
  });
  await expect(unknownVehicle).rejects.toMatchObject({ code: '23503' });
  expect(await counts()).toEqual(before);
});

test('I14: each event has one audit row: who, what, which case, never a name', async () => {
  const caseId = caseIdOf(1);
  const rows = await house.rows(
    'SELECT actor_kind, actor_id, action, purpose FROM audit_row a JOIN case_event e ON e.event_id::text = a.object_id WHERE e.case_id = $1',
    [caseId],
  );
  expect(rows).toEqual(
    Array(20).fill({ actor_kind: 'vehicle', actor_id: vehicle, action: 'onset.recorded', purpose: 'care' }),
  );
});
