import { milestones } from '@pentad/protocol/case-reading';
import type { MilestoneCode, MilestoneSource } from '@pentad/protocol/milestone';
import { caseId, eventIdOf, hospitalIdOf, START_MS, vehicle, vehicleIdOf } from '@pentad/protocol/testing/boring-ids';
import { event } from '@pentad/protocol/testing/builders';
import { describe, expect, test } from 'vitest';
import { caseAfter, makePlans, written, type Told } from '../cases/planning.fixture.ts';
import { stampArrival } from './stamp-arrival.ts';
import { underWayOf, type UnderWay } from './under-way.ts';

let events = 0;
const told = <T extends Parameters<typeof event>[0]>(type: T, clinical?: Parameters<typeof event<T>>[1]) => {
  const made = event(type, clinical);
  return { ...made, envelope: { ...made.envelope, eventId: eventIdOf((events += 1)) } };
};
const opened = told('case.opened');
const to = (n: number) => told('destination.chosen', { hospitalId: hospitalIdOf(n), reason: 'crew' });
const stamp = (code: MilestoneCode, afterMs: number, source: MilestoneSource = 'crew', stampId = `${code}-1`) =>
  told('milestone.stamped', {
    stampId: stampId.replace('_', '-'),
    code,
    atMs: START_MS + afterMs,
    source,
    errorMs: null,
  });

describe('a case is under way', () => {
  test('to its destination, with its vehicle', () => {
    expect(underWayOf(caseAfter([opened, to(2)]))).toMatchObject({ caseId, vehicle, hospitalId: hospitalIdOf(2) });
    expect(underWayOf(caseAfter([opened, to(2), to(1)]))?.hospitalId).toBe(hospitalIdOf(1));
  });

  test.each<readonly [string, Told[]]>([
    ['without a destination', [opened]],
    ['without a vehicle', [to(1)]],
    ['when it is cancelled', [opened, to(1), told('case.cancelled', { reason: 'x' })]],
    ['when it is closed', [opened, to(1), told('case.progressed', { to: 'closed' })]],
    ['when its gate was stamped', [opened, to(1), stamp('T_GATE', 9, 'gps', 'gate-hospital-1')]],
  ])('not %s', (_, log) => {
    expect(underWayOf(caseAfter(log))).toBeNull();
  });

  test('again when it is redirected after a stamp, and when only the crew stamped', () => {
    const arrived = [opened, to(1), stamp('T_GATE', 9, 'gps', 'gate-hospital-1'), to(2)];
    expect(underWayOf(caseAfter(arrived))?.hospitalId).toBe(hospitalIdOf(2));
    expect(underWayOf(caseAfter([opened, to(1), stamp('T_GATE', 9)]))).not.toBeNull();
  });

  test('with the patient only when the crew says so, by a time or by what it does at the bedside', () => {
    const isWith = (log: Told[]) => underWayOf(caseAfter(log))?.isWithPatient;
    expect(isWith([opened, to(1)])).toBe(false);
    expect(isWith([opened, to(1), stamp('T_DEPART', 1)])).toBe(false);
    expect(isWith([opened, to(1), stamp('T_FMC', 1)])).toBe(true);
    expect(isWith([opened, to(1), told('assessment.recorded')])).toBe(true);
    expect(isWith([opened, to(1), told('pre-alert.requested')])).toBe(true);
  });

  test('since the last time that says the crew was with the patient, else since the destination was chosen', () => {
    const since = (log: Told[]) => underWayOf(caseAfter(log))?.notBeforeMs;
    expect(since([opened, stamp('T_SCENE', 60_000), stamp('T_LEAVE', 900_000), to(1)])).toBe(START_MS + 900_000);
    expect(since([opened, stamp('T_CALL', 60_000), to(1)])).toBe(to(1).envelope.occurredAtMs);
  });
});

describe('an arrival', () => {
  const passed = { kind: 'arrived', atMs: START_MS + 1_000_000, notBeforeMs: START_MS + 996_000 } as const;
  const way = (log: Told[]): UnderWay => {
    const found = underWayOf(caseAfter(log));
    if (!found) throw new Error('not under way');
    return found;
  };
  const plan = (log: Told[], on: UnderWay = way(log), at = passed) => {
    const planner = makePlans().begin(caseAfter(log));
    stampArrival(planner, on, at);
    return planner;
  };

  test('is T_GATE by gps at its own instant, with the span between outside and inside as its error', () => {
    const planner = plan([opened, to(1)]);
    expect(written(planner)).toEqual([
      {
        type: 'milestone.stamped',
        stampId: 'gate-hospital-1',
        code: 'T_GATE',
        atMs: passed.atMs,
        source: 'gps',
        errorMs: 4_000,
      },
    ]);
    expect(planner.state.status).toBe('arrived');
    expect(milestones(planner.state).T_DOOR).toMatchObject({ atMs: passed.atMs, source: 'gps' });
  });

  test('has the same event id on every instance, and another in another case', () => {
    const idOf = (planner: ReturnType<typeof plan>) => planner.plan().events[0]?.recorded.envelope.eventId;
    expect(idOf(plan([opened, to(1)]))).toBe(idOf(plan([opened, stamp('T_FMC', 5), to(1)])));
    expect(idOf(plan([opened, to(1)]))).not.toBe(idOf(plan([opened, to(2)])));
  });

  test('is nothing if the locked case goes elsewhere, by another vehicle, is over, or has it', () => {
    const on = way([opened, to(1)]);
    expect(written(plan([opened, to(1), to(2)], on))).toEqual([]);
    expect(written(plan([opened, to(1)], { ...on, vehicle: vehicleIdOf(2) }))).toEqual([]);
    expect(written(plan([opened, to(1), told('case.cancelled', { reason: 'x' })], on))).toEqual([]);
    expect(written(plan([opened, to(1), stamp('T_GATE', 9, 'gps', 'gate-hospital-1')], on))).toEqual([]);
    expect(written(plan([opened, to(1), stamp('T_LEAVE', 2_000_000)], on))).toEqual([]);
  });

  test('at a second hospital is the one shown, unless a person has decided', () => {
    const first = stamp('T_GATE', 100_000, 'gps', 'gate-hospital-1');
    const redirected = plan([opened, to(1), first, to(2)]);
    expect(written(redirected).map(({ type }) => type)).toEqual(['milestone.stamped', 'milestone.corrected']);
    expect(milestones(redirected.state).T_GATE?.stampId).toBe('gate-hospital-2');

    const decided = told('milestone.corrected', { code: 'T_GATE', stampId: 'byhand', reason: 'seen' });
    const byHand = plan([opened, to(1), first, stamp('T_GATE', 150_000, 'staff', 'byhand'), decided, to(2)]);
    expect(written(byHand).map(({ type }) => type)).toEqual(['milestone.stamped']);
    expect(milestones(byHand.state).T_GATE?.stampId).toBe('byhand');
  });
});
