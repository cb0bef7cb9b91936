import type { CaseEvent } from '@pentad/protocol/case-event';
import type { Tier } from '@pentad/protocol/pre-alert';
import { deskIdOf, findingIdOf, hospitalIdOf, preAlertIdOf, targetIdOf } from '@pentad/protocol/testing/boring-ids';
import { event } from '@pentad/protocol/testing/builders';
import { describe, expect, test } from 'vitest';
import { caseAfter, makePlans, written } from '../cases/planning.fixture.ts';
import { joinEmergency } from './join-emergency.ts';

const targetOf = (n: number, desk: number) => ({
  targetId: targetIdOf(n),
  hospitalId: hospitalIdOf(desk),
  deskId: deskIdOf(desk),
});
const byRule = (n: number) => ({ kind: 'rule', findingId: findingIdOf(n) }) as const;
const general = (tier: Tier, desk = 1) =>
  event('pre-alert.raised', {
    preAlertId: preAlertIdOf(1),
    specialty: 'emergency',
    tier,
    cause: byRule(1),
    targets: [targetOf(1, desk)],
  });
const chestPain = (tier: Tier, desk = 1) =>
  event('pre-alert.raised', {
    preAlertId: preAlertIdOf(2),
    specialty: 'chest-pain',
    tier,
    cause: byRule(2),
    targets: [targetOf(2, desk)],
  });
const onGeneral = { preAlertId: preAlertIdOf(1), targetId: targetIdOf(1) };
const onChestPain = { preAlertId: preAlertIdOf(2), targetId: targetIdOf(2) };

function join(told: readonly CaseEvent[]) {
  const planner = makePlans().begin(caseAfter([event('case.opened'), ...told]));
  joinEmergency(planner);
  return written(planner);
}

describe('a general alert nobody has answered joins the specialty’s at the same desk', () => {
  test.each([
    ['level-1', 'level-1'],
    ['level-2', 'level-1'],
    ['advice', 'level-2'],
  ] as const)('%s with one of %s: its reason goes along, then it is over', (tier, asUrgent) => {
    for (const told of [
      [general(tier), chestPain(asUrgent)],
      [chestPain(asUrgent), general(tier)],
    ]) {
      expect(join(told)).toEqual([
        { type: 'pre-alert.cause-added', preAlertId: preAlertIdOf(2), cause: byRule(1) },
        { type: 'pre-alert.cancelled', preAlertId: preAlertIdOf(1), reason: 'joined-specialty' },
      ]);
    }
  });

  test('with every reason it has', () => {
    const added = event('pre-alert.cause-added', { preAlertId: preAlertIdOf(1), cause: byRule(3) });
    const causes = join([general('level-1'), added, chestPain('level-1')]).flatMap((act) =>
      'cause' in act ? [act.cause] : [],
    );
    expect(causes).toEqual([byRule(1), byRule(3)]);
  });

  test('once: there is nothing to join afterwards', () => {
    const planner = makePlans().begin(caseAfter([event('case.opened'), general('level-1'), chestPain('level-1')]));
    joinEmergency(planner);
    joinEmergency(planner);
    expect(written(planner)).toHaveLength(2);
  });
});

describe('it rings by itself', () => {
  const second = event('pre-alert.target-added', {
    preAlertId: preAlertIdOf(1),
    target: targetOf(3, 2),
    reason: 'ladder',
  });
  test.each<[string, CaseEvent[]]>([
    ['when it is the more urgent one', [general('level-1'), chestPain('level-2')]],
    ['when the specialty’s alert is at another desk', [general('level-1', 2), chestPain('level-1')]],
    [
      'when it also rings at a desk that the other does not: no desk falls silent',
      [general('level-1'), second, chestPain('level-1')],
    ],
    [
      'when the other desk was released',
      [general('level-1'), chestPain('level-1'), event('pre-alert.target-released', onChestPain)],
    ],
    [
      'when the other alert is over',
      [general('level-1'), chestPain('level-1'), event('pre-alert.cancelled', { preAlertId: preAlertIdOf(2) })],
    ],
    [
      'once a person has accepted it',
      [general('level-1'), event('pre-alert.answered', onGeneral), chestPain('level-1')],
    ],
    [
      'once a person has said anything to it',
      [general('level-1'), event('pre-alert.answered', { ...onGeneral, answer: 'ask-consult' }), chestPain('level-1')],
    ],
    ['when the case has no other alert', [general('level-1')]],
    ['when the case is over', [general('level-1'), chestPain('level-1'), event('case.cancelled')]],
  ])('%s', (_, told) => {
    expect(join(told)).toEqual([]);
  });
});
