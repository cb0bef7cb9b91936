import { createMemo, For, Show } from 'solid-js';
import { formatCount, formatOffset, formatTime, secondsUntil } from './format.ts';
import { readLadder, type LadderStep } from './ladder-steps.ts';
import { useUi } from './ui-context.tsx';

interface LadderProps {
  readonly ladder: readonly LadderStep[];
  readonly sinceMs: number;
}

function createLadder(props: LadderProps) {
  const ui = useUi();
  const reading = createMemo(() => readLadder(props.ladder, props.sinceMs, ui.clock.nowMs()));
  return reading;
}

/** What happens next and when, before anything else: "9 s 后: 短信语音 + 二线". */
export function LadderNext(props: LadderProps) {
  const ui = useUi();
  const reading = createLadder(props);
  return (
    <Show when={reading().next} fallback={<b>{ui.locale.t('ladder.none')}</b>}>
      {(next) => (
        <div class="next">
          <b>
            {ui.locale.t('ladder.in', {
              seconds: secondsUntil(next().dueAtMs, ui.clock.nowMs()),
              step: ui.locale.label('step', next().step),
            })}
          </b>
          <span class="bar2">
            <i style={{ transform: `scaleX(${reading().progress})` }} />
          </span>
          <b>{formatCount(ui.clock.nowMs() - props.sinceMs, 'up')}</b>
        </div>
      )}
    </Show>
  );
}

/** When, whom, what came back. */
export function Ladder(props: LadderProps) {
  const ui = useUi();
  const reading = createLadder(props);
  return (
    <ol class="ladder">
      <For each={reading().steps}>
        {(step) => (
          <li classList={{ done: step.state === 'done', next: step.state === 'next' }}>
            <time>{formatOffset(step.afterMs)}</time>
            <span>{ui.locale.label('step', step.step)}</span>
            <span>
              <Show when={step.state === 'next'} fallback={formatTime(step.firedAtMs ?? step.dueAtMs)}>
                {ui.locale.t('ladder.soon', { seconds: secondsUntil(step.dueAtMs, ui.clock.nowMs()) })}
              </Show>
            </span>
          </li>
        )}
      </For>
    </ol>
  );
}
