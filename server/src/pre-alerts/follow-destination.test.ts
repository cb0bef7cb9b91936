import type { CaseEvent } from '@pentad/protocol/case-event';
import { isRinging } from '@pentad/protocol/pre-alert-state';
import { deskIdOf, hospitalIdOf, preAlertIdOf, targetIdOf } from '@pentad/protocol/testing/boring-ids';
import { event } from '@pentad/protocol/testing/builders';
import { describe, expect, test } from 'vitest';
import { foldCase } from '@pentad/protocol/case-fold';
import { alertOf, caseAfter, makePlans, targetAt, typesOf, written } from '../cases/planning.fixture.ts';
import { followDestination } from './follow-destination.ts';

const to = (n: number) => event('destination.chosen', { hospitalId: hospitalIdOf(n) });
const targetOf = (n: number) => ({ targetId: targetIdOf(n), hospitalId: hospitalIdOf(n), deskId: deskIdOf(n) });
const raisedAt = (n: number) => event('pre-alert.raised', { targets: [targetOf(n)] });
const accepted = event('pre-alert.answered');

function follow(told: readonly CaseEvent[]) {
  const planner = makePlans().begin(caseAfter([event('case.opened'), ...told]));
  followDestination(planner);
  return { events: written(planner), state: planner.state, plan: planner.plan() };
}

describe('L11: when the vehicle goes elsewhere', () => {
  test('the new desk is asked before the old one is released, in one plan', () => {
    const { events } = follow([raisedAt(1), to(2)]);
    expect(events).toEqual([
      expect.objectContaining({ type: 'pre-alert.target-added', reason: 'destination', fromTargetId: targetIdOf(1) }),
      expect.objectContaining({
        type: 'pre-alert.target-released',
        targetId: targetIdOf(1),
        reason: 'destination-changed',
      }),
    ]);
    expect(events[0]).toHaveProperty('target', expect.objectContaining({ hospitalId: 'hospital-2', deskId: 'desk-2' }));
  });

  test('L10: after an acceptance too: the owner is freed and the new desk rings', () => {
    const { state } = follow([raisedAt(1), accepted, to(2)]);
    const alert = alertOf(state);
    expect(alert.ownerTargetId).toBeNull();
    expect(isRinging(alert, targetAt(alert, 'desk-2'))).toBe(true);
    expect(isRinging(alert, targetAt(alert, 'desk-1'))).toBe(false);
  });

  test('a desk that was asked in parallel rings when the vehicle turns to it, and the owner elsewhere lets go', () => {
    const parallel = event('pre-alert.target-added', { target: targetOf(2), reason: 'ladder' });
    const { state } = follow([raisedAt(1), parallel, accepted, to(2)]);
    const alert = alertOf(state);
    expect(alert.ownerTargetId).toBeNull();
    expect(isRinging(alert, targetAt(alert, 'desk-2'))).toBe(true);
  });

  test.each([
    ['ringing', []],
    ['accepted', [accepted]],
  ])('L10, I6: no instant of the plan is without an owner or a ringing target (%s before)', (_, answered) => {
    const { plan } = follow([raisedAt(1), ...answered, to(2)]);
    let state = plan.before;
    for (const { recorded } of plan.events) {
      state = foldCase(state, recorded);
      const alert = alertOf(state);
      const isRung = Object.values(alert.targets).some((target) => isRinging(alert, target));
      expect(isRung || alert.ownerTargetId !== null).toBe(true);
    }
  });

  test('every live target is released, and each open alert of the case follows by itself', () => {
    const parallel = event('pre-alert.target-added', { target: targetOf(2), reason: 'ladder' });
    const stroke = event('pre-alert.raised', {
      preAlertId: preAlertIdOf(2),
      specialty: 'stroke',
      targets: [{ ...targetOf(1), targetId: targetIdOf(11) }],
    });
    const { state, plan } = follow([raisedAt(1), stroke, to(3)]);
    expect(typesOf(plan)).toEqual([
      'pre-alert.target-added',
      'pre-alert.target-released',
      'pre-alert.target-added',
      'pre-alert.target-released',
    ]);
    expect(targetAt(alertOf(state, 'stroke'), 'desk-3').addedFor).toBe('destination');
    const both = follow([event('pre-alert.raised', { specialty: 'stroke', targets: [targetOf(1)] }), parallel, to(3)]);
    expect(typesOf(both.plan)).toEqual([
      'pre-alert.target-added',
      'pre-alert.target-released',
      'pre-alert.target-released',
    ]);
  });

  test('a destination without the center moves the alert to the nearest desk that has it', () => {
    const { state } = follow([raisedAt(1), to(3)]);
    expect(targetAt(alertOf(state), 'desk-2').released).toBeNull();
  });

  test('back again asks the first desk anew, as another target', () => {
    const planner = makePlans().begin(caseAfter([event('case.opened'), raisedAt(1), to(2)]));
    followDestination(planner);
    planner.add(to(1), null);
    followDestination(planner);
    const live = Object.values(alertOf(planner.state).targets).filter((target) => target.released === null);
    expect(live.map((target) => target.deskId)).toEqual(['desk-1']);
    expect(live[0]?.targetId).not.toBe(targetIdOf(1));
  });
});

describe('nothing is written', () => {
  test.each<[string, CaseEvent[]]>([
    ['while no destination is chosen', [raisedAt(1)]],
    ['when the destination is the one already asked', [raisedAt(1), to(1)]],
    ['when the destination has no such center and its nearest desk is asked already', [raisedAt(2), to(3)]],
    ['for an alert that is over', [raisedAt(1), event('pre-alert.cancelled'), to(2)]],
    ['for a case that is over', [raisedAt(1), to(2), event('case.cancelled')]],
  ])('%s', (_, told) => {
    expect(follow(told).events).toEqual([]);
  });

  test('for a specialty nobody serves any more: the desk that has it keeps it', () => {
    const neonate = event('pre-alert.raised', { specialty: 'neonate', targets: [targetOf(1)] });
    expect(follow([neonate, to(2)]).events).toEqual([]);
  });
});
