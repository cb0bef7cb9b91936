import BellRing from 'lucide-solid/icons/bell-ring';
import Pause from 'lucide-solid/icons/pause';
import { createMemo, Show, type JSX } from 'solid-js';
import { flashPhase } from './flash-phase.ts';
import { formatCount, secondsUntil } from './format.ts';
import { markOf, type Priority } from './priority.ts';
import { useUi } from './ui-context.tsx';

interface AlarmBarProps {
  readonly priority: Priority;
  readonly title: string;
  readonly sinceMs: number;
  readonly pausedUntilMs: number | null;
  readonly onPause: () => void;
  readonly children: JSX.Element;
}

/** Lies above dialogs. The pause counts down on the bar and is no acknowledgement: light and ladder go on. */
export function AlarmBar(props: AlarmBarProps) {
  const ui = useUi();
  const phase = createMemo(() => (props.priority ? flashPhase() : '0ms'));
  return (
    <div class={`alarm is-${props.priority} is-live alarm-bar`} style={{ '--flash-at': phase() }}>
      <div class="banner alarm-fill" role="alert">
        <BellRing class="ico" aria-hidden="true" />
        <b>
          {markOf[props.priority]} {props.title}
        </b>
        {props.children}
        <span class="grow" />
        <b>{ui.locale.t('alarm.ringing', { count: formatCount(ui.clock.nowMs() - props.sinceMs, 'up') })}</b>
        <button type="button" class="btn" aria-pressed={props.pausedUntilMs !== null} onClick={() => props.onPause()}>
          <Pause class="ico" aria-hidden="true" />
          <Show when={props.pausedUntilMs} fallback={ui.locale.t('alarm.pause')}>
            {(until) => ui.locale.t('alarm.paused', { seconds: secondsUntil(until(), ui.clock.nowMs()) })}
          </Show>
          <span class="kbd">M</span>
        </button>
      </div>
    </div>
  );
}
