import { formatAge } from './format.ts';
import { useUi } from './ui-context.tsx';

/** Ticks with the page's one clock. Past its term it says so in shape and weight, not only in colour. */
export function Age(props: { atMs: number; termMs?: number }) {
  const ui = useUi();
  const ageMs = () => Math.max(0, ui.clock.nowMs() - props.atMs);
  return (
    <span class="age" classList={{ 'is-stale': props.termMs !== undefined && ageMs() > props.termMs }}>
      {formatAge(ageMs())}
    </span>
  );
}
