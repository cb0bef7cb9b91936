import type { CaseState } from '@pentad/protocol/case-state';
import { expect, it } from 'vitest';
import { Chart } from '../chart.ts';
import { anything, point } from '../expression/interval.ts';
import { StreamHistory } from '../stream-history.ts';
import { assessmentOf, at, caseOf } from '../testing/case-builder.ts';
import { factsOf } from './picture-facts.ts';

const factsAt = (state: CaseState, seconds: number) =>
  factsOf(new Chart(new StreamHistory(), state, at(seconds)).at(-1, at(seconds)));
const bornAt = (seconds: number): CaseState => ({
  ...caseOf('neonate', [], { ageYears: 0, ageDays: 0 }),
  stamps: {
    birth: { stampId: 'birth', code: 'T_BIRTH', atMs: at(seconds), source: 'crew', errorMs: null, actorName: null },
  },
});

it('knows nothing from a birth that is yet to come, and takes the clock’s own minute as now', () => {
  expect(factsAt(bornAt(-600), 0).number('minutesSinceBirth')).toEqual(point(10));
  expect(factsAt(bornAt(60), 0).number('minutesSinceBirth')).toEqual(point(0));
  expect(factsAt(bornAt(61), 0).number('minutesSinceBirth')).toEqual(anything);
});

it('makes no number of an age in years and days that cannot both be true', () => {
  const facts = factsAt(caseOf('trauma', [], { ageYears: 30, ageDays: 200 }), 0);
  expect([facts.number('ageYears'), facts.number('ageDays'), facts.flag('isAdult')]).toEqual([
    anything,
    anything,
    'UNKNOWN',
  ]);
});

it('does not read a part of the GCS that cannot be tested, whatever stands there', () => {
  const gcs = { eye: 4, verbal: 1, motor: 6, notTestable: ['verbal' as const] };
  const facts = factsAt(caseOf('trauma', [assessmentOf(0, { gcs })]), 1);
  expect(facts.number('gcsVerbal')).toEqual({ least: 1, most: 5 });
  expect(facts.number('gcs')).toEqual({ least: 11, most: 15 });
  expect(facts.lacking('gcs')).toEqual([]);
});
