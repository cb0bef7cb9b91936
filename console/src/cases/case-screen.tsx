import { useNavigate, useParams } from '@solidjs/router';
import { makeKeys } from '@pentad/ui/keyboard';
import { useUi } from '@pentad/ui/ui-context.tsx';
import { tileNames } from '@pentad/ui/vital-words';
import { VitalTile } from '@pentad/ui/vital-tile.tsx';
import type { CaseView } from '@pentad/protocol/case-view';
import { createEffect, createMemo, For, on, Show, untrack } from 'solid-js';
import { answerKeys } from '../board/board-keys.ts';
import { useConsole } from '../console-context.tsx';
import { AnswerActions } from './answer-actions.tsx';
import { CaseFindings } from './case-findings.tsx';
import { CaseHeader } from './case-header.tsx';
import { CaseTimeline } from './case-timeline.tsx';
import { CaseTrend } from './case-trend.tsx';
import { allTargets, needsAnswer, standingOf, type DeskTarget } from './desk-target.ts';
import { isUnstable, tileFlags } from './finding-words.ts';
import { mayAnswer } from './may-answer.ts';
import { createOpenCase } from './open-case.ts';
import './case.css';

function Tiles(props: { view: CaseView }) {
  const app = useConsole();
  const { locale } = useUi();
  const flags = createMemo(() => tileFlags(props.view));
  return (
    <section class="tiles" aria-label={locale.t('vital.title')}>
      <For each={tileNames}>
        {(name) => (
          <VitalTile
            view={app.link.store.held.numerics[props.view.caseId] ?? null}
            name={name}
            isUnstable={isUnstable(props.view)}
            flag={flags()[name]}
          />
        )}
      </For>
    </section>
  );
}

/** The ask this reader cares about: unanswered at their own desk first, then any of theirs, the owner's, any. */
function relevantAsk(view: CaseView, isMine: (deskId: string) => boolean): DeskTarget | null {
  const all = allTargets(view);
  const mine = all.filter((ask) => isMine(ask.target.deskId));
  return (
    mine.find((ask) => standingOf(ask) === 'unanswered') ??
    mine.find((ask) => standingOf(ask) === 'ours') ??
    all.find((ask) => standingOf(ask) === 'unanswered') ??
    all.find((ask) => standingOf(ask) === 'ours') ??
    all[0] ??
    null
  );
}

/** 已阅: opening the page is the act, by a person of the desk that was asked. */
function createSeenReport(ask: () => DeskTarget | null): void {
  const app = useConsole();
  const isDue = () => {
    const now = ask();
    return now !== null && app.desks.isMine(now.target.deskId) && now.target.seen === null && standingOf(now) !== 'over'
      ? now.target.targetId
      : null;
  };
  createEffect(
    on(isDue, (targetId) => {
      const now = ask();
      if (targetId !== null && now) void app.answers.see(now);
    }),
  );
}

export function CaseScreen() {
  const app = useConsole();
  const { locale } = useUi();
  const params = useParams<{ id: string }>();
  const navigate = useNavigate();
  const open = createOpenCase(() => params.id);
  const ask = createMemo(() => {
    const view = open.view();
    return view ? relevantAsk(view, app.desks.isMine) : null;
  });
  createSeenReport(() => ask());
  makeKeys(() => untrack(() => ({ Escape: () => navigate(-1), ...answerKeys(app, ask()) })));
  return (
    <Show
      when={open.view()}
      fallback={<main class="board-empty">{locale.t(open.problem() ? 'case.refused' : 'board.loading')}</main>}
    >
      {(view) => (
        <main class="case">
          <CaseHeader view={view()} ask={ask()} />
          <Show when={ask()}>
            {(now) => (
              <Show when={mayAnswer(app.session(), now()) && needsAnswer(now())}>
                <AnswerActions ask={now()} isSelected />
              </Show>
            )}
          </Show>
          <div class="body">
            <Tiles view={view()} />
            <CaseTrend view={view()} />
            <section class="rt">
              <CaseFindings view={view()} />
              <CaseTimeline view={view()} />
            </section>
          </div>
        </main>
      )}
    </Show>
  );
}
