import { deskIdOf, START_MS, targetIdOf } from '@pentad/protocol/testing/boring-ids';
import { caseView, preAlertView, targetView } from '@pentad/protocol/testing/view-builders';
import { describe, expect, test } from 'vitest';
import {
  capturedAtMs,
  deskTargets,
  needsAnswer,
  ownerOf,
  readyAtMs,
  ringsFromMs,
  standingOf,
  type DeskTarget,
} from './desk-target.ts';

type Given = NonNullable<Parameters<typeof targetView>[0]>['answers'] extends (infer A)[] | undefined ? A : never;
const given = (answer: Given['answer'], minutes: number | null = null): Given => ({
  atMs: START_MS,
  byName: '林护士',
  answer,
  minutes,
  reason: null,
});

function ask(
  target: Parameters<typeof targetView>[0] = {},
  preAlert: Parameters<typeof preAlertView>[0] = {},
  view: Parameters<typeof caseView>[0] = {},
): DeskTarget {
  const shown = targetView(target);
  const alert = preAlertView({ targets: [shown], ...preAlert });
  return { view: caseView({ preAlerts: [alert], ...view }), preAlert: alert, target: shown };
}
const mine = targetIdOf(1);

describe('how an ask stands', () => {
  test.each([
    ['nobody has it', ask(), 'unanswered'],
    ['an advice rings not and is asked all the same', ask({ isRinging: false }, { tier: 'advice' }), 'unanswered'],
    ['we have it', ask({ isRinging: false }, { ownerTargetId: mine }), 'ours'],
    ['a promise that ran out asks again', ask({ isRinging: true }, { ownerTargetId: mine }), 'unanswered'],
    ['another desk has it', ask({ isRinging: false }, { ownerTargetId: targetIdOf(2) }), 'elsewhere'],
    ['released', ask({ isReleased: true }), 'over'],
    ['cancelled', ask({ isRinging: false }, { isOpen: false }), 'over'],
    ['the case is over', ask({}, {}, { isOver: true }), 'over'],
    ['a suggestion to divert leaves it open', ask({ answers: [given('suggest-divert')] }), 'unanswered'],
  ] as const)('%s', (_, each, standing) => expect(standingOf(each)).toBe(standing));

  test('a promise can still be turned into an acceptance', () => {
    const promised = ask({ isRinging: false, answers: [given('accept-in-minutes', 5)] }, { ownerTargetId: mine });
    expect(readyAtMs(promised.preAlert)).toBe(START_MS + 5 * 60_000);
    expect(needsAnswer(promised)).toBe(true);
  });

  test('what was accepted needs no answer', () => {
    const accepted = ask({ isRinging: false, answers: [given('accept')] }, { ownerTargetId: mine });
    expect(ownerOf(accepted.preAlert)?.given.byName).toBe('林护士');
    expect(needsAnswer(accepted)).toBe(false);
  });
});

describe('a desk', () => {
  test('sees its own asks alone, in the order it was asked', () => {
    const other = targetView({ targetId: targetIdOf(3), deskId: deskIdOf(2) });
    const later = targetView({ targetId: targetIdOf(1), addedAtMs: START_MS + 5 });
    const earlier = targetView({ targetId: targetIdOf(2), addedAtMs: START_MS });
    const views = [
      caseView({ preAlerts: [preAlertView({ targets: [other, later] })] }),
      caseView({ preAlerts: [preAlertView({ targets: [earlier] })] }),
    ];
    expect(deskTargets(views, deskIdOf(1)).map((each) => each.target.targetId)).toEqual([targetIdOf(2), targetIdOf(1)]);
  });

  test('counts a ladder from when it last began to ring', () => {
    const lapsed = { step: 'promised', round: 0, dueAtMs: START_MS + 300_000, firedAtMs: START_MS + 300_100 };
    expect(ringsFromMs(targetView())).toBe(START_MS);
    expect(ringsFromMs(targetView({ ladder: [lapsed] }))).toBe(START_MS + 300_100);
  });
});

test('what a rule raised was captured when its newest reading was taken; what the crew pressed, then', () => {
  const alert = preAlertView({ pressedAtMs: null, raisedAtMs: START_MS + 10 });
  const finding = caseView().findings[0]!;
  const inputs = [5, 9].map((second) => ({
    name: 'spo2Percent',
    value: 88,
    unit: '%',
    measuredAtMs: START_MS + second,
  }));
  const view = caseView({
    findings: [{ ...finding, finding: { ...finding.finding, specialty: alert.specialty, inputs } }],
  });
  expect(capturedAtMs(view, alert)).toBe(START_MS + 9);
  expect(capturedAtMs(view, preAlertView({ pressedAtMs: 3 }))).toBe(3);
  // A press after the rule did not raise it; one that a wrong clock puts there, with no rule before it, did.
  expect(capturedAtMs(view, { ...alert, pressedAtMs: START_MS + 500 })).toBe(START_MS + 9);
  expect(capturedAtMs(caseView({ findings: [] }), { ...alert, pressedAtMs: START_MS + 500 })).toBe(START_MS + 500);
  expect(capturedAtMs(caseView({ findings: [] }), alert)).toBeNull();
});
