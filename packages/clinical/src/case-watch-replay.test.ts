import type { Assessment, CaseState } from '@pentad/protocol/case-state';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CaseWatch, longestWindowMs, type Evaluation, type Shown } from './case-watch.ts';
import { assessmentOf, at, caseOf, firingIds, sampleOf } from './testing/case-builder.ts';
import type { Sample } from './stream-history.ts';
import { threeRules } from './testing/three-rules.ts';

const pick = fc.constantFrom;
/** Values around the thresholds, with gaps, nulls, flagged and rejected ones, so that every branch is met often. */
const frame = fc.record({
  gapSeconds: fc.oneof({ weight: 12, arbitrary: pick(1, 2, 10) }, { weight: 1, arbitrary: pick(45, 60, 61, 200) }),
  run: fc.integer({ min: 1, max: 40 }),
  heartRateBpm: pick(null, 80, 88, 95, 101, 131, 131, 131, 260, 320),
  pulseRateBpm: pick(null, null, 84, 130),
  respiratoryRatePerMin: pick(null, 16, 26, 26, 2),
  spo2Percent: pick(null, 97, 90, 90, 40, 0),
  systolicMmHg: pick(null, 120, 100, 100, 92, 45, 280),
  diastolicMmHg: pick(null, 60, 110, 0),
  temperatureC: pick(null, 36.6, 34.9),
  isNewCuff: fc.boolean(),
  isProbe: fc.boolean(),
});

/** In measured order: each frame is held for `run` samples. */
const stream = fc.array(frame, { minLength: 1, maxLength: 14 }).map((frames) => {
  const samples: Sample[] = [];
  let second = 0;
  let cuffAt = 0;
  for (const { gapSeconds, run, isNewCuff, isProbe, ...vitals } of frames) {
    if (isNewCuff) cuffAt = second;
    for (let n = 0; n < run; n += 1) {
      second += gapSeconds <= 10 || n === 0 ? gapSeconds : 1;
      samples.push(sampleOf(second, vitals, isProbe ? { cuffAt, probeAt: second } : { cuffAt }));
    }
  }
  return samples;
});

const assessment: fc.Arbitrary<Assessment> = fc
  .record({
    seconds: fc.integer({ min: -30, max: 900 }),
    consciousness: pick(null, 'alert', 'voice'),
    oxygen: pick(null, 'air', 'oxygen'),
    isPressureUnrecordable: pick(null, null, false, true),
    heartRateBpm: pick(null, 80, 130),
    systolicMmHg: pick(null, 85, 120),
  })
  .map(({ seconds, heartRateBpm, systolicMmHg, ...noted }) =>
    assessmentOf(seconds, { ...noted, vitals: { heartRateBpm, systolicMmHg } }),
  );
const caseState: fc.Arbitrary<CaseState> = fc
  .tuple(pick('trauma', 'stroke', null), fc.array(assessment, { maxLength: 3 }))
  .map(([specialty, assessments]) => caseOf(specialty, assessments));

const instantOf = (samples: readonly Sample[]): number => Math.max(...samples.map(({ measuredAtMs }) => measuredAtMs));

/** Observed in batches of the given sizes, in turn; evaluated after each. */
function inBatches(
  samples: readonly Sample[],
  state: CaseState,
  sizes: readonly number[],
): readonly (Evaluation & Shown)[] {
  const watch = new CaseWatch(threeRules);
  const evaluations: (Evaluation & Shown)[] = [];
  let from = 0;
  for (let batch = 0; from < samples.length; batch += 1) {
    const to = from + (sizes[batch % sizes.length] ?? 1);
    for (const sample of samples.slice(from, to)) watch.observe(sample);
    const nowMs = instantOf(samples.slice(0, to));
    evaluations.push({ ...watch.evaluate(state, nowMs), ...watch.shown(nowMs) });
    from = to;
  }
  return evaluations;
}

const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 });
const thorough = { numRuns: 40 };

