import { createEffect, createSignal, untrack, type Accessor } from 'solid-js';
import { standingOf, worstFirst, type DeskTarget } from '../cases/desk-target.ts';

export interface Selection {
  readonly selectedId: Accessor<string | null>;
  readonly selected: Accessor<DeskTarget | null>;
  readonly select: (targetId: string) => void;
  readonly move: (by: 1 | -1) => void;
}

/**
 * The card the keys act on. On arrival it is the worst unanswered one; later it stays where the person put it and
 * moves by itself only when its card needs no answer any more. The browser's focus is never taken.
 */
export function createSelection(asks: Accessor<readonly DeskTarget[]>): Selection {
  const [selectedId, setSelectedId] = createSignal<string | null>(null);
  const selected = () => asks().find((ask) => ask.target.targetId === selectedId()) ?? null;
  createEffect(() => {
    const now = selected();
    const worst = asks()
      .filter((ask) => standingOf(ask) === 'unanswered')
      .sort(worstFirst)[0];
    const isNeeded = now !== null && standingOf(now) === 'unanswered';
    if (!isNeeded && worst) setSelectedId(worst.target.targetId);
    if (now === null && !worst) setSelectedId(untrack(asks)[0]?.target.targetId ?? null);
  });
  return {
    selectedId,
    selected,
    select: setSelectedId,
    move: (by) => {
      const all = asks();
      const index = all.findIndex((ask) => ask.target.targetId === selectedId());
      const next = all[Math.min(all.length - 1, Math.max(0, index + by))];
      if (next) setSelectedId(next.target.targetId);
    },
  };
}
