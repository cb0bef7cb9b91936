import type { NumericsView } from '@pentad/protocol/console-feed';
import { createMemo, Show } from 'solid-js';
import { formatAge, formatLongAge } from './format.ts';
import type { Priority } from './priority.ts';
import { markOf } from './priority.ts';
import { useUi } from './ui-context.tsx';
import { readTile, type TileName } from './vital-words.ts';

interface VitalProps {
  readonly view: NumericsView | null;
  readonly name: TileName;
  readonly isUnstable: boolean;
  /** A standing finding rests on this value. */
  readonly flag: Priority | undefined;
}

function createReading(props: VitalProps) {
  const ui = useUi();
  const reading = createMemo(() => readTile(props.view, props.name, ui.clock.nowMs(), props.isUnstable));
  return reading;
}

/** Name, value, unit and age, always together; absent is a dash with its reason. */
export function VitalTile(props: VitalProps) {
  const ui = useUi();
  const reading = createReading(props);
  const state = () => {
    const { freshness, isBackfill } = reading();
    if (freshness === 'live') return isBackfill ? ui.locale.t('vital.backfill') : '';
    return freshness === 'absent' ? '' : ui.locale.t(freshness === 'stale' ? 'vital.stale' : 'vital.noSignal');
  };
  const age = () => {
    const { ageMs, freshness } = reading();
    if (freshness === 'absent') return ui.locale.t('vital.absent');
    return ageMs === null ? ui.locale.t('vital.ageUnknown') : formatLongAge(ageMs);
  };
  return (
    <article
      class="vital alarm"
      classList={{
        'is-no-signal': reading().freshness === 'no-signal',
        'is-stale': reading().freshness === 'stale',
        wide: props.name === 'pressure',
        'is-none': reading().freshness === 'absent',
        'is-ack': props.flag !== undefined && reading().freshness === 'live',
        [`is-${props.flag ?? 'calm'}`]: true,
      }}
    >
      <header>
        <b>{ui.locale.label('tile', props.name)}</b>
        <span class="flag">
          <Show when={props.flag}>{(flag) => `${markOf[flag()]} `}</Show>
          {state()}
        </span>
      </header>
      <p class="v">
        {reading().text}
        <Show when={reading().second}>{(second) => <span class="second">/{second()}</span>}</Show>
        <small>{reading().unit}</small>
      </p>
      <footer>
        <span>
          <Show when={reading().mean}>{(mean) => ui.locale.t('vital.mean', { value: mean() })}</Show>
        </span>
        <span class="age">{age()}</span>
      </footer>
    </article>
  );
}

/** The inline form of cards and lists. */
export function VitalMini(props: VitalProps) {
  const ui = useUi();
  const reading = createReading(props);
  const age = () => {
    const { ageMs, freshness } = reading();
    if (freshness === 'absent') return ui.locale.t('vital.absent');
    if (freshness === 'no-signal') return `${ui.locale.t('vital.noSignal')} ${formatAge(ageMs ?? 0)}`;
    return ageMs === null ? ui.locale.t('vital.ageUnknown') : formatAge(ageMs);
  };
  return (
    <div
      class="mini"
      classList={{
        bad: props.flag === 'high' && reading().freshness === 'live',
        warn: props.flag === 'med' && reading().freshness === 'live',
        'is-stale': reading().freshness === 'stale' || reading().freshness === 'no-signal',
        'is-none': reading().freshness === 'absent',
      }}
    >
      <span>
        {ui.locale.label('tile', props.name)} · {age()}
      </span>
      <b>
        {reading().text}
        <Show when={reading().second}>{(second) => <span class="second">/{second()}</span>}</Show>
        <small>{reading().unit}</small>
      </b>
    </div>
  );
}
