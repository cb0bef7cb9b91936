import type { DrainRound } from '../rounds/drain-round.ts';
import type { LiveRound } from '../rounds/live-round.ts';
import { median } from './statistics.ts';

export type Round = DrainRound | LiveRound;

export interface Figure {
  readonly id: string;
  readonly what: string;
  readonly value: number;
  readonly unit: 'ratio';
  readonly gate: string | null;
  readonly goal: string | null;
  /** Null: no gate stands on it. */
  readonly pass: boolean | null;
  readonly isGoalMet: boolean | null;
  /** What was divided: the value of every round of both sides. */
  readonly samples: { readonly over: readonly number[]; readonly under: readonly number[] };
}

interface Limit {
  readonly gate: number;
  readonly goal: number;
  readonly isAtLeast: boolean;
}

const limits: Record<string, Limit> = {
  G1: { gate: 0.55, goal: 0.75, isAtLeast: true },
  G2: { gate: 1.5, goal: 2, isAtLeast: true },
  G3: { gate: 2.5, goal: 1.5, isAtLeast: false },
  G4: { gate: 3, goal: 2, isAtLeast: false },
};

function figure(id: string, what: string, over: readonly number[], under: readonly number[]): Figure[] {
  if (over.length === 0 || under.length === 0) return [];
  const value = median(over) / median(under);
  const limit = limits[id];
  const holds = (bound: number): boolean => (limit?.isAtLeast ? value >= bound : value <= bound);
  const sign = limit?.isAtLeast ? '>=' : '<=';
  return [
    {
      id,
      what,
      value,
      unit: 'ratio',
      gate: limit ? `${sign} ${limit.gate}` : null,
      goal: limit ? `${sign} ${limit.goal}` : null,
      pass: limit ? holds(limit.gate) : null,
      isGoalMet: limit ? holds(limit.goal) : null,
      samples: { over, under },
    },
  ];
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
