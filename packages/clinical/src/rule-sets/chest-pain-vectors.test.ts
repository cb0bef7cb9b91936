import type { ItemAnswers } from '@pentad/protocol/assessment-items';
import type { Patient } from '@pentad/protocol/case-event-types';
import type { CaseState } from '@pentad/protocol/case-state';
import { describe, expect, it } from 'vitest';
import { CaseWatch } from '../case-watch.ts';
import { loadRuleSet } from '../rules/load-rule-set.ts';
import { assessmentOf, at, caseOf, evaluated } from '../testing/case-builder.ts';
import { pentad2Definition } from './pentad-2.ts';

type Evaluated = ReturnType<typeof evaluated>;

/** What a site has signed off: its own ST criteria ring at level 1 (issue 4 item 5). */
const ownCriteria: readonly unknown[] = ['CP-R1c', 'CP-R6'];
const signedOff = loadRuleSet({
  ...pentad2Definition,
  rules: pentad2Definition.rules.map((rule) => {
    const { id, ...rest } = rule as { readonly id: string };
    return ownCriteria.includes(id) ? { ...rest, id, tier: 'level-1' } : rule;
  }),
});

interface Numbers {
  readonly rr: number;
  readonly spo2: number;
  readonly sbp: number;
  readonly hr: number;
  readonly t: number;
}
const numbers = (rr: number, spo2: number, sbp: number, hr: number, t: number): Numbers => ({ rr, spo2, sbp, hr, t });

const stateOf = (items: ItemAnswers, { rr, spo2, sbp, hr, t }: Numbers, patient: Partial<Patient>): CaseState =>
  caseOf(
    'chest-pain',
    [
      assessmentOf(0, {
        consciousness: 'alert',
        oxygen: 'air',
        vitals: {
          respiratoryRatePerMin: rr,
          spo2Percent: spo2,
          systolicMmHg: sbp,
          heartRateBpm: hr,
          temperatureC: t,
        },
        items: { hasChestPain: true, ...items },
      }),
    ],
    patient,
  );

const judged = (state: CaseState): Evaluated => evaluated(state, [], 1);
const tiersOf = ({ firing }: Pick<Evaluated, 'firing'>): readonly string[] =>
  firing.map(({ ruleId, specialty, tier }) => `${ruleId} ${specialty} ${tier}`);
const asShipped = (state: CaseState) => tiersOf(judged(state));
const whenSigned = (state: CaseState) => tiersOf(new CaseWatch(signedOff).evaluate(state, at(1)));

describe('V01, man of 52: V2 exactly 2.0, V3 2.5 mm', () => {
  const state = stateOf({ stV2Mm: 2, stV3Mm: 2.5 }, numbers(18, 96, 128, 96, 36.6), { ageYears: 52 });

  it('is chest pain at level 1 when own criteria are signed off, at level 2 until then, and nothing else', () => {
    expect(whenSigned(state)).toEqual(['CP-R1c chest-pain level-1']);
    expect(asShipped(state)).toEqual(['CP-R1c chest-pain level-2']);
  });

  it('has NEWS2 1 and SI 0.75', () => {
    const { scores } = judged(state);
    expect([scores['news2']?.minimum, scores['news2']?.maximum, scores['shock-index']?.minimum]).toEqual([1, 1, 0.75]);
  });

  it('is level 1 at once when the device says so too', () => {
    const stated = stateOf({ stV2Mm: 2, stV3Mm: 2.5, deviceAcuteMi: true }, numbers(18, 96, 128, 96, 36.6), {});
    expect(asShipped(stated)).toEqual(['CP-R1a chest-pain level-1', 'CP-R1c chest-pain level-2']);
  });
});

describe('V03, woman of 61', () => {
  const womanWith = (v2: number, v3: number) =>
    stateOf({ stV2Mm: v2, stV3Mm: v3, stV4Mm: 0.9, stV1Mm: 0.4 }, numbers(16, 97, 132, 72, 36.5), {
      sex: 'female',
      ageYears: 61,
    });

  it('1.5 and 1.5 mm meets', () => {
    expect(whenSigned(womanWith(1.5, 1.5))).toEqual(['CP-R1c chest-pain level-1']);
  });

  it('1.4 and 1.5 mm is one lead only: advice, level 2 when borne out (R3 CP-Y3)', () => {
    expect(whenSigned(womanWith(1.4, 1.5))).toEqual(['CP-Y3c chest-pain advice']);
    const { assessments, ...rest } = womanWith(1.4, 1.5);
    const changed = Object.values(assessments).map((one) => ({
      ...one,
      items: { ...one.items, stChangeBetweenEcgsMm: 0.5 },
    }));
    const borneOut = { ...rest, assessments: Object.fromEntries(changed.map((one) => [one.assessmentId, one])) };
    expect(whenSigned(borneOut)).toEqual(['CP-Y3a chest-pain level-2']);
  });
});

