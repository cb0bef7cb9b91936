import { describe, expect, it } from 'vitest';
import { CaseWatch } from './case-watch.ts';
import { assessmentOf, at, caseOf, everySecond, firingIds, sampleOf } from './testing/case-builder.ts';
import { evaluated, threeRules } from './testing/three-rules.ts';
import { loadRuleSet } from './rules/load-rule-set.ts';

const trauma = caseOf('trauma');

describe('the end of an episode', () => {
  const fired = everySecond(0, 40, (second) =>
    sampleOf(second, { heartRateBpm: 130, systolicMmHg: 100 }, { cuffAt: second < 20 ? 0 : 20 }),
  );
  const rate = (heartRateBpm: number) => (second: number) =>
    sampleOf(second, { heartRateBpm, systolicMmHg: 100 }, { cuffAt: 20 });

  it('is quiet after a minute below 0.9, and fires until then', () => {
    const before = [...fired, ...everySecond(41, 100, rate(89))];
    expect(evaluated(trauma, before, 100)).toMatchObject({ firing: [{ ruleId: 'TR-SI' }] });
    expect(evaluated(trauma, before, 100).quietRuleIds).not.toContain('TR-SI');
    const after = evaluated(trauma, [...before, rate(89)(101)], 101);
    expect(firingIds(after)).toEqual([]);
    expect(after.quietRuleIds).toContain('TR-SI');
  });

  it.each([90, 95, 100])('stays as it is at %i/100, between 0.9 and 1.0', (heartRate) => {
    const { firing, quietRuleIds } = evaluated(trauma, [...fired, ...everySecond(41, 300, rate(heartRate))], 300);
    expect(firing).toEqual([]);
    expect(quietRuleIds).not.toContain('TR-SI');
  });

  it('is not brought about by silence', () => {
    const { quietRuleIds } = evaluated(trauma, [...fired, rate(80)(41), rate(80)(141)], 141);
    expect(quietRuleIds).not.toContain('TR-SI');
  });

  it('comes at once when the case turns out to be another kind', () => {
    const watch = new CaseWatch(threeRules);
    for (const sample of everySecond(0, 90, (second) =>
      sampleOf(second, { heartRateBpm: 130, systolicMmHg: 100 }, { cuffAt: second < 20 ? 0 : 20 }),
    ))
      watch.observe(sample);
    const [finding] = watch.evaluate(trauma, at(90)).firing;
    if (!finding) throw new Error('TR-SI did not fire');
    const open = { findingId: 'finding-1', episode: 1, finding, raisedAtMs: at(90), isEnded: false };
    const changed = watch.evaluate({ ...caseOf('stroke'), findings: { 'finding-1': open } }, at(90));
    expect(firingIds(changed)).toEqual(['GEN-SI']);
    expect(changed.quietRuleIds).toContain('TR-SI');
  });
});

describe('instants', () => {
  it('takes the newest of its kind from a backfilled frame, with its own age', () => {
    const live = sampleOf(10, { heartRateBpm: 80 });
    const late = sampleOf(5, { heartRateBpm: 130, spo2Percent: 90, systolicMmHg: 100 }, { cuffAt: 3 });
    const { scores } = evaluated(trauma, [live, late], 10);
    expect(scores['shock-index']?.minimum).toBe(0.8);
    expect(scores['news2']?.missing).not.toContain('spo2Percent');
  });

  it('does not let an old cuff reading replace a newer one', () => {
    const samples = [
      sampleOf(10, { heartRateBpm: 80, systolicMmHg: 120 }, { cuffAt: 9 }),
      sampleOf(11, { systolicMmHg: 90 }, { cuffAt: 2 }),
    ];
    expect(evaluated(trauma, samples, 11).scores['shock-index']?.minimum).toBe(0.67);
  });

  it('is not deafened by one instant far ahead', () => {
    const ahead = sampleOf(3600, { heartRateBpm: 80, systolicMmHg: 120 }, { cuffAt: 3600 });
    const now = sampleOf(5, { heartRateBpm: 90, systolicMmHg: 110 }, { cuffAt: 5 });
    expect(evaluated(trauma, [ahead, now], 5).scores['shock-index']?.minimum).toBe(0.82);
  });

  it('reads an assessment a little ahead at once, and one far ahead when its time has come', () => {
    const entered = (seconds: number) =>
      caseOf('trauma', [assessmentOf(seconds, { vitals: { heartRateBpm: 120, systolicMmHg: 88 } })]);
    const watch = new CaseWatch(threeRules);
    expect(firingIds(watch.evaluate(entered(30), at(0)))).toEqual(['TR-SI']);
    const later = entered(300);
    expect(firingIds(watch.evaluate(later, at(0)))).toEqual([]);
    expect(firingIds(watch.evaluate(later, at(300)))).toEqual(['TR-SI']);
  });

  it('does not bring back an older hand count when the newer streamed value went stale', () => {
    const state = caseOf('trauma', [assessmentOf(0, { vitals: { heartRateBpm: 80, systolicMmHg: 120 } })]);
    const stream = everySecond(1, 20, (second) => sampleOf(second, { heartRateBpm: 110 }));
    expect(evaluated(state, stream, 40).scores['shock-index']?.minimum).toBe(0.92);
    expect(evaluated(state, stream, 100).scores['shock-index']).toBeUndefined();
  });
});

describe('time alone', () => {
  const rules = loadRuleSet({
    version: 'test',
    terms: [],
    flags: [],
    rules: [
      {
        id: 'HOLD-OVER',
        version: '1',
        specialty: 'stroke',
        tier: 'level-1',
        name: { zh: '等待结束', en: 'the hold is over' },
        meaning: { zh: '等待结束', en: 'the hold is over' },
        when: 'minutesSinceLastKnownWell > 15 and heartRateBpm >= 0',
        source: 'a rule of this test',
        status: 'design-needs-sign-off',
      },
    ],
  });
  const onset = { kind: 'onset', atMs: at(0), certainty: 'exact' } as const;
  const state = {
    ...caseOf('stroke', [assessmentOf(600, { vitals: { heartRateBpm: 80 } })]),
    onset: { current: { value: onset, caseSeq: 2, writer: 'vehicle', basedOnCaseSeq: 1 }, earlier: [] },
  } as const;

  it("brings a rule about on the crew's entries, with no monitor to wake it", () => {
    const watch = new CaseWatch(rules);
    expect(firingIds(watch.evaluate(state, at(900)))).toEqual([]);
    expect(firingIds(watch.evaluate(state, at(901)))).toEqual(['HOLD-OVER']);
    expect(firingIds(watch.evaluate(state, at(1260)))).toEqual([]);
  });
});
