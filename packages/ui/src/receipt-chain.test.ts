import { preAlertView, targetView } from '@pentad/protocol/testing/view-builders';
import { describe, expect, test } from 'vitest';
import { receiptChain } from './receipt-chain.ts';

const states = (target: Parameters<typeof targetView>[0]) =>
  receiptChain(preAlertView(), targetView(target), 1).map(({ step, state }) => `${step} ${state}`);

describe('the receipt chain', () => {
  test('a stored alert that no desk holds waits for delivery', () => {
    expect(states({})).toEqual([
      'captured done',
      'sent done',
      'stored done',
      'delivered now',
      'displayed later',
      'seen later',
      'accepted later',
    ]);
  });

  test('a step without its row does not light because a later one has', () => {
    const accepted = { atMs: 9, byName: '林护士', answer: 'accept', minutes: null, reason: null } as const;
    expect(states({ answers: [accepted] })).toEqual([
      'captured done',
      'sent done',
      'stored done',
      'delivered later',
      'displayed later',
      'seen later',
      'accepted done',
    ]);
  });

  test('an answer that leaves the ask open accepts nothing', () => {
    const divert = { atMs: 9, byName: '林护士', answer: 'suggest-divert', minutes: null, reason: 'no-bed' } as const;
    expect(states({ deliveredAtMs: 2, answers: [divert] }).at(-1)).toBe('accepted later');
  });

  test('seen and accepted carry the name of the person', () => {
    const accepted = { atMs: 9, byName: '钱医生', answer: 'accept-in-minutes', minutes: 5, reason: null } as const;
    const links = receiptChain(
      preAlertView(),
      targetView({ seen: { atMs: 8, byName: '林护士' }, answers: [accepted] }),
      null,
    );
    expect(links.slice(-2).map((link) => link.byName)).toEqual(['林护士', '钱医生']);
    expect(links[0]).toMatchObject({ state: 'done', atMs: null });
  });
});
