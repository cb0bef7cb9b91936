import { describe, expect, test } from 'vitest';
import type { CaseEvent } from './case-event.ts';
import { foldAll } from './case-fold.ts';
import { isOver, openConflicts, openPreAlerts } from './case-reading.ts';
import { caseId, hospitalIdOf, START_MS } from './testing/boring-ids.ts';
import { crew, event, nurse, recordedLog } from './testing/builders.ts';

const fold = (...events: CaseEvent[]) => foldAll(caseId, recordedLog(events));
const keys = (...events: CaseEvent[]) => openConflicts(fold(...events)).map((conflict) => conflict.key);
const to = (n: number, actor = crew, basedOnCaseSeq = 0) =>
  event('destination.chosen', { hospitalId: hospitalIdOf(n) }, { actor, basedOnCaseSeq });

describe('written apart', () => {
  test('crew and hospital chose differently, neither having seen the other: a conflict, in both orders', () => {
    expect(keys(to(1), to(2, nurse))).toEqual(['written-apart:destination']);
    expect(keys(to(2, nurse), to(1))).toEqual(['written-apart:destination']);
  });

  test('the same choice twice is no conflict', () => expect(keys(to(1), to(1, nurse))).toEqual([]));

  test('one writer who changes his mind is in no conflict, and every value is kept', () => {
    expect(keys(to(1), to(2), to(3))).toEqual([]);
    const { destination } = fold(to(1), to(2), to(3));
    expect(destination.current?.value.hospitalId).toBe('hospital-3');
    expect(destination.earlier.map((entry) => entry.value.hospitalId)).toEqual(['hospital-1', 'hospital-2']);
  });

  test('one who had seen the other’s choice is not in conflict with it', () =>
    expect(keys(to(1), to(2, nurse, 1))).toEqual([]));

  test('a choice made after seeing both resolves the conflict', () => {
    expect(keys(to(1), to(2, nurse), to(3, crew, 2))).toEqual([]);
    expect(keys(to(1), to(2, nurse), to(3, nurse, 2))).toEqual([]);
  });

  test('staff, dispatch and server are one writer', () => {
    expect(keys(to(1, nurse), to(2, { kind: 'dispatch', id: 'd', name: null, assurance: 'online' }))).toEqual([]);
  });

  test('onset and patient conflict alike', () => {
    expect(keys(event('onset.recorded', { atMs: null }), event('onset.recorded', {}, { actor: nurse }))).toEqual([
      'written-apart:onset',
    ]);
    const older = event(
      'patient.described',
      { patient: { ageYears: 65, ageDays: null, sex: null, gestationDays: null, isPregnant: null } },
      { actor: nurse },
    );
    expect(keys(event('case.opened'), older)).toEqual(['written-apart:patient']);
  });
});

describe('after closing', () => {
  const closed = (atMs = START_MS + 100) =>
    event('case.progressed', { to: 'closed' }, { actor: nurse, occurredAtMs: atMs });
  const assessed = (occurredAtMs: number) => event('assessment.recorded', {}, { occurredAtMs });

  test('what happened after the closing asks for attention, whichever arrived first (E10)', () => {
    const late = assessed(START_MS + 101);
    const key = `after-closing:${late.envelope.eventId}`;
    expect(keys(closed(), late)).toEqual([key]);
    expect(keys(late, closed())).toEqual([key]);
  });

  test('what happened before it and arrived late does not', () => {
    expect(keys(closed(), assessed(START_MS + 99))).toEqual([]);
    expect(keys(closed(), assessed(START_MS + 100))).toEqual([]);
  });

  test('corrections and outcome are what may follow a closing', () => {
    const after = { occurredAtMs: START_MS + 200 };
    expect(
      keys(
        closed(),
        event('outcome.recorded', {}, after),
        event('milestone.corrected', {}, after),
        event('correction.recorded', {}, after),
      ),
    ).toEqual([]);
  });

  test('a late fact is folded all the same, and the case stays closed (E10, I11)', () => {
    const state = fold(closed(), assessed(START_MS + 101), event('case.progressed', { to: 'en-route' }));
    expect(state).toMatchObject({ status: 'closed', closedAtMs: START_MS + 100 });
    expect(Object.keys(state.assessments)).toEqual(['assessment-1']);
    expect(isOver(state)).toBe(true);
  });
});

test('a case over by cancel or closing has no open pre-alert; the alert itself is kept (L3)', () => {
  const raised = () => event('pre-alert.raised');
  expect(openPreAlerts(fold(raised()))).toHaveLength(1);
  for (const end of [event('case.cancelled'), event('case.progressed', { to: 'closed' })]) {
    const state = fold(raised(), end);
    expect(isOver(state)).toBe(true);
    expect(openPreAlerts(state)).toEqual([]);
    expect(Object.keys(state.preAlerts)).toHaveLength(1);
  }
});
