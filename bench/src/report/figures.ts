import type { LiveRound } from '../rounds/live-round.ts';
import type { Round } from '../rounds/round.ts';
import { judged, type Figure } from './limits.ts';
import { loadFigures } from './load-figures.ts';
import { median } from './statistics.ts';

function figure(id: string, what: string, over: readonly number[], under: readonly number[]): Figure[] {
  if (over.length === 0 || under.length === 0) return [];
  return [judged(id, what, { value: median(over) / median(under), unit: 'ratio', samples: { over, under } })];
}

/** Ratios of medians of one interleaved run (limits.md): absolute numbers of a shared machine say nothing. */
export function figuresOf(rounds: readonly Round[]): Figure[] {
  const drains = (name: string) =>
    rounds.flatMap((round) => (round.kind === 'drain' && round.pipeline === name ? [round.perSecond] : []));
  const cpu = (name: string) =>
    rounds.flatMap((round) => (round.kind === 'drain' && round.pipeline === name ? [round.cpuMicros.server] : []));
  const live = (name: string, read: (round: LiveRound) => number | null) =>
    rounds.flatMap((round) => (round.kind === 'live' && round.pipeline === name ? [read(round) ?? Number.NaN] : []));
  const vitals = (round: LiveRound) => round.vitalsP99Ms;
  return [
    ...figure('G1', 'drain: product / floor', drains('product'), drains('floor')),
    ...figure('G2', 'drain: product / drizzle', drains('product'), drains('drizzle')),
    ...figure(
      'G3',
      'vitals to console p99 at 1 Hz each: product / floor',
      live('product', vitals),
      live('floor', vitals),
    ),
    ...figure(
      'G4',
      'sample to alert at a desk p99: product / floor vitals',
      live('product', (round) => round.alertP99Ms),
      live('floor', vitals),
    ),
    ...loadFigures(rounds),
    ...figure('against-drain', 'drain: against / product', drains('against'), drains('product')),
    ...figure('against-cpu', 'CPU a message in the drain: against / product', cpu('against'), cpu('product')),
    ...figure('against-vitals', 'vitals p99: against / product', live('against', vitals), live('product', vitals)),
    ...figure(
      'against-alert',
      'alert p99: against / product',
      live('against', (round) => round.alertP99Ms),
      live('product', (round) => round.alertP99Ms),
    ),
  ];
}
