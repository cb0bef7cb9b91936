import type { CaseEvent } from '@pentad/protocol/case-event';
import { findingIdOf, hospitalIdOf, preAlertIdOf } from '@pentad/protocol/testing/boring-ids';
import { event } from '@pentad/protocol/testing/builders';
import { describe, expect, test } from 'vitest';
import { alertOf, caseAfter, makePlans, written } from '../cases/planning.fixture.ts';
import { northOfAll } from '../desks/county.fixture.ts';
import { Directory } from '../desks/directory.ts';
import { raisePreAlert, type RaiseWanted } from './raise-pre-alert.ts';

const byRule = (n: number) => ({ kind: 'rule', findingId: findingIdOf(n) }) as const;
const chestPain: RaiseWanted = {
  specialty: 'chest-pain',
  tier: 'level-2',
  cause: { kind: 'crew', requestId: 'request-1' },
  destination: hospitalIdOf(1),
};
const opened = event('case.opened');
const open = [opened, event('pre-alert.raised', { tier: 'level-2' })];

function raisedOn(told: readonly CaseEvent[], ...wanted: RaiseWanted[]) {
  const planner = makePlans().begin(caseAfter(told));
  for (const each of wanted) raisePreAlert(planner, each);
  return { events: written(planner), state: planner.state };
}

describe('a pre-alert', () => {
  test('is raised with its first target: the desk of the destination', () => {
    const { events } = raisedOn([opened], chestPain);
    expect(events).toEqual([
      expect.objectContaining({
        type: 'pre-alert.raised',
        specialty: 'chest-pain',
        tier: 'level-2',
        cause: chestPain.cause,
      }),
    ]);
    expect(events[0]).toHaveProperty('targets', [
      expect.objectContaining({ hospitalId: 'hospital-1', deskId: 'desk-1' }),
    ]);
  });

  test('goes to the nearest desk to the vehicle while no destination is chosen', () => {
    const planner = makePlans({ near: northOfAll }).begin(caseAfter([opened]));
    raisePreAlert(planner, { ...chestPain, specialty: 'stroke', destination: null });
    expect(Object.values(alertOf(planner.state).targets)[0]?.deskId).toBe('desk-3');
  });

  test('L14: is raised once for a specialty while it is open, however many reasons come', () => {
    const reasons = [1, 2, 3].map((n) => ({ ...chestPain, cause: byRule(n) }));
    const { events } = raisedOn([opened], chestPain, ...reasons);
    expect(events.map(({ type }) => type)).toEqual(['pre-alert.raised', ...Array(3).fill('pre-alert.cause-added')]);
  });

  test('is raised for each specialty by itself', () => {
    const { state } = raisedOn([opened], chestPain, { ...chestPain, specialty: 'stroke' });
    expect(Object.values(state.preAlerts).map((alert) => alert.specialty)).toEqual(['chest-pain', 'stroke']);
  });

  test('L11: is raised anew, as another one, when the one before it is cancelled or its team stood down', () => {
    for (const end of [event('pre-alert.cancelled'), event('team.stood-down')]) {
      const { state } = raisedOn([...open, end], chestPain);
      expect(Object.keys(state.preAlerts)).toHaveLength(2);
    }
  });

  test.each([
    ['level-1', 'pre-alert.tier-raised', 'level-1'],
    ['level-2', 'pre-alert.cause-added', 'level-2'],
    ['advice', 'pre-alert.cause-added', 'level-2'],
  ] as const)(
    'L14: open at level 2 answers a %s reason with %s and stands at %s: a tier latches',
    (tier, type, stands) => {
      const { events, state } = raisedOn(open, { ...chestPain, tier, cause: byRule(2) });
      expect(events).toEqual([expect.objectContaining({ type, preAlertId: preAlertIdOf(1), cause: byRule(2) })]);
      expect(alertOf(state).tier).toBe(stands);
    },
  );

  test('E10: told the same reason again, even as more urgent, changes nothing', () => {
    expect(raisedOn(open, chestPain).events).toEqual([]);
    expect(raisedOn(open, { ...chestPain, tier: 'level-1' }).events).toEqual([]);
  });

  test.each([
    ['cancelled', event('case.cancelled')],
    ['closed', event('case.progressed', { to: 'closed' })],
  ])('E10, L3: is not raised for a case that is %s', (_, end) => {
    expect(raisedOn([opened, end], chestPain).events).toEqual([]);
  });

  test('for a specialty no desk of the region serves rings at an emergency desk', () => {
    const { events } = raisedOn([opened], { ...chestPain, specialty: 'neonate', destination: hospitalIdOf(3) });
    expect(events).toEqual([expect.objectContaining({ type: 'pre-alert.raised', specialty: 'emergency' })]);
    expect(events[0]).toHaveProperty('targets', [expect.objectContaining({ deskId: 'desk-3' })]);
  });

  test('for two unserved specialties is one card at the emergency desk', () => {
    const { events } = raisedOn(
      [opened],
      { ...chestPain, specialty: 'neonate' },
      { ...chestPain, specialty: 'neonate', cause: byRule(1) },
    );
    expect(events.map(({ type }) => type)).toEqual(['pre-alert.raised', 'pre-alert.cause-added']);
  });

  test('is not written for a region without any desk: there is nobody to write it to', () => {
    const planner = makePlans({ directory: new Directory([]) }).begin(caseAfter([opened]));
    raisePreAlert(planner, chestPain);
    expect(written(planner)).toEqual([]);
  });
});
