import { START_MS, targetIdOf } from '@pentad/protocol/testing/boring-ids';
import { caseView, preAlertView, targetView } from '@pentad/protocol/testing/view-builders';
import { describe, expect, test } from 'vitest';
import { deskTargets, type DeskTarget } from '../cases/desk-target.ts';
import { placeOnBoard } from './board-places.ts';

type Kind = 'urgent' | 'advice' | 'ours' | 'over';

function ask(index: number, kind: Kind): DeskTarget {
  const target = targetView({ targetId: targetIdOf(index), addedAtMs: START_MS + index, isRinging: kind === 'urgent' });
  const alert = preAlertView({
    tier: kind === 'advice' ? 'advice' : 'level-1',
    ownerTargetId: kind === 'ours' ? target.targetId : null,
    targets: [target],
  });
  const view = caseView({ isOver: kind === 'over', preAlerts: [alert] });
  return deskTargets([view], target.deskId)[0]!;
}
const ids = (asks: readonly DeskTarget[]) => asks.map((each) => each.target.targetId);
const place = (kinds: readonly Kind[], minutes: readonly number[] = []) => {
  const asks = kinds.map((kind, index) => ask(index + 1, kind));
  return placeOnBoard(asks, (each) => minutes[asks.indexOf(each)] ?? Infinity);
};

describe('places on the board', () => {
  test('one unanswered and one taken stand side by side', () => {
    const board = place(['urgent', 'ours']);
    expect(ids(board.cards)).toEqual([targetIdOf(1), targetIdOf(2)]);
    expect(board.following).toEqual([]);
  });

  test('the unanswered keep the order in which they were raised, advice after them', () => {
    expect(ids(place(['advice', 'urgent', 'urgent']).cards)).toEqual([targetIdOf(2), targetIdOf(3), targetIdOf(1)]);
  });

  test('no unanswered ask is ever put aside for a taken one', () => {
    const board = place(['ours', 'urgent', 'ours', 'urgent', 'urgent']);
    expect(ids(board.cards)).toEqual([targetIdOf(2), targetIdOf(4), targetIdOf(5)]);
    expect(board.isCrowded).toBe(true);
    expect(board.following).toHaveLength(2);
  });

  test('what is taken follows by arrival', () => {
    expect(ids(place(['ours', 'ours', 'ours'], [20, 5, 9]).cards)).toEqual([targetIdOf(2), targetIdOf(3)]);
  });

  test('what is over is recent, the latest first', () => {
    expect(ids(place(['over', 'over']).recent)).toEqual([targetIdOf(2), targetIdOf(1)]);
  });
});
