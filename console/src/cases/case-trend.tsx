import type { CaseView } from '@pentad/protocol/case-view';
import { trendData } from '@pentad/ui/trend-data';
import { TrendChart } from '@pentad/ui/trend-chart.tsx';
import type { TextKey } from '@pentad/ui/locale';
import { useUi } from '@pentad/ui/ui-context.tsx';
import { createMemo, createSignal, For, Show } from 'solid-js';
import { createNumericsHistory } from './open-case.ts';

type Range = '10' | '30' | 'whole';
const ranges: readonly (readonly [Range, TextKey])[] = [
  ['10', 'trend.ten'],
  ['30', 'trend.thirty'],
  ['whole', 'trend.whole'],
];
const MINUTE_MS = 60_000;
/** The server gives six hours at most. */
const LONGEST_MS = 6 * 60 * MINUTE_MS - MINUTE_MS;

export function CaseTrend(props: { view: CaseView }) {
  const { locale, clock } = useUi();
  const [range, setRange] = createSignal<Range>('30');
  const [openedAtMs] = createSignal(clock.exactMs());
  const spanMs = createMemo(() => {
    if (range() !== 'whole') return Number(range()) * MINUTE_MS;
    return Math.min(
      LONGEST_MS,
      Math.max(10 * MINUTE_MS, openedAtMs() - (props.view.openedAtMs ?? openedAtMs()) + 2 * MINUTE_MS),
    );
  });
  const history = createNumericsHistory(
    () => props.view.caseId,
    () => spanMs(),
  );
  const fromMs = () => clock.nowMs() - spanMs();
  const data = createMemo(() =>
    trendData(
      history.items().filter((item) => item.measuredAtMs >= fromMs() - MINUTE_MS),
      clock.nowMs(),
    ),
  );
  const note = () => {
    if (history.hasFailed()) return locale.t('trend.failed');
    if (history.isLoading() && history.items().length === 0) return locale.t('board.loading');
    return history.items().length === 0 ? locale.t('trend.none') : null;
  };
  return (
    <div class="panel trend-panel">
      <header class="panel-head">
        <h2>{locale.t('trend.title')}</h2>
        <span class="trend-key key-hr">{locale.label('tile', 'heartRate')} /min</span>
        <span class="trend-key key-spo2">{locale.label('tile', 'spo2')} %</span>
        <span class="trend-key key-rr">{locale.label('tile', 'respiration')} /min</span>
        <span class="trend-key key-bp">{locale.label('tile', 'pressure')} mmHg</span>
        <span class="trend-key key-backfill">{locale.t('vital.backfill')}</span>
        <span class="grow" />
        <span class="seg">
          <For each={ranges}>
            {([name, text]) => (
              <button type="button" aria-pressed={range() === name} onClick={() => setRange(name)}>
                {locale.t(text)}
              </button>
            )}
          </For>
        </span>
      </header>
      <TrendChart data={data()} fromMs={fromMs()} toMs={clock.nowMs()} />
      <Show when={note()}>{(words) => <p class="trend-note quiet">{words()}</p>}</Show>
    </div>
  );
}
