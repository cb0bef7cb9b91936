import { createContext, untrack, useContext, type JSX } from 'solid-js';
import type { Clock } from './clock.ts';
import type { Locale } from './locale.ts';

export interface Ui {
  readonly locale: Locale;
  readonly clock: Clock;
}

const UiContext = createContext<Ui>();

export function UiProvider(props: { ui: Ui; children: JSX.Element }) {
  return <UiContext.Provider value={untrack(() => props.ui)}>{props.children}</UiContext.Provider>;
}

export function useUi(): Ui {
  const ui = useContext(UiContext);
  if (!ui) throw new Error('UiProvider is missing');
  return ui;
}