describe('V04, man of 66: inferior with V4R, SBP 88 (aVF 1.25 by second reading C46)', () => {
  const state = stateOf({ stIIMm: 1, stIIIMm: 1.5, stAvfMm: 1.25, stV4rMm: 0.5 }, numbers(20, 95, 88, 44, 36), {
    ageYears: 66,
  });

  it('is chest pain at level 1 by shock, with the RV flag; the emergency desk is advised of the 3', () => {
    expect(asShipped(state)).toEqual([
      'GEN-4a chest-pain level-2',
      'GEN-4b emergency advice',
      'CP-R1c chest-pain level-2',
      'CP-R2 chest-pain level-1',
    ]);
    expect(judged(state).firing.find(({ ruleId }) => ruleId === 'CP-R2')?.flags).toEqual(['rv-infarction']);
  });

  it('has NEWS2 6 and SI 0.50', () => {
    const { scores } = judged(state);
    expect([scores['news2']?.minimum, scores['news2']?.maximum, scores['shock-index']?.minimum]).toEqual([6, 6, 0.5]);
  });
});

describe('V06, man of 58, ROSC and an ECG 5 min after it', () => {
  const state = stateOf(
    { hasChestPain: false, arrest: 'rosc', stIIMm: 2, stAvfMm: 2, ecgMinutesAfterRosc: 5 },
    numbers(16, 97, 120, 80, 36.5),
    { ageYears: 58 },
  );

  it('is level 1 for ROSC, the ECG provisional, to be repeated from 8 min', () => {
    expect(asShipped(state)).toEqual([
      'GEN-1a chest-pain level-1',
      'CP-R1c chest-pain level-2',
      'CP-R9 chest-pain level-1',
    ]);
    const { firing } = judged(state);
    expect(firing.find(({ ruleId }) => ruleId === 'CP-R9')?.flags).toEqual(['ecg-after-rosc-provisional']);
  });
});

describe('N01, 16/97/air/132/72/A/36.5', () => {
  const quiet = numbers(16, 97, 132, 72, 36.5);

  it('a: sex not known, 45 y, V2 1.0, V3 1.5, V4 1.0 meets, provisional; NEWS2 0, SI 0.55', () => {
    const state = stateOf({ stV2Mm: 1, stV3Mm: 1.5, stV4Mm: 1 }, quiet, { ageYears: 45, sex: null });
    expect(whenSigned(state)).toEqual(['CP-R1c chest-pain level-1']);
    const { firing, scores } = judged(state);
    expect(firing[0]?.flags).toEqual(['stemi-provisional']);
    expect([scores['news2']?.maximum, scores['shock-index']?.minimum]).toEqual([0, 0.55]);
  });

  const young = { stV1Mm: 0.5, stV2Mm: 2.4, stV3Mm: 2.4, stV4Mm: 0.5 };
  it('b: man of 39, 2.4 and 2.4 does not meet: advice', () => {
    expect(whenSigned(stateOf(young, quiet, { ageYears: 39 }))).toEqual(['CP-Y3c chest-pain advice']);
  });

  it('b: with reciprocal depression level 2', () => {
    const state = stateOf({ ...young, reciprocalDepression: true }, quiet, { ageYears: 39 });
    expect(whenSigned(state)).toEqual(['CP-Y3a chest-pain level-2']);
  });

  it('c: man of 40 meets, not provisional', () => {
    const state = stateOf(young, quiet, { ageYears: 40 });
    expect(whenSigned(state)).toEqual(['CP-R1c chest-pain level-1']);
    expect(judged(state).firing[0]?.flags).toBeUndefined();
  });
});

describe('N03, man of 60: tearing pain, arms 180 and 140, left arm weak', () => {
  const items = { painTearing: true, rightArmSystolicMmHg: 180, leftArmSystolicMmHg: 140, strokeArm: true } as const;
  const state = stateOf(items, numbers(20, 97, 180, 92, 36.7), { ageYears: 60 });

  it('is dissection for chest pain at level 1, stroke alerted with it, lysis on hold', () => {
    const { firing, scores } = judged(state);
    expect(asShipped(state)).toEqual(
      expect.arrayContaining(['CP-R7a chest-pain level-1', 'CP-R7b chest-pain level-1', 'CO-5 stroke level-2']),
    );
    for (const id of ['CP-R7a', 'CO-5'])
      expect(firing.find(({ ruleId }) => ruleId === id)?.flags).toContain('thrombolysis-hold');
    expect(scores['add-rs']?.minimum).toBe(2);
    expect([scores['news2']?.maximum, scores['shock-index']?.minimum]).toEqual([1, 0.51]);
  });

  it('rings no STEMI rule', () => {
    expect(asShipped(state).filter((finding) => /^CP-(R1|R2|Y1|Y3)/.test(finding))).toEqual([]);
  });
});

it('nothing entered rings nothing, with the chest pain center chosen', () => {
  expect(asShipped(caseOf('chest-pain'))).toEqual([]);
  expect(asShipped(caseOf('chest-pain', [], null))).toEqual([]);
});
