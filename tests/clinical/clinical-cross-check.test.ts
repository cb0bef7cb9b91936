import { evaluatePlainCase } from '@pentad/auditor-rules/evaluate-plain-case';
import { describe, expect, it } from 'vitest';
import { caseOfSeed, crossCheck, knownCause } from './cross-check.ts';
import { crossCheckText } from './cross-check-text.ts';
import { disagreements } from './disagreements.ts';
import { knownDisagreements } from './known-disagreements.ts';

describe('two readings of the clinical documents', () => {
  it('agree on 500 cases, but for what is listed', { timeout: 60_000 }, () => {
    const result = crossCheck(500, 4);
    expect(result.unknown, crossCheckText(result)).toEqual([]);
  });

  it('agree on cases nobody has seen', { timeout: 60_000 }, () => {
    const seed = Math.floor(Math.random() * 1e9);
    process.stdout.write(`clinical cross-check: seed ${seed}\n`);
    const result = crossCheck(200, seed);
    expect(result.unknown, crossCheckText(result)).toEqual([]);
  });

  it('come to speak of every row, in every tier it has', { timeout: 60_000 }, () => {
    const held = new Set<string>();
    const all = new Set<string>();
    for (let seed = 1; seed <= 4000; seed += 1) {
      for (const { row, specialty, tier, verdict } of evaluatePlainCase(caseOfSeed(seed)).rows) {
        const line = `${row} ${row === 'GEN-4' && tier === 'level-2' ? '' : specialty} ${tier}`;
        all.add(line);
        if (verdict === 'TRUE') held.add(line);
      }
    }
    expect([...all].filter((line) => !held.has(line))).toEqual([]);
  });

  it.each(knownDisagreements)('still differ over $name; delete the entry when this fails', ({ example, ...known }) => {
    const kinds = disagreements(example).filter((kind) => known.kinds.some((start) => kind.startsWith(start)));
    expect(known.holds(example)).toBe(true);
    expect(kinds).not.toEqual([]);
    expect(kinds.every((kind) => knownCause(kind, example))).toBe(true);
  });
});
