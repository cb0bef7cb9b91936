import type uPlot from 'uplot';
import type { CuffReading, TrendSpan } from './trend-data.ts';

export interface TrendColors {
  readonly line: string;
  readonly label: string;
  readonly silence: string;
  readonly hatch: string;
  readonly cuff: string;
  readonly act: string;
  readonly font: string;
}

const visible = (plot: uPlot, span: TrendSpan): { left: number; width: number } | null => {
  const scale = plot.scales['x'];
  if (scale?.min === undefined || scale.max === undefined || span.toS < scale.min || span.fromS > scale.max)
    return null;
  const left = plot.valToPos(Math.max(span.fromS, scale.min), 'x', true);
  return { left, width: plot.valToPos(Math.min(span.toS, scale.max), 'x', true) - left };
};

/** 无信号: a plain block with its length; the line stays broken. */
export function paintSilences(
  plot: uPlot,
  spans: readonly TrendSpan[],
  colors: TrendColors,
  words: (ms: number) => string,
): void {
  const { ctx, bbox } = plot;
  ctx.save();
  for (const span of spans) {
    const at = visible(plot, span);
    if (!at) continue;
    ctx.fillStyle = colors.silence;
    ctx.fillRect(at.left, bbox.top, at.width, bbox.height);
    const text = words((span.toS - span.fromS) * 1_000);
    ctx.font = colors.font;
    ctx.fillStyle = colors.label;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'top';
    if (ctx.measureText(text).width < at.width + 24) ctx.fillText(text, at.left + at.width / 2, bbox.top + 4);
  }
  ctx.restore();
}

/** 补传: hatched, whatever the values were. */
export function paintBackfills(plot: uPlot, spans: readonly TrendSpan[], colors: TrendColors): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.setLineDash([]);
  ctx.strokeStyle = colors.hatch;
  ctx.lineWidth = devicePixelRatio;
  const step = 7 * devicePixelRatio;
  for (const span of spans) {
    const at = visible(plot, span);
    if (!at) continue;
    ctx.save();
    ctx.beginPath();
    ctx.rect(at.left, bbox.top, Math.max(at.width, 2), bbox.height);
    ctx.clip();
    for (let x = at.left - bbox.height; x < at.left + at.width + step; x += step) {
      ctx.beginPath();
      ctx.moveTo(x, bbox.top + bbox.height);
      ctx.lineTo(x + bbox.height, bbox.top);
      ctx.stroke();
    }
    ctx.restore();
  }
  ctx.restore();
}

/** A cuff reading is one instant: a bar from diastolic to systolic, never a line between readings. */
export function paintCuffs(plot: uPlot, cuffs: readonly CuffReading[], colors: TrendColors): void {
  const { ctx } = plot;
  const arm = 4 * devicePixelRatio;
  ctx.save();
  ctx.setLineDash([]);
  ctx.strokeStyle = colors.cuff;
  ctx.lineWidth = 1.8 * devicePixelRatio;
  for (const cuff of cuffs) {
    if (!visible(plot, { fromS: cuff.atS, toS: cuff.atS })) continue;
    const x = plot.valToPos(cuff.atS, 'x', true);
    const top = plot.valToPos(cuff.systolic, 'y', true);
    const bottom = plot.valToPos(cuff.diastolic ?? cuff.systolic, 'y', true);
    ctx.beginPath();
    ctx.moveTo(x - arm, top);
    ctx.lineTo(x + arm, top);
    ctx.moveTo(x, top);
    ctx.lineTo(x, bottom);
    ctx.moveTo(x - arm, bottom);
    ctx.lineTo(x + arm, bottom);
    ctx.stroke();
  }
  ctx.restore();
}
