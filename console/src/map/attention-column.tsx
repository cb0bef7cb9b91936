import { A } from '@solidjs/router';
import { Badge } from '@pentad/ui/badge.tsx';
import { flashPhase } from '@pentad/ui/flash-phase';
import { formatCount, formatOffset, formatTime, secondsUntil } from '@pentad/ui/format';
import { readLadder } from '@pentad/ui/ladder-steps';
import { markOf } from '@pentad/ui/priority';
import { useUi } from '@pentad/ui/ui-context.tsx';
import { createMemo, For, Match, Show, Switch } from 'solid-js';
import { answerLine, StandingWords } from '../cases/answer-state.tsx';
import { useConsole } from '../console-context.tsx';
import type { AttentionItem } from './attention.ts';
import type { RegionState } from './region-state.ts';

type Ask = Extract<AttentionItem, { kind: 'ask' }>;

/** The first five rungs as bars; the running one is the next event and carries the countdown below. */
function Rungs(props: { item: Ask }) {
  const { clock } = useUi();
  const reading = createMemo(() => readLadder(props.item.ask.target.ladder, props.item.sinceMs, clock.nowMs()));
  return (
    <div class="rungs">
      <For each={reading().steps.slice(0, 5)}>
        {(step) => (
          <span classList={{ d: step.state === 'done', n: step.state === 'next' }}>
            <i>
              <i
                style={{
                  transform: `scaleX(${step.state === 'next' ? reading().progress : step.state === 'done' ? 1 : 0})`,
                }}
              />
            </i>
            {formatOffset(step.afterMs)}
          </span>
        )}
      </For>
    </div>
  );
}

function NextStep(props: { item: Ask }) {
  const { locale, clock } = useUi();
  const next = () => readLadder(props.item.ask.target.ladder, props.item.sinceMs, clock.nowMs()).next;
  return (
    <Show when={next()}>
      {(step) => (
        <b>
          {locale.t('ladder.in', {
            seconds: secondsUntil(step().dueAtMs, clock.nowMs()),
            step: locale.label('step', step().step),
          })}
        </b>
      )}
    </Show>
  );
}

function AskItem(props: { item: Ask; region: RegionState }) {
  const app = useConsole();
  const { locale, clock } = useUi();
  const ask = () => props.item.ask;
  const minutes = () => {
    const now = props.region.arrival(ask().view);
    return now.kind === 'minutes' ? locale.t('attention.arrives', { minutes: now.minutes }) : null;
  };
  const phone = () => app.places.desk(ask().target.deskId)?.phone;
  return (
    <article
      class={`item alarm is-${props.item.priority} is-live`}
      classList={{ 'is-selected': props.region.selectedCaseId() === ask().view.caseId }}
      style={{ '--flash-at': flashPhase() }}
      onClick={() => props.region.select(ask().view.caseId)}
    >
      <div class="top alarm-fill">
        <Badge specialty={ask().preAlert.specialty} />
        <b>
          {markOf[props.item.priority]} {locale.label('tier', ask().preAlert.tier)} <StandingWords ask={ask()} />
        </b>
        <span class="t">{formatCount(clock.nowMs() - props.item.sinceMs, 'up')}</span>
      </div>
      <Rungs item={props.item} />
      <p>
        <NextStep item={props.item} />
        <span class="line">
          {app.places.hospitalName(ask().target.hospitalId)} {app.places.deskName(ask().target.deskId)}
        </span>
        <span class="line">
          {app.places.callSign(ask().view.vehicle)}
          <Show when={minutes()}>{(words) => <> · {words()}</>}</Show>
        </span>
        <Show when={answerLine(ask(), locale, app.places.deskName)}>
          {(line) => <span class="line quiet">{line()}</span>}
        </Show>
      </p>
      <div class="acts">
        <Show when={phone()}>
          <span class="phone">
            {locale.t('attention.phone')} <b>{phone()}</b>
          </span>
        </Show>
        <A class="btn" href={`/case/${ask().view.caseId}`}>
          {locale.t('case.open')}
        </A>
      </div>
    </article>
  );
}

function FlatItem(props: { item: Exclude<AttentionItem, Ask>; region: RegionState }) {
  const app = useConsole();
  const { locale, clock } = useUi();
  const title = () => {
    if (props.item.kind === 'conflict')
      return locale.t('attention.conflict', { field: locale.label('field', props.item.field) });
    return locale.t('attention.silent', { unit: app.places.callSign(props.item.unit.vehicle) });
  };
  return (
    <button
      type="button"
      class={`item alarm is-${props.item.priority} flat`}
      onClick={() => props.region.select(props.item.view.caseId)}
    >
      <span class="mk">{markOf[props.item.priority]}</span>
      <b>{title()}</b>
      <span class="t">
        {props.item.kind === 'silent-unit' ? formatCount(clock.nowMs() - props.item.sinceMs, 'up') : ''}
      </span>
      <span class="line">
        {props.item.kind === 'silent-unit'
          ? locale.t('attention.lastHeard', { time: formatTime(props.item.sinceMs) })
          : app.places.callSign(props.item.view.vehicle)}
      </span>
    </button>
  );
}

export function AttentionColumn(props: { region: RegionState }) {
  const { locale } = useUi();
  const keys = createMemo(() => props.region.attention().map((item) => item.key));
  const itemOf = (key: string) => props.region.attention().find((item) => item.key === key);
  const asAsk = (item: AttentionItem | undefined) => (item?.kind === 'ask' ? item : null);
  const asFlat = (item: AttentionItem | undefined) => (item && item.kind !== 'ask' ? item : null);
  return (
    <section class="attn" aria-label={locale.t('attention.title')}>
      <header>
        <h2>{locale.t('attention.title')}</h2>
        <span class="count">{props.region.attention().length}</span>
        <span class="grow" />
        <span class="cap quiet">{locale.t('attention.worstFirst')}</span>
      </header>
      <div class="attn-list">
        <For
          each={keys()}
          fallback={
            <p class="quiet sm attn-empty">{locale.t(props.region.isLoading() ? 'board.loading' : 'attention.none')}</p>
          }
        >
          {(key) => (
            <Switch>
              <Match when={asAsk(itemOf(key))}>{(item) => <AskItem item={item()} region={props.region} />}</Match>
              <Match when={asFlat(itemOf(key))}>{(item) => <FlatItem item={item()} region={props.region} />}</Match>
            </Switch>
          )}
        </For>
      </div>
    </section>
  );
}
