import { START_MS, targetIdOf, caseIdOf, preAlertIdOf } from '@pentad/protocol/testing/boring-ids';
import { caseView, preAlertView, targetView, unitView } from '@pentad/protocol/testing/view-builders';
import { describe, expect, test } from 'vitest';
import { attentionItems } from './attention.ts';

const owned = caseView({
  preAlerts: [preAlertView({ ownerTargetId: targetIdOf(1), targets: [targetView({ isRinging: false })] })],
});
const raised = (index: number, tier: 'level-1' | 'level-2', addedAtMs: number) =>
  caseView({
    caseId: caseIdOf(index),
    preAlerts: [preAlertView({ preAlertId: preAlertIdOf(index), tier, targets: [targetView({ addedAtMs })] })],
  });
const keys = (items: ReturnType<typeof attentionItems>) => items.map((item) => item.kind);

describe('what needs a person', () => {
  test('the most urgent stands first, then what waits longest', () => {
    const items = attentionItems(
      [raised(1, 'level-2', START_MS - 90), raised(2, 'level-1', START_MS), raised(3, 'level-1', START_MS - 10)],
      () => unitView(),
      START_MS,
    );
    expect(items.map((item) => item.key)).toEqual([preAlertIdOf(3), preAlertIdOf(2), preAlertIdOf(1)]);
  });

  test('what is taken needs nobody', () => {
    expect(attentionItems([owned], () => unitView(), START_MS)).toEqual([]);
  });

  test('a vehicle with a case that says nothing for more than a minute needs somebody', () => {
    expect(keys(attentionItems([owned], () => unitView(), START_MS + 60_000))).toEqual([]);
    expect(keys(attentionItems([owned], () => unitView(), START_MS + 60_001))).toEqual(['silent-unit']);
  });

  test('two writers that disagree need somebody', () => {
    const view = {
      ...owned,
      conflicts: [{ key: 'written-apart:destination', kind: 'written-apart', field: 'destination' }],
    };
    expect(keys(attentionItems([view], () => unitView(), START_MS))).toEqual(['conflict']);
  });

  test('a case that is over needs nobody', () => {
    expect(attentionItems([{ ...raised(1, 'level-1', START_MS), isOver: true }], () => undefined, START_MS)).toEqual(
      [],
    );
  });
});
