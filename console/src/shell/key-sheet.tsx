import { useUi } from '@pentad/ui/ui-context.tsx';
import type { TextKey } from '@pentad/ui/locale';
import { createEffect, For } from 'solid-js';

const keys: readonly (readonly [string, TextKey])[] = [
  ['J', 'keys.next'],
  ['K', 'keys.previous'],
  ['Enter', 'keys.open'],
  ['A', 'keys.accept'],
  ['N', 'keys.minutes'],
  ['D', 'keys.divert'],
  ['Q', 'keys.consult'],
  ['M', 'keys.pause'],
  ['F', 'keys.follow'],
  ['Esc', 'keys.close'],
  ['?', 'keys.title'],
];

/** A native dialog, so that focus and Escape are the browser's; the alarm bar stays in sight above the page. */
export function KeySheet(props: { isOpen: boolean; onClose: () => void }) {
  const { locale } = useUi();
  let dialog!: HTMLDialogElement;
  createEffect(() => {
    if (props.isOpen && !dialog.open) dialog.show();
    if (!props.isOpen && dialog.open) dialog.close();
  });
  return (
    <dialog ref={dialog} class="panel key-sheet" aria-label={locale.t('keys.title')} onClose={() => props.onClose()}>
      <header class="panel-head">
        <h2>{locale.t('keys.title')}</h2>
        <span class="grow" />
        <button type="button" class="btn soft" onClick={() => props.onClose()}>
          {locale.t('keys.close')}
        </button>
      </header>
      <dl class="panel-body">
        <For each={keys}>
          {([key, text]) => (
            <div class="row">
              <dt>
                <span class="kbd">{key}</span>
              </dt>
              <dd>{locale.t(text)}</dd>
            </div>
          )}
        </For>
      </dl>
      <p class="panel-body cap quiet">{locale.t('keys.note')}</p>
    </dialog>
  );
}
