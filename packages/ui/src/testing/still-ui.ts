import { createSignal } from 'solid-js';
import { createLocale, type Lang } from '../locale.ts';
import type { Ui } from '../ui-context.tsx';

/** Words and a clock that stands still until it is moved. */
export function stillUi(startMs: number, lang: Lang = 'zh-CN'): Ui & { readonly move: (ms: number) => void } {
  const [nowMs, setNowMs] = createSignal(startMs);
  return {
    locale: createLocale(lang),
    clock: { nowMs, exactMs: nowMs, sync: setNowMs, dispose: () => undefined },
    move: (ms) => setNowMs((now) => now + ms),
  };
}
