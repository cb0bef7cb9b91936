import { formatTime } from '@pentad/ui/format';
import type { CaseFinding } from '@pentad/ui/case-parts';
import { useUi } from '@pentad/ui/ui-context.tsx';
import { createMemo, For, Show } from 'solid-js';
import type { DeskTarget } from './desk-target.ts';
import { basisWords, flagWords, missingWords, scoreWords, standingFindings } from './finding-words.ts';

function FindingLine(props: { finding: CaseFinding; hasBasis: boolean }) {
  const { locale } = useUi();
  return (
    <li>
      <b>{props.finding.finding.ruleId}</b> {locale.label('rule', props.finding.finding.ruleId)}
      <Show when={scoreWords(props.finding, locale)}>{(score) => <> · {score()}</>}</Show>
      <For each={flagWords(props.finding, locale)}>{(flag) => <b class="remark">{flag}</b>}</For>
      <Show when={props.hasBasis && props.finding.finding.inputs.length > 0}>
        <span class="quiet"> · {basisWords(props.finding, locale)}</span>
      </Show>
      <Show when={props.finding.finding.missing.length > 0}>
        <span>
          {' '}
          · {locale.t('finding.missing')} <b>{missingWords(props.finding, locale)}</b>
        </span>
      </Show>
    </li>
  );
}

/**
 * Why it was raised: the crew's press, then rules with the readings they rested on and what is missing; those of the
 * asked specialty first. The short form keeps the press and the first rule.
 */
export function Why(props: { ask: DeskTarget; isShort: boolean }) {
  const { locale } = useUi();
  const pressedAtMs = () => props.ask.preAlert.pressedAtMs;
  const findings = createMemo(() => {
    const standing = standingFindings(props.ask.view);
    const isOwn = (each: CaseFinding) => each.finding.specialty === props.ask.preAlert.specialty;
    return [...standing.filter(isOwn), ...standing.filter((each) => !isOwn(each))];
  });
  const shown = () => findings().slice(0, props.isShort ? 1 : 3);
  const more = () => findings().length - shown().length;
  return (
    <ul class="why sm">
      <Show when={pressedAtMs()}>
        {(at) => (
          <li>
            <b>{locale.t('finding.crew')}</b> <span class="quiet">{formatTime(at())}</span>
          </li>
        )}
      </Show>
      <For each={shown()}>{(finding) => <FindingLine finding={finding} hasBasis={!props.isShort} />}</For>
      <Show when={pressedAtMs() === null && findings().length === 0}>
        <li class="quiet">{locale.t('finding.none')}</li>
      </Show>
      <Show when={!props.isShort && more() > 0}>
        <li class="quiet">{locale.t('finding.more', { count: more() })}</li>
      </Show>
    </ul>
  );
}
