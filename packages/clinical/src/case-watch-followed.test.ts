import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseState } from '@pentad/protocol/case-state';
import type { Specialty } from '@pentad/protocol/center';
import { CaseWatch } from './case-watch.ts';
import type { RuleSet } from './rule.ts';
import { ruleSet } from './rule-sets/pentad-2.ts';
import type { Sample } from './stream-history.ts';
import { assessmentOf, at, caseOf, everySecond, firingIds, sampleOf } from './testing/case-builder.ts';

/** The same rules, every one judged at every instant. */
const unskipped: RuleSet = { ...ruleSet, rules: ruleSet.rules.map((rule) => ({ ...rule, canHold: () => true })) };

function firedBy(rules: RuleSet, state: CaseState, samples: readonly Sample[], step: number): readonly string[] {
  const watch = new CaseWatch(rules);
  const fired = new Set<string>();
  samples.forEach((sample, index) => {
    watch.observe(sample);
    if (index % step !== step - 1) return;
    for (const id of firingIds(watch.evaluate(state, sample.measuredAtMs))) fired.add(id);
  });
  return [...fired].sort();
}

const mother = { ageYears: 30, sex: 'female', isPregnant: true, gestationDays: 220 } as const;

describe('rules that are not judged each second', () => {
  it('hold as soon as a reading that kept them from it has passed', () => {
    const state = caseOf('maternal', [assessmentOf(0, { items: { maternalBleeding: 'light' } })], mother);
    const samples = everySecond(0, 120, (second) =>
      sampleOf(
        second,
        { heartRateBpm: second < 2 ? 120 : 118, systolicMmHg: 126, diastolicMmHg: 80 },
        { cuffAt: second - (second % 20) },
      ),
    );
    expect(firedBy(ruleSet, state, samples, 1)).toContain('OB-R4d');
    expect(firedBy(ruleSet, state, samples, 1)).toEqual(firedBy(unskipped, state, samples, 1));
  });

  it('come to the same as when all are judged, whoever the patient and whatever was answered', () => {
    const pick = <T>(...options: readonly T[]) => fc.constantFrom(...options);
    const patients = [{}, mother, { ageYears: 0, ageDays: 1 }, { ageYears: 8 }, { ageYears: null }] as const;
    const items = fc.record(
      {
        maternalBleeding: pick('none', 'light', 'heavy'),
        isInjured: fc.boolean(),
        traumaEjection: fc.boolean(),
        hasChestPain: fc.boolean(),
        chestPainOngoing: fc.boolean(),
        readerStemi: fc.boolean(),
        deviceAcuteMi: fc.boolean(),
        strokeFace: fc.boolean(),
        skin: pick('normal', 'cold-pale-sweating'),
        infectionSuspected: fc.boolean(),
        neonateGrunting: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    const phase = fc.record({
      heartRateBpm: pick(null, 80, 118, 135),
      respiratoryRatePerMin: pick(16, 24, 31),
      spo2Percent: pick(null, 97, 89, 84),
      systolicMmHg: pick(78, 95, 126, 165),
    });
    fc.assert(
      fc.property(
        pick<Specialty | null>('chest-pain', 'stroke', 'trauma', 'neonate', 'maternal', null),
        pick(...patients),
        items,
        fc.tuple(phase, phase),
        (specialty, patient, answers, [first, second]) => {
          const state = caseOf(specialty, [assessmentOf(1, { items: answers, consciousness: 'alert' })], patient);
          const samples = everySecond(0, 90, (at) =>
            sampleOf(at, { ...(at < 5 ? first : second), diastolicMmHg: 60 }, { cuffAt: at - (at % 15) }),
          );
          expect(firedBy(ruleSet, state, samples, 1)).toEqual(firedBy(unskipped, state, samples, 1));
        },
      ),
      { numRuns: 40 },
    );
  }, 60_000);
});

describe('two sets of a probe that reads every second', () => {
  const state = caseOf('maternal', [assessmentOf(0, { items: {} })], mother);
  const hot = (every: number) =>
    everySecond(0, 900, (second) =>
      sampleOf(second, { heartRateBpm: 90, temperatureC: 39.5 }, { probeAt: second - (second % every) }),
    );
  it.each([1, 10, 30, 120])('are found, read every %i s, in whatever batches', (every) => {
    expect(firedBy(ruleSet, state, hot(every), 1)).toContain('OB-Y1');
    expect(firedBy(ruleSet, state, hot(every), 1)).toEqual(firedBy(ruleSet, state, hot(every), 50));
  });
});

describe('what the crew found goes out of date', () => {
  it('a GCS no longer keeps a rule firing after its quarter of an hour, with no monitor to say so', () => {
    const gcs = { eye: 1, verbal: 1, motor: 4, notTestable: [] };
    const state = caseOf('trauma', [assessmentOf(0, { gcs, items: { isInjured: true } })]);
    const watch = new CaseWatch(ruleSet);
    expect(firingIds(watch.evaluate(state, at(1)))).toContain('GEN-5');
    expect(firingIds(watch.evaluate(state, at(900)))).toContain('GEN-5');
    expect(firingIds(watch.evaluate(state, at(36_000)))).not.toContain('GEN-5');
  });
});
