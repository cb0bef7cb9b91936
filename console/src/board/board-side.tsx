import { A } from '@solidjs/router';
import { Badge } from '@pentad/ui/badge.tsx';
import { formatAge, formatTime } from '@pentad/ui/format';
import { TierMark } from '@pentad/ui/tier-mark.tsx';
import { useUi } from '@pentad/ui/ui-context.tsx';
import { For, Show } from 'solid-js';
import { answerLine } from '../cases/answer-state.tsx';
import { createArrival } from '../cases/arrival.tsx';
import type { DeskTarget } from '../cases/desk-target.ts';
import { whatIs, whoIs } from '../cases/patient-words.ts';
import { useConsole } from '../console-context.tsx';
import { createPageVisibility } from '../shell/page-visibility.ts';

function FollowingRow(props: { ask: DeskTarget }) {
  const app = useConsole();
  const { locale } = useUi();
  const arrival = createArrival(() => props.ask.view);
  const minutes = () => {
    const now = arrival();
    return now.kind === 'minutes' ? String(now.minutes) : '—';
  };
  return (
    <A class="small" href={`/case/${props.ask.view.caseId}`}>
      <Badge specialty={props.ask.preAlert.specialty} />
      <div class="row wrap">
        <TierMark tier={props.ask.preAlert.tier} isSolid={false} />
        <b>{whoIs(props.ask.view, locale)}</b>
      </div>
      <div class="eta">
        <b>{minutes()}</b> <span class="cap quiet">min</span>
      </div>
      <span class="sm">
        {whatIs(props.ask.view, locale)} · {app.places.callSign(props.ask.view.vehicle)} ·{' '}
        {answerLine(props.ask, locale, app.places.deskName)}
      </span>
    </A>
  );
}

export function Following(props: { asks: readonly DeskTarget[] }) {
  const { locale } = useUi();
  return (
    <section class="panel">
      <header class="panel-head">
        <h2>{locale.t('board.following')}</h2>
        <span class="count">{props.asks.length}</span>
        <span class="grow" />
        {locale.t('board.byArrival')}
      </header>
      <For each={props.asks} fallback={<p class="panel-body sm quiet">{locale.t('board.nothingFollows')}</p>}>
        {(ask) => <FollowingRow ask={ask} />}
      </For>
    </section>
  );
}

/** Whether this page makes the desk staffed, from what it itself knows and has sent. */
export function DeskState(props: { deskId: string }) {
  const app = useConsole();
  const { locale, clock } = useUi();
  const isVisible = createPageVisibility();
  const desk = () => app.places.desk(props.deskId);
  const isStaffing = () =>
    app.desks.onDuty() === props.deskId &&
    app.player.canSound() &&
    isVisible() &&
    app.link.state() === 'live' &&
    !app.link.isOutdated();
  return (
    <section class="panel">
      <header class="panel-head">
        <h2>{locale.t('board.desk')}</h2>
        <span class="grow" />
        <Show when={desk()}>
          {(known) => (
            <>
              {locale.t('board.phone')} <b>{known().phone}</b>
            </>
          )}
        </Show>
      </header>
      <div class="panel-body col sm">
        <div class="row">
          <For each={desk()?.serves}>{(specialty) => <Badge specialty={specialty} />}</For>
        </div>
        <div class="row wrap">
          <i class="dot" classList={{ off: !isStaffing() }} />
          <b>{app.session()?.name}</b>
          <span>{locale.t(isStaffing() ? 'board.staffing' : 'board.notStaffing')}</span>
        </div>
        <Show when={app.presence.lastSentAtMs()}>
          {(at) => <span class="quiet">{locale.t('board.presence', { age: formatAge(clock.nowMs() - at()) })}</span>}
        </Show>
      </div>
    </section>
  );
}

export function Recent(props: { asks: readonly DeskTarget[] }) {
  const { locale } = useUi();
  return (
    <section class="panel recent">
      <header class="panel-head">
        <h2>{locale.t('board.recent')}</h2>
      </header>
      <div class="panel-body col sm">
        <For each={props.asks.slice(0, 8)} fallback={<span class="quiet">{locale.t('board.nothingRecent')}</span>}>
          {(ask) => (
            <A class="row recent-row" href={`/case/${ask.view.caseId}`}>
              <span class="quiet">{formatTime(ask.target.addedAtMs, 'minutes')}</span>
              <span class="grow">
                {whoIs(ask.view, locale)} · {whatIs(ask.view, locale)}
              </span>
              <span class="quiet">
                {ask.target.isReleased ? locale.t('standing.released') : locale.label('status', ask.view.status)}
              </span>
            </A>
          )}
        </For>
      </div>
    </section>
  );
}
