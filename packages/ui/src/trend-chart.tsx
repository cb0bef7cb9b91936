import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { createEffect, on, onCleanup, onMount, untrack } from 'solid-js';
import { formatAge, formatTime } from './format.ts';
import type { TrendData } from './trend-data.ts';
import { paintBackfills, paintCuffs, paintSilences, type TrendColors } from './trend-paint.ts';
import { useUi } from './ui-context.tsx';

interface TrendChartProps {
  readonly data: TrendData;
  readonly fromMs: number;
  readonly toMs: number;
}

function readColors(): TrendColors & { readonly trace: string; readonly trace2: string; readonly trace3: string } {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    line: token('--line'),
    label: token('--ink-2'),
    silence: token('--bg-3'),
    hatch: token('--edge'),
    cuff: token('--trace-3'),
    act: token('--act'),
    trace: token('--trace'),
    trace2: token('--trace-2'),
    trace3: token('--ink-2'),
    font: `${12 * devicePixelRatio}px ${token('--font')}`,
  };
}

const aligned = (data: TrendData): uPlot.AlignedData => {
  const { seconds, heartRate, spo2, respiration } = data.columns;
  return [[...seconds], [...heartRate], [...spo2], [...respiration]];
};

/** Heart rate, SpO2, breathing as lines with honest gaps; pressure as readings; backfill hatched. Told apart by dash too. */
export function TrendChart(props: TrendChartProps) {
  const { locale } = useUi();
  let host!: HTMLDivElement;
  onMount(() => {
    const colors = readColors();
    const axis = {
      stroke: colors.label,
      font: `12px ${getComputedStyle(host).fontFamily}`,
      grid: { stroke: colors.line, width: 1 },
      ticks: { show: false },
    };
    const series = (stroke: string, dash: number[], width: number) => ({
      stroke,
      dash,
      width,
      spanGaps: false,
      points: { show: false },
    });
    const plot = new uPlot(
      {
        width: host.clientWidth,
        height: host.clientHeight,
        legend: { show: false },
        cursor: { show: false },
        padding: [8, 12, 0, 0],
        scales: {
          x: { time: true, range: () => [props.fromMs / 1_000, props.toMs / 1_000] },
          y: { range: (_, min, max) => [Math.min(0, min ?? 0), Math.max(200, max ?? 0)] },
        },
        axes: [
          { ...axis, size: 26, values: (_, splits) => splits.map((split) => formatTime(split * 1_000, 'minutes')) },
          { ...axis, size: 40, splits: () => [0, 40, 80, 120, 160, 200] },
        ],
        series: [
          {},
          series(colors.trace, [], 1.8),
          series(colors.trace2, [6, 3], 1.8),
          series(colors.trace3, [2, 3], 1.4),
        ],
        hooks: {
          drawAxes: [
            (drawn) =>
              untrack(() =>
                paintSilences(
                  drawn,
                  props.data.silences,
                  colors,
                  (ms) => `${locale.t('vital.noSignal')} ${formatAge(ms)}`,
                ),
              ),
          ],
          draw: [
            (drawn) =>
              untrack(() => {
                paintBackfills(drawn, props.data.backfills, colors);
                paintCuffs(drawn, props.data.cuffs, colors);
              }),
          ],
        },
      },
      aligned(props.data),
      host,
    );
    const observer = new ResizeObserver(() => plot.setSize({ width: host.clientWidth, height: host.clientHeight }));
    observer.observe(host);
    createEffect(on([() => props.data, () => props.fromMs], () => plot.setData(aligned(props.data)), { defer: true }));
    onCleanup(() => {
      observer.disconnect();
      plot.destroy();
    });
  });
  return <div ref={host} class="trend" role="img" aria-label={locale.t('trend.title')} />;
}
