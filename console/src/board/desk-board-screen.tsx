import { useParams } from '@solidjs/router';
import { topicOf } from '@pentad/protocol/console-feed';
import { useUi } from '@pentad/ui/ui-context.tsx';
import { createEffect, createMemo, onCleanup, Show } from 'solid-js';
import { deskTargets, standingOf } from '../cases/desk-target.ts';
import { estimateArrival, minutesOrLast } from '../cases/arrival-estimate.ts';
import { useConsole } from '../console-context.tsx';
import { makeLatestNumerics } from '../feed/latest-numerics.ts';
import { placeOnBoard } from './board-places.ts';
import { Cards } from './cards.tsx';
import { DeskState, Following, Recent } from './board-side.tsx';
import { makeBoardKeys } from './board-keys.ts';
import { createSelection } from './selection.ts';
import './board.css';

/** What is coming, who has it, what do I do: one board per desk, all its centers together. */
export function DeskBoardScreen() {
  const app = useConsole();
  const { locale, clock } = useUi();
  const params = useParams<{ id: string }>();
  const topic = () => app.link.store.held.topics[topicOf.desk(params.id)];
  const asks = createMemo(() => deskTargets(Object.values(topic()?.cases ?? {}), params.id));
  const places = createMemo(() =>
    placeOnBoard(asks(), ({ view }) => {
      const unit = view.vehicle === null ? undefined : app.link.store.held.units[view.vehicle];
      return minutesOrLast(estimateArrival(unit, view.destination?.hospitalId, clock.nowMs()));
    }),
  );
  const underWay = createMemo(() => asks().filter((ask) => standingOf(ask) !== 'over'));
  const selection = createSelection(() => [...places().cards, ...places().following]);
  createEffect(() => {
    app.desks.show(params.id);
    const release = app.link.subscribe(topicOf.desk(params.id));
    onCleanup(release);
  });
  const caseIds = createMemo(() => [...new Set(underWay().map((ask) => ask.view.caseId as string))]);
  createEffect(() => app.link.watchNumerics('board', caseIds()));
  makeLatestNumerics({ link: app.link, api: app.api, caseIds });
  onCleanup(() => app.link.watchNumerics('board', []));
  makeBoardKeys(app, selection);
  return (
    <main class="board" aria-label={app.places.deskName(params.id)}>
      <Show when={!topic()?.refusedCode} fallback={<p class="board-empty">{locale.t('board.refused')}</p>}>
        <Cards places={places()} selection={selection} isLoading={topic()?.n === null || topic() === undefined} />
        <aside class="side">
          <Following asks={places().following} />
          <DeskState deskId={params.id} />
          <Recent asks={places().recent} />
        </aside>
      </Show>
    </main>
  );
}
