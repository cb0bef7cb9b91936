import { specialties } from '@pentad/protocol/center';
import { Finding, FLAGS_AT_MOST } from '@pentad/protocol/pre-alert';
import { boringFinding } from '@pentad/protocol/testing/boring-clinical';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { ruleSet } from '../rule-sets/pentad-2.ts';
import { loadRuleSet } from './load-rule-set.ts';

const words = { zh: '词', en: 'word' };
const flag = (n: number) => ({
  code: `flag-${n}`,
  specialties: ['stroke'],
  name: words,
  when: 'strokeFace',
  source: 'a flag of this test',
  status: 'design-needs-sign-off',
});
const setOf = (count: number) => ({
  version: 'test',
  terms: [],
  rules: [],
  flags: Array.from({ length: count }, (_, n) => flag(n)),
});

it('a finding may carry every flag its specialty has', () => {
  for (const specialty of specialties) {
    const flags = ruleSet.flags.filter((one) => one.specialties.includes(specialty)).map(({ code }) => code);
    expect(v.safeParse(Finding, { ...boringFinding, specialty, flags }).success).toBe(true);
  }
});

it('refuses a set with more flags for one specialty than a finding may carry', () => {
  expect(loadRuleSet(setOf(FLAGS_AT_MOST)).flags).toHaveLength(FLAGS_AT_MOST);
  expect(() => loadRuleSet(setOf(FLAGS_AT_MOST + 1))).toThrow('flags: 65 of stroke, at most 64');
});
