import { describe, expect, it } from 'vitest';
import { assessmentOf, at, caseOf, everySecond, firingIds, sampleOf } from './testing/case-builder.ts';
import type { Sample } from './stream-history.ts';
import { evaluated } from './testing/three-rules.ts';

const trauma = caseOf('trauma');
const ids = (samples: readonly Sample[], nowSeconds: number, state = trauma) =>
  firingIds(evaluated(state, samples, nowSeconds));

/** HR over SBP on two cuff readings, both taken before the stream begins to hold. */
const shocked = (second: number) =>
  sampleOf(
    second,
    { heartRateBpm: 130, systolicMmHg: second < -60 ? 96 : 94, diastolicMmHg: 60 },
    { cuffAt: second < -60 ? -200 : -60 },
  );
const calm = (second: number) =>
  sampleOf(second, { heartRateBpm: 80, systolicMmHg: 120, diastolicMmHg: 80 }, { cuffAt: second });
const calmHeart = (second: number) => ({ ...shocked(second), vitals: { ...shocked(second).vitals, heartRateBpm: 80 } });

describe('debounce of streamed values', () => {
  const earlier = [calmHeart(-90), ...everySecond(-60, -1, calmHeart)];

  it('fires after 30 s of measured time and not before', () => {
    expect(ids([...earlier, ...everySecond(0, 29, shocked)], 29)).toEqual([]);
    expect(ids([...earlier, ...everySecond(0, 30, shocked)], 30)).toEqual(['TR-SI']);
  });

  it('starts again after one reading that does not hold', () => {
    const samples = [...earlier, ...everySecond(0, 29, shocked), calmHeart(30), ...everySecond(31, 60, shocked)];
    expect(ids(samples, 60)).toEqual([]);
    expect(ids([...samples, shocked(61)], 61)).toEqual(['TR-SI']);
  });

  it('takes two readings 30 s apart, but not one that lasted', () => {
    expect(ids([...earlier, shocked(0), shocked(45)], 45)).toEqual(['TR-SI']);
    expect(ids([...earlier, shocked(0), sampleOf(45, { spo2Percent: 97 })], 45)).toEqual([]);
  });

  it('does not bridge a gap longer than the life of a reading', () => {
    expect(ids([...earlier, shocked(0), shocked(61)], 61)).toEqual([]);
  });

  it('does not run on wall time', () => {
    expect(ids([...earlier, ...everySecond(0, 10, shocked)], 50)).toEqual([]);
  });

  it('bridges a null, which is not a reading', () => {
    const samples = everySecond(0, 30, (second) => (second === 15 ? sampleOf(15, {}) : shocked(second)));
    expect(ids([...earlier, ...samples], 30)).toEqual(['TR-SI']);
  });

  it('is silent once the values are out of their term', () => {
    const samples = [...earlier, ...everySecond(0, 40, shocked)];
    expect(ids(samples, 100)).toEqual(['TR-SI']);
    expect(ids(samples, 101)).toEqual([]);
    expect(evaluated(trauma, samples, 101).prompts).toContainEqual({ ruleId: 'TR-SI', missing: ['heartRateBpm'] });
    expect(evaluated(trauma, samples, 101).quietRuleIds).not.toContain('TR-SI');
  });
});

