import type { CaseView } from '@pentad/protocol/case-view';
import { formatTime } from '@pentad/ui/format';
import type { CaseFinding } from '@pentad/ui/case-parts';
import { TierMark } from '@pentad/ui/tier-mark.tsx';
import { useUi } from '@pentad/ui/ui-context.tsx';
import { createMemo, For, Show } from 'solid-js';
import { flagWords, inputWords, missingWords, scoreWords, standingFindings } from './finding-words.ts';

function FindingItem(props: { finding: CaseFinding }) {
  const { locale } = useUi();
  return (
    <article class="find" classList={{ 'is-ended': props.finding.isEnded }}>
      <h3>
        <TierMark tier={props.finding.finding.tier} isSolid={false} />
        {locale.label('rule', props.finding.finding.ruleId)}
        <Show when={scoreWords(props.finding, locale)}>{(score) => <> · {score()}</>}</Show>
      </h3>
      <dl>
        <dt>{locale.t('finding.basis')}</dt>
        <dd>
          <For each={props.finding.finding.inputs} fallback="—">
            {(input) => <span class="line">{inputWords(input, locale)}</span>}
          </For>
        </dd>
        <Show when={flagWords(props.finding, locale).length > 0}>
          <dt>{locale.t('finding.flags')}</dt>
          <dd>
            <For each={flagWords(props.finding, locale)}>{(flag) => <b class="line">{flag}</b>}</For>
          </dd>
        </Show>
        <dt>{locale.t('finding.source')}</dt>
        <dd>
          {props.finding.finding.ruleId} · {locale.t('finding.version', { version: props.finding.finding.ruleVersion })}{' '}
          · {formatTime(props.finding.raisedAtMs)}
          <Show when={props.finding.isEnded}> · {locale.t('finding.ended')}</Show>
        </dd>
        <Show when={props.finding.finding.missing.length > 0}>
          <dt>{locale.t('finding.missing')}</dt>
          <dd>
            <b>{missingWords(props.finding, locale)}</b>
          </dd>
        </Show>
      </dl>
    </article>
  );
}

/** Why this tier: each rule with what it read, where it comes from and what is missing. Conflicts of the record first. */
export function CaseFindings(props: { view: CaseView }) {
  const { locale } = useUi();
  const standing = createMemo(() => standingFindings(props.view));
  const ended = createMemo(() => props.view.findings.filter((each) => each.isEnded));
  return (
    <div class="panel findings">
      <header class="panel-head">
        <h2>{locale.t('finding.title')}</h2>
        <span class="count">{standing().length}</span>
      </header>
      <div class="scroll">
        <For each={props.view.conflicts}>
          {(conflict) => (
            <p class="find near">{locale.t('attention.conflict', { field: locale.label('field', conflict.field) })}</p>
          )}
        </For>
        <For each={standing()} fallback={<p class="find quiet">{locale.t('finding.none')}</p>}>
          {(finding) => <FindingItem finding={finding} />}
        </For>
        <For each={ended()}>{(finding) => <FindingItem finding={finding} />}</For>
      </div>
    </div>
  );
}
