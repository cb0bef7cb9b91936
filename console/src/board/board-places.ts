import { standingOf, type DeskTarget } from '../cases/desk-target.ts';

export interface BoardPlaces {
  /** First-class cards, in the order they are drawn. */
  readonly cards: readonly DeskTarget[];
  /** The rest of what is under way, in the side column. */
  readonly following: readonly DeskTarget[];
  readonly recent: readonly DeskTarget[];
  /** More than two are unanswered: all of them stay in sight, in short form. */
  readonly isCrowded: boolean;
}

const FULL_CARDS = 2;

/**
 * Unanswered asks come first in the order they were raised, advice after what rings, and are never put aside; what
 * is taken follows by arrival and gives way. A card keeps its place until it is answered.
 */
export function placeOnBoard(asks: readonly DeskTarget[], minutesToArrival: (ask: DeskTarget) => number): BoardPlaces {
  const open = asks.filter((ask) => standingOf(ask) === 'unanswered');
  const isAdvice = (ask: DeskTarget) => ask.preAlert.tier === 'advice';
  const unanswered = [...open.filter((ask) => !isAdvice(ask)), ...open.filter(isAdvice)];
  const taken = asks
    .filter((ask) => standingOf(ask) === 'ours' || standingOf(ask) === 'elsewhere')
    .sort(
      (a, b) =>
        rankOf(a) - rankOf(b) || minutesToArrival(a) - minutesToArrival(b) || a.target.addedAtMs - b.target.addedAtMs,
    );
  const room = Math.max(0, FULL_CARDS - unanswered.length);
  return {
    cards: [...unanswered, ...taken.slice(0, room)],
    following: taken.slice(room),
    // An alert that joined another of the same patient is not the end of anything.
    recent: asks
      .filter(
        (ask) =>
          standingOf(ask) === 'over' &&
          !asks.some((other) => other.view.caseId === ask.view.caseId && standingOf(other) !== 'over'),
      )
      .reverse(),
    isCrowded: unanswered.length > FULL_CARDS,
  };
}

const rankOf = (ask: DeskTarget): number => (standingOf(ask) === 'ours' ? 0 : 1);