describe('a case watch', () => {
  it('says the same however the samples were batched', () => {
    fc.assert(
      fc.property(stream, caseState, sizes, (samples, state, batches) => {
        const one = inBatches(samples, state, [1]).at(-1);
        expect(inBatches(samples, state, batches).at(-1)).toEqual(one);
        expect(inBatches(samples, state, [samples.length]).at(-1)).toEqual(one);
      }),
      thorough,
    );
  }, 60_000);

  it('says the same however samples that came late and twice were batched', () => {
    const moves = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 20 })), { maxLength: 8 });
    const disturbed = fc.tuple(stream, moves).map(([samples, late]) => {
      const shuffled = [...samples];
      for (const [from, by] of late) {
        const index = from % shuffled.length;
        const moved = shuffled[index];
        if (moved) shuffled.splice(index + by, by % 2, moved);
      }
      return shuffled;
    });
    fc.assert(
      fc.property(disturbed, caseState, sizes, (samples, state, batches) => {
        const one = inBatches(samples, state, [1]).at(-1);
        expect(inBatches(samples, state, batches).at(-1)).toEqual(one);
      }),
      thorough,
    );
  }, 60_000);

  it('opens and ends the same episodes in small batches as after each sample', () => {
    const openAfter = (evaluations: readonly Evaluation[]): readonly string[] => {
      const open = new Set<string>();
      for (const evaluation of evaluations) {
        for (const id of firingIds(evaluation)) open.add(id);
        for (const id of evaluation.quietRuleIds) open.delete(id);
      }
      return [...open].sort();
    };
    // Every rate in every frame: a reading that expires inside a batch may no longer sound at its end.
    const rates = ({ heartRateBpm, respiratoryRatePerMin, spo2Percent }: Sample['vitals']) => ({
      heartRateBpm: Math.min(heartRateBpm ?? 80, 260),
      respiratoryRatePerMin: respiratoryRatePerMin ?? 16,
      spo2Percent: spo2Percent || 97,
    });
    fc.assert(
      fc.property(stream, pick(2, 3, 5, 10), (samples, size) => {
        const dense = samples.map(({ vitals }, index) => {
          const cuffAt = index - (index % 40);
          const { systolicMmHg, diastolicMmHg } = samples[cuffAt]?.vitals ?? vitals;
          return sampleOf(index, { ...vitals, ...rates(vitals), systolicMmHg, diastolicMmHg }, { cuffAt });
        });
        const state = caseOf('trauma');
        expect(openAfter(inBatches(dense, state, [size]))).toEqual(openAfter(inBatches(dense, state, [1])));
      }),
      thorough,
    );
  }, 60_000);

  it('stands where the old holder stood when the last window is replayed to a new one', () => {
    fc.assert(
      fc.property(stream, caseState, sizes, (samples, state, batches) => {
        const nowMs = instantOf(samples);
        const warm = samples.map((one) => ({ ...one, vitals: { ...one.vitals, temperatureC: null } }));
        const kept = warm.filter(({ measuredAtMs }) => measuredAtMs >= nowMs - longestWindowMs);
        const old = inBatches(warm, state, batches).at(-1);
        const fresh = inBatches(kept, state, [kept.length]).at(-1);
        expect([fresh?.firing, fresh?.quietRuleIds]).toEqual([old?.firing, old?.quietRuleIds]);
      }),
      thorough,
    );
  }, 60_000);

  it('neither creates nor clears anything by a sample older than the newest of each kind', () => {
    const full = { heartRateBpm: 95, pulseRateBpm: 95, respiratoryRatePerMin: 16, spo2Percent: 97 };
    fc.assert(
      fc.property(stream, caseState, stream, (samples, state, older) => {
        const nowMs = instantOf(samples) + 1000;
        const seconds = (nowMs - at(0)) / 1000;
        const watch = new CaseWatch(threeRules);
        for (const sample of samples) watch.observe(sample);
        watch.observe(
          sampleOf(seconds, { ...full, systolicMmHg: 100, temperatureC: 36 }, { cuffAt: seconds, probeAt: seconds }),
        );
        const before = watch.evaluate(state, nowMs);
        for (const sample of older) if (sample.measuredAtMs < nowMs) watch.observe(sample);
        expect(watch.evaluate(state, nowMs)).toEqual(before);
      }),
      thorough,
    );
  }, 60_000);

  it('never fires on what is missing', () => {
    fc.assert(
      fc.property(stream, (samples) => {
        const blind = samples.map((one) => ({
          ...one,
          vitals: { ...one.vitals, heartRateBpm: null, pulseRateBpm: null },
        }));
        for (const evaluation of inBatches(blind, caseOf('trauma'), [7])) {
          expect(firingIds(evaluation)).not.toContain('TR-SI');
          expect(evaluation.scores['shock-index']).toBeUndefined();
        }
      }),
      thorough,
    );
  }, 60_000);

  it('never has a rule firing and quiet at once, nor unknown and quiet', () => {
    fc.assert(
      fc.property(stream, caseState, sizes, (samples, state, batches) => {
        for (const evaluation of inBatches(samples, state, batches)) {
          const firing = firingIds(evaluation);
          const asked = evaluation.prompts.map(({ ruleId }) => ruleId);
          expect(evaluation.quietRuleIds.filter((id) => firing.includes(id) || asked.includes(id))).toEqual([]);
        }
      }),
      thorough,
    );
  }, 60_000);
});