describe('debounce of cuff readings', () => {
  const cuff = (cuffAt: number, systolicMmHg: number) => (second: number) =>
    sampleOf(second, { heartRateBpm: 110, systolicMmHg, diastolicMmHg: 60 }, { cuffAt });

  it('does not fire on the first low reading, but asks for a second', () => {
    const samples = [...everySecond(-60, -1, cuff(-60, 130)), ...everySecond(0, 60, cuff(0, 95))];
    expect(ids(samples, 60)).toEqual([]);
    expect(evaluated(trauma, samples, 60).prompts).toContainEqual({
      ruleId: 'TR-SI',
      missing: ['repeat:systolicMmHg'],
    });
  });

  it('fires on the second reading at once when the rate has held', () => {
    const first = [...everySecond(-60, -1, cuff(-60, 130)), ...everySecond(0, 60, cuff(0, 95))];
    const [finding] = evaluated(trauma, [...first, cuff(61, 93)(61)], 61).firing;
    expect(finding?.ruleId).toBe('TR-SI');
    expect(finding?.inputs.some((input) => 'isProvisional' in input)).toBe(false);
  });

  it('lets a normal second reading clear an artefact', () => {
    const samples = [...everySecond(0, 60, cuff(0, 95)), ...everySecond(61, 300, cuff(61, 128))];
    for (let now = 0; now <= 300; now += 10)
      expect(
        ids(
          samples.filter((one) => one.measuredAtMs <= at(now)),
          now,
        ),
      ).toEqual([]);
  });

  it('fires as provisional on a reading nobody repeated within 2 min', () => {
    const samples = [...everySecond(-60, -1, cuff(-60, 130)), ...everySecond(0, 119, cuff(0, 95))];
    expect(ids(samples, 119)).toEqual([]);
    const { firing, prompts } = evaluated(trauma, [...samples, cuff(0, 95)(120)], 120);
    expect(firing[0]?.inputs).toContainEqual(
      expect.objectContaining({ name: 'systolicMmHg', value: 95, measuredAtMs: at(0), isProvisional: true }),
    );
    expect(prompts).toContainEqual({ ruleId: 'TR-SI', missing: ['repeat:systolicMmHg'] });
  });

  it('is borne out by the crew having measured low just before', () => {
    const state = caseOf('trauma', [assessmentOf(-30, { vitals: { systolicMmHg: 92 } })]);
    expect(ids(everySecond(0, 30, cuff(0, 95)), 30, state)).toEqual(['TR-SI']);
  });

  it('lasts 15 min from when it was taken, however often it is repeated', () => {
    const samples = everySecond(0, 905, cuff(0, 95));
    expect(ids(samples.slice(0, 901), 900)).toEqual(['TR-SI']);
    expect(evaluated(trauma, samples, 905).scores['shock-index']).toBeUndefined();
  });

  it('becomes unknown with a newer attempt that failed', () => {
    const samples = [...everySecond(0, 60, calm), sampleOf(61, { heartRateBpm: 80 }, { cuffAt: 61 })];
    const { scores, prompts } = evaluated(trauma, samples, 61);
    expect(scores['shock-index']).toBeUndefined();
    expect(prompts).toContainEqual({ ruleId: 'TR-SI', missing: ['systolicMmHg'] });
  });

  it('is not used without the instant it was taken', () => {
    expect(
      evaluated(
        trauma,
        everySecond(0, 60, (s) => sampleOf(s, { heartRateBpm: 130, systolicMmHg: 90 })),
        60,
      ).scores['shock-index'],
    ).toBeUndefined();
  });
});

describe('values that need no debounce', () => {
  it('fires at once on what the crew enters, with a rate that held', () => {
    const heart = everySecond(0, 40, (second) => sampleOf(second, { heartRateBpm: 120 }));
    expect(ids(heart, 40, caseOf('trauma', [assessmentOf(40, { vitals: { systolicMmHg: 88 } })]))).toEqual(['TR-SI']);
  });

  it('fires at once on a flagged value of the dangerous side, as provisional, and asks to confirm', () => {
    const low = sampleOf(0, { heartRateBpm: 120, systolicMmHg: 45, diastolicMmHg: 30 }, { cuffAt: 0 });
    const { firing, prompts } = evaluated(trauma, [low], 0);
    expect(firing[0]?.inputs).toContainEqual(expect.objectContaining({ value: 45, isProvisional: true }));
    expect(prompts).toContainEqual({ ruleId: 'TR-SI', missing: ['repeat:systolicMmHg', 'confirm:systolicMmHg'] });
  });

  it('does not wait for a streamed value that decides nothing', () => {
    const noted = assessmentOf(0, { consciousness: 'voice', isPressureUnrecordable: true });
    const cold = (second: number) => sampleOf(second, { temperatureC: 34.9, spo2Percent: 97 }, { probeAt: second });
    expect(ids([cold(1), cold(11)], 11, caseOf('stroke', [noted]))).toContain('GEN-3');
    expect(ids([cold(1), cold(10)], 10, caseOf('stroke', [noted]))).not.toContain('GEN-3');
  });

  it('holds back a flagged high rate like any streamed value', () => {
    const fast = (second: number) =>
      sampleOf(second, { heartRateBpm: 260, systolicMmHg: 120 }, { cuffAt: second - (second % 20) });
    expect(ids(everySecond(0, 29, fast), 29)).toEqual([]);
    expect(evaluated(trauma, everySecond(0, 30, fast), 30).firing[0]?.inputs).toContainEqual(
      expect.objectContaining({
        value: 260,
        isProvisional: true,
      }),
    );
  });

  it('prefers a good pulse to a flagged ECG rate, and a pulse to none', () => {
    const leadOff = sampleOf(0, { heartRateBpm: 4, pulseRateBpm: 82, systolicMmHg: 120 }, { cuffAt: 0 });
    const noEcg = sampleOf(0, { pulseRateBpm: 84, systolicMmHg: 120 }, { cuffAt: 0 });
    expect(evaluated(trauma, [leadOff], 0).scores['shock-index']?.minimum).toBe(0.68);
    expect(evaluated(trauma, [noEcg], 0).scores['shock-index']?.minimum).toBe(0.7);
  });
});
