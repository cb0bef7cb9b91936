import type { TextKey } from '@pentad/ui/locale';
import { useUi } from '@pentad/ui/ui-context.tsx';
import { For } from 'solid-js';
import { useConsole } from '../console-context.tsx';
import { choicesOf, inputOf } from './answer-choices.ts';
import type { Picker } from './answers.ts';
import type { DeskTarget } from './desk-target.ts';

/** Two taps, or a letter and a digit: minutes or a reason, nothing to type. */
export function AnswerPicker(props: { ask: DeskTarget; picker: Picker; isOff: boolean }) {
  const app = useConsole();
  const { locale } = useUi();
  const titleKey = (): TextKey => (props.picker === 'minutes' ? 'answer.pickMinutes' : 'answer.pickReason');
  return (
    <div class="picker" role="group" aria-label={locale.t(titleKey())}>
      <span class="quiet">{locale.t(titleKey())}</span>
      <For each={choicesOf(props.picker)}>
        {(choice) => (
          <button
            type="button"
            class="btn"
            disabled={props.isOff}
            onClick={() => void app.answers.give(props.ask, inputOf(props.picker, choice))}
          >
            {choice.minutes === null ? locale.label('reason', choice.reason ?? '') : `${choice.minutes} min`}
            <span class="kbd">{choice.digit}</span>
          </button>
        )}
      </For>
      <button type="button" class="btn soft" onClick={() => app.answers.openPicker(props.ask.target.targetId, null)}>
        {locale.t('answer.closePicker')}
      </button>
    </div>
  );
}
