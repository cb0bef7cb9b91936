import { describe, expect, it, test } from 'vitest';
import { caseOf, everySecond, firingIds, sampleOf } from '../testing/case-builder.ts';
import { CaseWatch } from '../case-watch.ts';
import { loadRuleSet, ruleSetDefinitionOf, RuleSetError } from './load-rule-set.ts';
import { ruleSetFromData, withOverlay } from './rule-overlay.ts';

const said = { zh: '一', en: 'one' };
const rule = (id: string, when: string, more = {}) => ({
  id,
  version: '1',
  specialty: 'emergency',
  tier: 'level-2',
  name: said,
  meaning: said,
  when,
  source: 'a table',
  status: 'found',
  ...more,
});
const base = ruleSetDefinitionOf({
  version: 'pentad-2',
  terms: [{ name: 'isFast', meaning: said, when: 'heartRateBpm > 130', source: 'a table', status: 'found' }],
  rules: [rule('GEN-HR', 'isFast', { over: 'heartRateBpm < 120' }), rule('GEN-O2', 'spo2Percent < 90')],
  flags: [],
});
const signed = { by: '李主任', reason: '本院阈值', on: '2026-10-01' };
const overlay = (...changes: readonly object[]) => ({ version: 'north-1', basedOn: 'pentad-2', changes });
const refusal = (data: unknown): string => {
  try {
    loadRuleSet(withOverlay(data, base));
    return 'taken';
  } catch (error) {
    if (!(error instanceof RuleSetError)) throw error;
    return error.message;
  }
};

/** The rules that fire at this heart rate after two minutes of it. */
function firingAt(heartRateBpm: number, data: unknown): readonly string[] {
  const watch = new CaseWatch(loadRuleSet(withOverlay(data, base)));
  const samples = everySecond(0, 120, (second) => sampleOf(second, { heartRateBpm, spo2Percent: 85 }));
  for (const sample of samples) watch.observe(sample);
  return firingIds(watch.evaluate(caseOf(null), samples.at(-1)?.measuredAtMs ?? 0));
}

describe('an overlay', () => {
  it('changes what it names and nothing else, and says whose it is', () => {
    const change = {
      ruleId: 'GEN-HR',
      ...signed,
      when: 'heartRateBpm > 140',
      tier: 'level-1',
      sustainedS: 60,
      setsApartS: 300,
    };
    const { version, rules, terms, siteChanges } = withOverlay(overlay(change), base);
    expect(version).toBe('pentad-2+north-1');
    expect(rules[0]).toEqual({
      ...base.rules[0],
      when: 'heartRateBpm > 140',
      tier: 'level-1',
      sustainedS: 60,
      setsApartS: 300,
    });
    expect(rules[1]).toEqual(base.rules[1]);
    expect(terms).toEqual(base.terms);
    expect(siteChanges).toEqual([change]);
  });

  it('moves a threshold on both sides of its line', () => {
    const higher = overlay({ ruleId: 'GEN-HR', ...signed, when: 'heartRateBpm > 140' });
    expect(firingAt(140, higher)).toEqual(['GEN-O2']);
    expect(firingAt(141, higher)).toEqual(['GEN-HR', 'GEN-O2']);
  });

  it('takes a rule out, and keeps on record that it did', () => {
    const off = overlay({ ruleId: 'GEN-O2', ...signed, isOff: true });
    expect(firingAt(150, off)).toEqual(['GEN-HR']);
    expect(withOverlay(off, base).siteChanges?.[0]).toMatchObject({ ruleId: 'GEN-O2', isOff: true, by: '李主任' });
  });

  it('is quoted by every finding, in the room a finding has', () => {
    const watch = new CaseWatch(loadRuleSet(withOverlay(overlay({ ruleId: 'GEN-O2', ...signed, isOff: true }), base)));
    const samples = everySecond(0, 60, (second) => sampleOf(second, { heartRateBpm: 150 }));
    for (const sample of samples) watch.observe(sample);
    const [finding] = watch.evaluate(caseOf(null), samples.at(-1)?.measuredAtMs ?? 0).firing;
    expect(finding?.ruleVersion).toBe('pentad-2+north-1/1');
    expect(finding?.ruleVersion.length).toBeLessThanOrEqual(32);
  });

  it('may use the terms of the set', () => {
    expect(refusal(overlay({ ruleId: 'GEN-O2', ...signed, when: 'spo2Percent < 90 and isFast' }))).toBe('taken');
  });
});

