import { For, Show } from 'solid-js';
import { formatTime } from './format.ts';
import type { ChainLink } from './receipt-chain.ts';
import { useUi } from './ui-context.tsx';

/** 已采集 → 已发出 → 已入库 → 已送达 → 已显示 → 已阅(姓名) → 已接收. */
export function Chain(props: { links: readonly ChainLink[] }) {
  const ui = useUi();
  return (
    <ol class="chain" aria-label={ui.locale.t('chain.title')}>
      <For each={props.links}>
        {(link) => (
          <li classList={{ done: link.state === 'done', now: link.state === 'now' }}>
            {ui.locale.label('chain', link.step)}
            <time>
              <Show when={link.atMs} fallback="—">
                {(at) => formatTime(at())}
              </Show>
            </time>
            <Show when={link.byName}>{(name) => <span class="by">{name()}</span>}</Show>
          </li>
        )}
      </For>
    </ol>
  );
}
