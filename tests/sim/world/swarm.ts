import type { Rng } from './rng.ts';

/** Which faults this seed may see and how hard: most runs lack some of them, so that each is also seen alone. */
export interface Swarm {
  readonly chaosMs: number;
  readonly vehicles: number;
  readonly sampleEveryMs: number;
  readonly hasPoison: boolean;
  /** Vehicle clocks up to ten minutes wrong (faults.md E7). */
  readonly hasWrongClocks: boolean;
  readonly hasSecondPath: boolean;
  readonly twiceShare: number;
  readonly lossShare: number;
  /** Mean time between faults of a kind, ms; null: not in this run. */
  readonly every: Readonly<Record<FaultKind, number | null>>;
  readonly commit: {
    readonly lost: number;
    readonly unknown: number;
    readonly crashBefore: number;
    readonly crashAfter: number;
    readonly readBroken: number;
  };
}

/** Only these faults, so often. */
export const onlyFaults = (every: Partial<Swarm['every']>): Swarm['every'] => ({ ...noFaults(), ...every });

export const faultKinds = [
  'tunnel',
  'flapping',
  'agent-crash',
  'agent-wipe',
  'bit-flip',
  'journal-io',
  'server-crash',
  'server-held-up',
  'server-cut-off',
  'postgres-down',
  'postgres-slow',
  'broker-crash',
  'broker-wipe',
  'consumers-lost',
  'http-down',
] as const;
export type FaultKind = (typeof faultKinds)[number];

const noFaults = () => Object.fromEntries(faultKinds.map((kind) => [kind, null])) as Record<FaultKind, null>;

const usualEveryMs: Record<FaultKind, number> = {
  tunnel: 60_000,
  flapping: 150_000,
  'agent-crash': 90_000,
  'agent-wipe': 400_000,
  'bit-flip': 120_000,
  'journal-io': 300_000,
  'server-crash': 60_000,
  'server-held-up': 60_000,
  'server-cut-off': 90_000,
  'postgres-down': 120_000,
  'postgres-slow': 120_000,
  'broker-crash': 120_000,
  'broker-wipe': 150_000,
  'consumers-lost': 120_000,
  'http-down': 90_000,
};

export function drawSwarm(rng: Rng): Swarm {
  const share = (most: number) => (rng.isTrue(0.5) ? rng.fraction() * most : 0);
  const isLong = rng.isTrue(0.02);
  const every = Object.fromEntries(
    faultKinds.map((kind) => [kind, rng.isTrue(0.45) ? usualEveryMs[kind] * (0.5 + 1.5 * rng.fraction()) : null]),
  ) as Record<FaultKind, number | null>;
  return {
    chaosMs: isLong ? 2_100_000 : rng.pick([45_000, 60_000, 90_000, 180_000]),
    vehicles: rng.between(2, 5),
    sampleEveryMs: isLong ? 8_000 : rng.pick([2_000, 4_000, 6_000]),
    hasPoison: rng.isTrue(0.2),
    hasWrongClocks: rng.isTrue(0.25),
    hasSecondPath: rng.isTrue(0.6),
    twiceShare: share(0.5),
    lossShare: share(0.08),
    every,
    commit: {
      lost: share(0.03),
      unknown: share(0.03),
      crashBefore: share(0.004),
      crashAfter: share(0.004),
      readBroken: share(0.02),
    },
  };
}
