import type { Specialty } from '@pentad/protocol/center';
import { Match, Switch } from 'solid-js';
import { useUi } from './ui-context.tsx';

/** Baseline of the character inside each shape, in the 24-unit box. */
const baseline: Record<Specialty, number> = {
  'chest-pain': 16.7,
  stroke: 16.7,
  trauma: 16.7,
  neonate: 18.9,
  maternal: 18.2,
  emergency: 16.7,
};

/** Shape and character: 胸 circle, 卒 hexagon, 创 square, 新 drop, 产 arch, 急 shield. Outline only, never a colour of its own. */
export function Badge(props: { specialty: Specialty; size?: number }) {
  const ui = useUi();
  return (
    <svg
      class="badge"
      viewBox="0 0 24 24"
      width={props.size}
      height={props.size}
      role="img"
      aria-label={ui.locale.label('specialty', props.specialty)}
    >
      <Switch>
        <Match when={props.specialty === 'chest-pain'}>
          <circle cx="12" cy="12" r="10.6" />
        </Match>
        <Match when={props.specialty === 'stroke'}>
          <path d="M6.2 1.6h11.6L23.4 12l-5.6 10.4H6.2L.6 12z" />
        </Match>
        <Match when={props.specialty === 'trauma'}>
          <path d="M2 2h20v20H2z" />
        </Match>
        <Match when={props.specialty === 'neonate'}>
          <path d="M12 .2C15 4 21.6 8.2 21.6 14.2A9.6 9.4 0 0 1 2.4 14.2C2.4 8.2 9 4 12 .2z" />
        </Match>
        <Match when={props.specialty === 'maternal'}>
          <path d="M1.8 22.4V11.4a10.2 10.2 0 0 1 20.4 0v11z" />
        </Match>
        <Match when={props.specialty === 'emergency'}>
          <path d="M12 23.4 2 18.2V2.2h20v16z" />
        </Match>
      </Switch>
      <text x="12" y={baseline[props.specialty]}>
        {ui.locale.label('letter', props.specialty)}
      </text>
    </svg>
  );
}
