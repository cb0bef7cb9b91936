import type { PlainCase } from '@pentad/auditor-rules/plain-case';
import { Chance } from './chance.ts';
import { disagreements } from './disagreements.ts';
import { coherent } from './coherent.ts';
import { knownDisagreements, type KnownDisagreement } from './known-disagreements.ts';
import { plainCase } from './plain-case-generator.ts';
import { smallestCase } from './smallest-case.ts';

export interface Kind {
  readonly kind: string;
  readonly count: number;
  readonly firstSeed: number;
  readonly smallest: PlainCase;
}
export interface CrossCheck {
  readonly cases: number;
  readonly seed: number;
  readonly agreeing: number;
  readonly unknown: readonly Kind[];
  /** By name of the listed cause: how many disagreements it explains. */
  readonly known: readonly { readonly name: string; readonly count: number }[];
}

/** Case n of seed s is the case of seed s + n: each can be made again alone. */
export const caseOfSeed = (seed: number): PlainCase => plainCase(new Chance(Math.imul(seed, 2_654_435_761)));

/** The cause a kind of disagreement on this case is listed under. */
export const knownCause = (kind: string, plain: PlainCase): KnownDisagreement | undefined =>
  knownDisagreements.find((known) => known.kinds.some((start) => kind.startsWith(start)) && known.holds(plain));

export function crossCheck(cases: number, seed: number): CrossCheck {
  const counts = new Map<string, { count: number; firstSeed: number }>();
  const known = new Map<string, number>();
  let agreeing = 0;
  for (let at = seed; at < seed + cases; at += 1) {
    const plain = caseOfSeed(at);
    const kinds = disagreements(plain);
    if (kinds.length === 0) agreeing += 1;
    for (const kind of kinds) {
      const cause = knownCause(kind, plain);
      if (cause) known.set(cause.name, (known.get(cause.name) ?? 0) + 1);
      else
        counts.set(kind, { count: (counts.get(kind)?.count ?? 0) + 1, firstSeed: counts.get(kind)?.firstSeed ?? at });
    }
  }
  return {
    cases,
    seed,
    agreeing,
    known: [...known].map(([name, count]) => ({ name, count })),
    unknown: [...counts].map(([kind, { count, firstSeed }]) => ({
      kind,
      count,
      firstSeed,
      smallest: smallestUnknown(kind, firstSeed),
    })),
  };
}

function smallestUnknown(kind: string, seed: number): PlainCase {
  const stillDiffers = (plain: PlainCase): boolean => {
    const possible = coherent(plain);
    return disagreements(possible).includes(kind) && !knownCause(kind, possible);
  };
  return coherent(smallestCase(caseOfSeed(seed), stillDiffers));
}
