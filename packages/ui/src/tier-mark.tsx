import type { Tier } from '@pentad/protocol/pre-alert';
import { markOf, priorityOf } from './priority.ts';
import { useUi } from './ui-context.tsx';

/** Solid: nobody has it. Outline: taken over. */
export function TierMark(props: { tier: Tier; isSolid: boolean }) {
  const ui = useUi();
  return (
    <span class={`tier is-${priorityOf[props.tier]}`} classList={{ solid: props.isSolid }}>
      <i aria-hidden="true">{markOf[priorityOf[props.tier]]}</i>
      {ui.locale.label('tier', props.tier)}
    </span>
  );
}
