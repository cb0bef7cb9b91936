import type { CaseView } from '@pentad/protocol/case-view';
import { Badge } from '@pentad/ui/badge.tsx';
import { Chain } from '@pentad/ui/chain.tsx';
import { flashPhase } from '@pentad/ui/flash-phase';
import { priorityOf } from '@pentad/ui/priority';
import { receiptChain } from '@pentad/ui/receipt-chain';
import { TierMark } from '@pentad/ui/tier-mark.tsx';
import { useUi } from '@pentad/ui/ui-context.tsx';
import { createMemo, Show } from 'solid-js';
import { useConsole } from '../console-context.tsx';
import { answerLine, StandingWords } from './answer-state.tsx';
import { ArrivalFigure, createArrival } from './arrival.tsx';
import { capturedAtMs, standingOf, type DeskTarget } from './desk-target.ts';
import { whatIs, whoIs } from './patient-words.ts';

interface CaseHeaderProps {
  readonly view: CaseView;
  /** The ask this reader cares about: at their own desk first, else the owner's, else the first. */
  readonly ask: DeskTarget | null;
}

/** Who, what, from where to where, who has it, when. */
export function CaseHeader(props: CaseHeaderProps) {
  const app = useConsole();
  const { locale } = useUi();
  const arrival = createArrival(() => props.view);
  const isAsked = () => props.ask !== null && standingOf(props.ask) === 'unanswered';
  const links = createMemo(() =>
    props.ask ? receiptChain(props.ask.preAlert, props.ask.target, capturedAtMs(props.view, props.ask.preAlert)) : null,
  );
  const destination = () =>
    props.view.destination ? app.places.hospitalName(props.view.destination.hospitalId) : locale.t('destination.none');
  return (
    <header class="ch">
      <Badge specialty={props.ask?.preAlert.specialty ?? props.view.specialty ?? 'emergency'} />
      <div class="ch-who">
        <h1>
          <Show when={props.ask}>{(ask) => <TierMark tier={ask().preAlert.tier} isSolid={isAsked()} />}</Show>{' '}
          {whoIs(props.view, locale)} · {whatIs(props.view, locale)}
        </h1>
        <span class="sm">
          {app.places.callSign(props.view.vehicle)} → {destination()} ·{' '}
          {locale.label('origin', props.view.origin ?? 'unknown')} · {locale.label('status', props.view.status)}
        </span>
        <Show when={props.ask}>
          {(ask) => (
            <span class="sm row">
              <Show
                when={isAsked()}
                fallback={<span class="quiet">{answerLine(ask(), locale, app.places.deskName)}</span>}
              >
                <span
                  class={`alarm is-${priorityOf[ask().preAlert.tier]} is-live`}
                  style={{ '--flash-at': flashPhase() }}
                >
                  <b class="alarm-fill ch-alarm">
                    <StandingWords ask={ask()} />
                  </b>
                </span>
                <span class="quiet">{answerLine(ask(), locale, app.places.deskName)}</span>
              </Show>
            </span>
          )}
        </Show>
      </div>
      <Show when={links()} fallback={<span class="quiet sm">{locale.t('case.noPreAlert')}</span>}>
        {(known) => <Chain links={known()} />}
      </Show>
      <ArrivalFigure view={props.view} estimate={arrival()} />
    </header>
  );
}
