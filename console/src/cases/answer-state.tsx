import { formatTime } from '@pentad/ui/format';
import type { GivenAnswer } from '@pentad/ui/case-parts';
import type { Locale } from '@pentad/ui/locale';
import { useUi } from '@pentad/ui/ui-context.tsx';
import { Match, Switch } from 'solid-js';
import { useConsole } from '../console-context.tsx';
import { leftOpenBy, ownerOf, readyAtMs, standingOf, type DeskTarget } from './desk-target.ts';

export function answerWords(given: GivenAnswer, locale: Locale): string {
  if (given.answer === 'accept-in-minutes') return locale.t('answer.saidMinutes', { minutes: given.minutes ?? 0 });
  if (given.answer === 'suggest-divert')
    return locale.t('answer.saidDivert', { reason: locale.label('reason', given.reason ?? 'none') });
  return locale.t(given.answer === 'accept' ? 'answer.saidAccept' : 'answer.saidConsult');
}

const byWhom = (given: GivenAnswer, locale: Locale): string => given.byName ?? locale.t('person.unknown');

/** Who has it, in one line: a name, a verb and a time. */
export function answerLine(ask: DeskTarget, locale: Locale, deskName: (deskId: string) => string): string {
  const owner = ownerOf(ask.preAlert);
  if (owner) {
    const place = owner.target.targetId === ask.target.targetId ? '' : ` · ${deskName(owner.target.deskId)}`;
    return `${byWhom(owner.given, locale)} ${answerWords(owner.given, locale)} ${formatTime(owner.given.atMs)}${place}`;
  }
  const left = leftOpenBy(ask.target);
  if (left) return `${byWhom(left, locale)} ${answerWords(left, locale)} ${formatTime(left.atMs)}`;
  const { seen } = ask.target;
  return seen
    ? locale.t('answer.seenBy', { name: seen.byName ?? locale.t('person.unknown'), time: formatTime(seen.atMs) })
    : '';
}

/** The title of an unanswered card: nobody, seen by somebody, or left open with an answer. */
export function StandingWords(props: { ask: DeskTarget }) {
  const app = useConsole();
  const { locale } = useUi();
  const ready = () => readyAtMs(props.ask.preAlert);
  return (
    <Switch fallback={locale.t('standing.over')}>
      <Match when={standingOf(props.ask) === 'unanswered' && leftOpenBy(props.ask.target)}>
        {(left) => `${answerWords(left(), locale)} · ${locale.t('standing.stillNobody')}`}
      </Match>
      <Match when={standingOf(props.ask) === 'unanswered' && props.ask.target.seen}>{locale.t('standing.seen')}</Match>
      <Match when={standingOf(props.ask) === 'unanswered'}>{locale.t('standing.nobody')}</Match>
      <Match when={standingOf(props.ask) === 'ours' && ready()}>
        {(at) => locale.t('standing.promised', { time: formatTime(at()) })}
      </Match>
      <Match when={standingOf(props.ask) === 'ours'}>{locale.t('standing.ours')}</Match>
      <Match when={standingOf(props.ask) === 'elsewhere'}>
        {locale.t('standing.elsewhere', {
          desk: app.places.deskName(ownerOf(props.ask.preAlert)?.target.deskId ?? ''),
        })}
      </Match>
    </Switch>
  );
}
