import { makeKeys } from '@pentad/ui/keyboard';
import { priorityOf } from '@pentad/ui/priority';
import { useUi } from '@pentad/ui/ui-context.tsx';
import { createSignal, type JSX } from 'solid-js';
import { makePageSigns } from '../alarm/page-signs.ts';
import { useConsole } from '../console-context.tsx';
import { Banners } from './banners.tsx';
import { KeySheet } from './key-sheet.tsx';
import { TopBar } from './top-bar.tsx';

/** The frame of every signed-in screen: who, link, sound, time; what rings; then the screen. */
export function Shell(props: { children: JSX.Element }) {
  const app = useConsole();
  const { locale } = useUi();
  const [isHelpOpen, setIsHelpOpen] = createSignal(false);
  makeKeys(() => ({
    m: app.alarms.togglePause,
    '?': () => setIsHelpOpen((isOpen) => !isOpen),
    Escape: () => setIsHelpOpen(false),
  }));
  makePageSigns({
    title: () => locale.t('brand.name'),
    count: () => app.alarms.ringing().length,
    worst: () => {
      const worst = app.alarms.ringing()[0];
      return worst ? priorityOf[worst.preAlert.tier] : null;
    },
  });
  return (
    <div class="app">
      <TopBar onHelp={() => setIsHelpOpen(true)} />
      <Banners />
      {props.children}
      <KeySheet isOpen={isHelpOpen()} onClose={() => setIsHelpOpen(false)} />
    </div>
  );
}