const change = { ruleId: 'GEN-HR', ...signed };
test.each([
  ['no object', 7, 'Expected Object'],
  ['no version', { basedOn: 'pentad-2', changes: [{ ...change, isOff: true }] }, 'version'],
  [
    'another set',
    { ...overlay({ ...change, isOff: true }), basedOn: 'pentad-3' },
    'basedOn: "pentad-3" is another set',
  ],
  ['no changes', overlay(), 'changes'],
  ['an unknown rule', overlay({ ...change, ruleId: 'GEN-X', isOff: true }), 'changes[0] (GEN-X): no such rule'],
  [
    'a change of nothing',
    overlay({ ...change, tier: 'advice' }, { ...change, ruleId: 'GEN-O2' }),
    'changes[1] (GEN-O2): changes nothing',
  ],
  ['off and changed', overlay({ ...change, isOff: true, tier: 'advice' }), 'changes[0] (GEN-HR): a rule that is off'],
  [
    'the same rule twice',
    overlay({ ...change, isOff: true }, { ...change, tier: 'advice' }),
    'changes[1] (GEN-HR): the rule is changed twice',
  ],
  [
    'text that is none',
    overlay({ ...change, when: 'heartRateBpm >' }),
    'changes[0] (GEN-HR).when: a name is expected (at character 14)',
  ],
  ['text that is none, of its end', overlay({ ...change, over: ')' }), 'changes[0] (GEN-HR).over:'],
  ['a name nothing has', overlay({ ...change, when: 'heartBeat > 3' }), 'GEN-HR: "heartBeat" is neither'],
  ['nobody', overlay({ ...change, by: ' ', isOff: true }), 'changes.0.by'],
  ['no reason', overlay({ ruleId: 'GEN-HR', by: 'a', on: '2026-10-01', isOff: true }), 'changes.0.reason'],
  ['a day that is none', overlay({ ...change, on: '2026-02-31', isOff: true }), 'changes.0.on'],
  ['no date at all', overlay({ ...change, on: 'soon', isOff: true }), 'changes.0.on'],
  ['too short a hold', overlay({ ...change, sustainedS: 29 }), 'changes.0.sustainedS'],
  ['an unknown field', overlay({ ...change, isOff: true, specialty: 'stroke' }), 'changes.0.specialty'],
  [
    'too long a name',
    { ...overlay({ ...change, isOff: true }), version: 'a-long-version-x' },
    'longer than 24 characters',
  ],
])('an overlay with %s is refused with its place', (_, data, message) => {
  expect(refusal(data)).toContain(message);
});

test('a version of 15 characters has room yet', () => {
  expect(refusal({ ...overlay({ ...change, isOff: true }), version: 'a-long-version1' })).toBe('taken');
});

test('a rule whose version leaves no room for the set is refused when the set is loaded', () => {
  const long = { ...base, rules: [rule('GEN-HR', 'isFast', { version: '1'.repeat(24) })] };
  expect(() => loadRuleSet(long)).toThrow('GEN-HR: "pentad-2/');
});

describe('data of a file', () => {
  it('are an overlay when they are based on a set, a rule set of their own otherwise', () => {
    expect(ruleSetFromData(overlay({ ...change, isOff: true }), [base]).version).toBe('pentad-2+north-1');
    expect(ruleSetFromData({ ...base, version: 'north' }, [base])).toEqual({ ...base, version: 'north' });
  });

  it('are checked before they are given back', () => {
    expect(() => ruleSetFromData({ ...base, rules: [rule('GEN-HR', 'nothing')] }, [base])).toThrow('GEN-HR: "nothing"');
    expect(() => ruleSetFromData({ ...overlay(), basedOn: 'other' }, [base])).toThrow('built in: pentad-2');
    expect(() => ruleSetFromData({ basedOn: 3 }, [base])).toThrow(RuleSetError);
    expect(() => ruleSetFromData(null, [base])).toThrow(RuleSetError);
  });
});
