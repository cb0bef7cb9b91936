import type { CaseView } from '@pentad/protocol/case-view';
import { formatTime } from '@pentad/ui/format';
import { useUi } from '@pentad/ui/ui-context.tsx';
import { createEffect, createMemo, For, on } from 'solid-js';
import { timelineRows } from './timeline-rows.ts';

/** Newest at the bottom and in sight, unless the reader has scrolled up. */
export function CaseTimeline(props: { view: CaseView }) {
  const { locale } = useUi();
  const rows = createMemo(() => timelineRows(props.view, locale));
  let list!: HTMLOListElement;
  let isAtEnd = true;
  createEffect(
    on(
      () => rows().length,
      () => {
        if (isAtEnd) list.scrollTop = list.scrollHeight;
      },
    ),
  );
  return (
    <div class="panel timeline">
      <header class="panel-head">
        <h2>{locale.t('timeline.title')}</h2>
        <span class="grow" />
        {locale.t('timeline.note')}
      </header>
      <ol
        class="tl"
        ref={list}
        onScroll={() => (isAtEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 24)}
      >
        <For each={rows()} fallback={<li class="quiet">{locale.t('timeline.none')}</li>}>
          {(row) => (
            <li classList={{ milestone: row.isMilestone }}>
              <time>{formatTime(row.atMs)}</time>
              <i />
              <span>{row.text}</span>
              <span class="src">{row.source}</span>
            </li>
          )}
        </For>
      </ol>
    </div>
  );
}
