import { A } from '@solidjs/router';
import { Badge } from '@pentad/ui/badge.tsx';
import { Chain } from '@pentad/ui/chain.tsx';
import { flashPhase } from '@pentad/ui/flash-phase';
import { Ladder, LadderNext } from '@pentad/ui/ladder.tsx';
import { markOf, priorityOf } from '@pentad/ui/priority';
import { receiptChain } from '@pentad/ui/receipt-chain';
import { TierMark } from '@pentad/ui/tier-mark.tsx';
import { useUi } from '@pentad/ui/ui-context.tsx';
import { createMemo, createSignal, Show } from 'solid-js';
import { AnswerActions } from '../cases/answer-actions.tsx';
import { answerLine, StandingWords } from '../cases/answer-state.tsx';
import { ArrivalFigure, createArrival } from '../cases/arrival.tsx';
import { capturedAtMs, ringsFromMs, siblingsAtDesk, standingOf, type DeskTarget } from '../cases/desk-target.ts';
import { mayAnswer } from '../cases/may-answer.ts';
import { whatIs, whoIs } from '../cases/patient-words.ts';
import { VitalRow } from '../cases/vital-row.tsx';
import { Why } from '../cases/why.tsx';
import { useConsole } from '../console-context.tsx';
import { makeDisplayed } from '../feed/confirm.ts';
import { createInSight } from '../shell/in-sight.ts';
import { createPageVisibility } from '../shell/page-visibility.ts';

interface AskCardProps {
  readonly ask: DeskTarget;
  readonly isSelected: boolean;
  readonly isShort: boolean;
  readonly onSelect: () => void;
}

function CardHead(props: { ask: DeskTarget }) {
  const app = useConsole();
  const { locale } = useUi();
  const isAsked = () => standingOf(props.ask) === 'unanswered';
  const arrival = createArrival(() => props.ask.view);
  const who = () => whoIs(props.ask.view, locale);
  const unit = () => app.places.callSign(props.ask.view.vehicle);
  return (
    <header class="head alarm-fill">
      <Badge specialty={props.ask.preAlert.specialty} />
      <div>
        <Show
          when={isAsked()}
          fallback={
            <>
              <h2>
                <TierMark tier={props.ask.preAlert.tier} isSolid={false} /> {who()}
              </h2>
              <span class="quiet">
                {unit()} · {answerLine(props.ask, locale, app.places.deskName)}
              </span>
            </>
          }
        >
          <h2>
            {markOf[priorityOf[props.ask.preAlert.tier]]} {locale.label('tier', props.ask.preAlert.tier)} ·{' '}
            <StandingWords ask={props.ask} />
          </h2>
          <span>
            {who()} · {unit()}
          </span>
        </Show>
      </div>
      <ArrivalFigure view={props.ask.view} estimate={arrival()} />
    </header>
  );
}

function SamePatient(props: { ask: DeskTarget }) {
  const { locale } = useUi();
  const others = () =>
    siblingsAtDesk(props.ask)
      .map(({ preAlert }) => `${locale.label('specialty', preAlert.specialty)} ${locale.label('tier', preAlert.tier)}`)
      .join(locale.t('list.comma'));
  return (
    <Show when={others()}>
      {(words) => <span class="same">{locale.t('case.samePatient', { others: words() })}</span>}
    </Show>
  );
}

function OpenCase(props: { ask: DeskTarget }) {
  const { locale } = useUi();
  return (
    <A class="btn big" href={`/case/${props.ask.view.caseId}`}>
      {locale.t('case.open')} <span class="kbd">↵</span>
    </A>
  );
}

/** Who, what, when, what do I do: a filled head means that nobody has it; taken over, it is an outline. */
export function AskCard(props: AskCardProps) {
  const app = useConsole();
  const { locale } = useUi();
  const isAsked = createMemo(() => standingOf(props.ask) === 'unanswered');
  const hasLadder = () => isAsked() && props.ask.preAlert.tier !== 'advice';
  const links = createMemo(() =>
    receiptChain(props.ask.preAlert, props.ask.target, capturedAtMs(props.ask.view, props.ask.preAlert)),
  );
  const phase = createMemo(() => (isAsked() ? flashPhase() : undefined));
  const isVisible = createPageVisibility();
  const [card, setCard] = createSignal<HTMLElement>();
  const isInSight = createInSight(card);
  makeDisplayed({
    link: app.link,
    ask: () => props.ask,
    isMine: () => app.desks.onDuty() === props.ask.target.deskId,
    canSound: app.player.canSound,
    isVisible: () => isVisible() && isInSight(),
  });
  return (
    <article
      ref={setCard}
      class={`card alarm is-${priorityOf[props.ask.preAlert.tier]}`}
      classList={{ 'is-live': isAsked(), 'is-selected': props.isSelected, 'is-short': props.isShort }}
      style={{ '--flash-at': phase() }}
      aria-label={`${whoIs(props.ask.view, locale)} ${locale.label('tier', props.ask.preAlert.tier)}`}
      aria-current={props.isSelected ? 'true' : undefined}
      onClick={() => props.onSelect()}
    >
      <CardHead ask={props.ask} />
      <div class="card-body">
        <section>
          <p class="what">
            {whatIs(props.ask.view, locale)} <SamePatient ask={props.ask} />
          </p>
          <Why ask={props.ask} isShort={props.isShort} />
          <VitalRow view={props.ask.view} count={props.isShort ? 4 : 5} />
        </section>
        <Show when={hasLadder() && !props.isShort}>
          <section class="sm">
            <LadderNext ladder={props.ask.target.ladder} sinceMs={ringsFromMs(props.ask.target)} />
            <Ladder ladder={props.ask.target.ladder} sinceMs={ringsFromMs(props.ask.target)} />
          </section>
        </Show>
        <Show when={!props.isShort}>
          <section>
            <Chain links={links()} />
          </section>
        </Show>
      </div>
      <Show when={hasLadder() && props.isShort}>
        <section class="sm">
          <LadderNext ladder={props.ask.target.ladder} sinceMs={ringsFromMs(props.ask.target)} />
        </section>
      </Show>
      <footer class="card-foot">
        <Show when={mayAnswer(app.session(), props.ask)} fallback={<OpenCase ask={props.ask} />}>
          <AnswerActions ask={props.ask} isSelected={props.isSelected}>
            <OpenCase ask={props.ask} />
          </AnswerActions>
        </Show>
      </footer>
    </article>
  );
}
