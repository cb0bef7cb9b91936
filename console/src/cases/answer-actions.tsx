import { useUi } from '@pentad/ui/ui-context.tsx';
import Check from 'lucide-solid/icons/check';
import { Match, Show, Switch, type JSX } from 'solid-js';
import { useConsole } from '../console-context.tsx';
import { AnswerPicker } from './answer-picker.tsx';
import { answerLine } from './answer-state.tsx';
import { needsAnswer, standingOf, type DeskTarget } from './desk-target.ts';

function FailedLine(props: { ask: DeskTarget }) {
  const app = useConsole();
  const { locale } = useUi();
  const phase = () => app.answers.phase(props.ask.target.targetId);
  const failed = () => {
    const now = phase();
    return now.kind === 'failed' ? now : null;
  };
  return (
    <Switch>
      <Match when={failed()}>
        {(now) => (
          <p class="act-note over" role="alert">
            <b>{locale.t('answer.notStored')}</b> {locale.label('problem', now().code)}
            <button type="button" class="btn" onClick={() => void app.answers.retry(props.ask)}>
              {locale.t('answer.retry')}
            </button>
          </p>
        )}
      </Match>
      <Match when={phase().kind === 'overtaken'}>
        <p class="act-note" role="alert">
          <b>{locale.t('answer.overtaken')}</b> {answerLine(props.ask, locale, app.places.deskName)}
        </p>
      </Match>
    </Switch>
  );
}

/**
 * 接收 · N 分钟后可接 · 建议改送 · 请会诊. One main button; what is being saved says so; nothing changes before the
 * server has it. Kept out of reach while the link is down: the page would not know what it answers.
 */
export function AnswerActions(props: { ask: DeskTarget; isSelected: boolean; children?: JSX.Element }) {
  const app = useConsole();
  const { locale } = useUi();
  const targetId = () => props.ask.target.targetId;
  const saving = () => {
    const phase = app.answers.phase(targetId());
    return phase.kind === 'saving' ? phase.answer : null;
  };
  const isOff = () => saving() !== null || app.isLinkDown();
  const isAsked = () => standingOf(props.ask) === 'unanswered';
  const canAccept = () => needsAnswer(props.ask);
  const words = (answer: string, idle: string) => (saving() === answer ? locale.t('answer.saving') : idle);
  const toggle = (picker: 'minutes' | 'divert') =>
    app.answers.openPicker(targetId(), app.answers.picker(targetId()) === picker ? null : picker);
  return (
    <div class="act-area">
      <FailedLine ask={props.ask} />
      <Show when={app.answers.picker(targetId())}>
        {(picker) => <AnswerPicker ask={props.ask} picker={picker()} isOff={isOff()} />}
      </Show>
      <Show when={app.isLinkDown() && canAccept()}>
        <p class="act-note">{locale.t('answer.linkDown')}</p>
      </Show>
      <div class="acts">
        <Show when={canAccept()}>
          <button
            type="button"
            class="btn main big"
            classList={{ 'is-focus': props.isSelected, busy: saving() === 'accept' }}
            disabled={isOff()}
            onClick={() => void app.answers.give(props.ask, { answer: 'accept', minutes: null, reason: null })}
          >
            <Check class="ico" aria-hidden="true" />
            {words('accept', locale.t('answer.accept'))} <span class="kbd">A</span>
          </button>
        </Show>
        <Show when={isAsked()}>
          <button
            type="button"
            class="btn big"
            disabled={isOff()}
            aria-expanded={app.answers.picker(targetId()) === 'minutes'}
            onClick={() => toggle('minutes')}
          >
            {words('accept-in-minutes', locale.t('answer.minutes'))} <span class="kbd">N</span>
          </button>
          <button
            type="button"
            class="btn big"
            disabled={isOff()}
            aria-expanded={app.answers.picker(targetId()) === 'divert'}
            onClick={() => toggle('divert')}
          >
            {words('suggest-divert', locale.t('answer.divert'))} <span class="kbd">D</span>
          </button>
          <button
            type="button"
            class="btn big"
            disabled={isOff()}
            onClick={() => void app.answers.give(props.ask, { answer: 'ask-consult', minutes: null, reason: null })}
          >
            {words('ask-consult', locale.t('answer.consult'))} <span class="kbd">Q</span>
          </button>
        </Show>
        {props.children}
      </div>
    </div>
  );
}
