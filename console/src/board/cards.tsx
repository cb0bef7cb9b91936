import { formatTime } from '@pentad/ui/format';
import { useUi } from '@pentad/ui/ui-context.tsx';
import { createMemo, For, Show } from 'solid-js';
import { useConsole } from '../console-context.tsx';
import { AskCard } from './ask-card.tsx';
import type { BoardPlaces } from './board-places.ts';
import type { Selection } from './selection.ts';

function NothingUnderWay(props: { isLoading: boolean; lastAtMs: number | null }) {
  const app = useConsole();
  const { locale } = useUi();
  return (
    <div class="board-empty">
      <h2>{locale.t(props.isLoading ? 'board.loading' : 'board.empty')}</h2>
      <Show when={!props.isLoading && props.lastAtMs}>
        {(at) => <p>{locale.t('board.lastOne', { time: formatTime(at(), 'minutes') })}</p>}
      </Show>
      <Show when={!props.isLoading && app.link.lastHeardAtMs()}>
        {(at) => <p class="quiet">{locale.t('board.linkChecked', { time: formatTime(at()) })}</p>}
      </Show>
    </div>
  );
}

/** Keyed by target: a card keeps its nodes, its open picker and its place while its case moves on. */
export function Cards(props: { places: BoardPlaces; selection: Selection; isLoading: boolean }) {
  const ids = createMemo(() => props.places.cards.map((ask) => ask.target.targetId as string), [], {
    equals: (a, b) => a.length === b.length && a.every((id, index) => id === b[index]),
  });
  const askOf = (targetId: string) => props.places.cards.find((ask) => ask.target.targetId === targetId);
  return (
    <div
      class="cards"
      classList={{ 'is-crowded': props.places.isCrowded, 'is-single': props.places.cards.length === 1 }}
    >
      <For
        each={ids()}
        fallback={
          <NothingUnderWay isLoading={props.isLoading} lastAtMs={props.places.recent[0]?.target.addedAtMs ?? null} />
        }
      >
        {(targetId) => (
          <Show when={askOf(targetId)}>
            {(ask) => (
              <AskCard
                ask={ask()}
                isSelected={props.selection.selectedId() === targetId}
                isShort={props.places.isCrowded}
                onSelect={() => props.selection.select(targetId)}
              />
            )}
          </Show>
        )}
      </For>
    </div>
  );
}
