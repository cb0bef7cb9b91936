import fc from 'fast-check';
import { CaseOrigin, specialties } from '@pentad/protocol/center';
import { MilestoneCode } from '@pentad/protocol/milestone';
import { describe, expect, it, test } from 'vitest';
import given from '../../data/indicators.json' with { type: 'json' };
import type { Stamps } from '../clock-targets/clock-of.ts';
import { factsFrom } from '../testing/facts-builder.ts';
import { indicators, indicatorsOf, type IndicatorDefinition } from './indicator-definition.ts';
import { indicatorOf, type IndicatorCase } from './indicator-of.ts';

const START = 1_790_000_000_000;
const at = (seconds: number): number => START + seconds * 1000;
const named = (id: string): IndicatorDefinition => {
  const found = indicators.find((one) => one.id === id);
  if (!found) throw new Error(id);
  return found;
};
const stroke = (stamps: Stamps, more: Partial<IndicatorCase> = {}): IndicatorCase => ({
  specialty: 'stroke',
  origin: 'dispatch-120',
  alertedTier: 'level-1',
  stamps,
  facts: factsFrom(),
  ...more,
});
const needle = (seconds: number | null, more: Partial<IndicatorCase> = {}) =>
  stroke({ T_DOOR: seconds === null ? null : at(0), T_NEEDLE: at(seconds ?? 0) }, more);
const count = (id: string, cases: readonly IndicatorCase[]) => indicatorOf(named(id), cases).all;

describe('compliance with an interval', () => {
  it.each([
    [3599.999, 1, 1],
    [3600, 0, 1],
    [3600.001, 0, 0],
  ])('door to needle of %d s: official %d, recommended %d (C41)', (seconds, official, recommended) => {
    expect(count('ST-QC-DNT-OFFICIAL', [needle(seconds)])).toMatchObject({ numerator: official, denominator: 1 });
    expect(count('ST-QC-DNT-60', [needle(seconds)])).toMatchObject({ numerator: recommended, denominator: 1 });
  });

  it('counts a missing and an out-of-order stamp apart, in neither numerator nor denominator', () => {
    const found = count('ST-QC-DNT-60', [needle(1800), needle(4000), needle(null), needle(-1)]);
    expect(found).toEqual({
      numerator: 1,
      denominator: 2,
      missing: 2,
      percent: 50,
      leastPercent: 25,
      medianS: 2900,
      meanS: 2900,
    });
  });

  it('leaves out who does not belong to it', () => {
    expect(count('ST-QC-DNT-60', [stroke({ T_DOOR: at(0) }), needle(60, { specialty: 'chest-pain' })])).toMatchObject({
      denominator: 0,
      missing: 0,
      percent: null,
      medianS: null,
    });
  });

  it.each([
    [[600], 600],
    [[600, 1200], 900],
    [[1200, 600, 60], 600],
  ])('median of %j is %d', (seconds, median) => {
    expect(
      indicatorOf(
        named('ST-QC-DNT-MEDIAN'),
        seconds.map((one) => needle(one)),
      ).value,
    ).toBe(median);
  });

  it('a mean indicator gives seconds, a compliance percent', () => {
    const diagnosed = (seconds: number) =>
      stroke({ T_ECG1: at(0), T_ECG_DX: at(seconds), T_FMC: at(-300) }, { specialty: 'chest-pain' });
    expect(indicatorOf(named('CP-QC-ECG-DX'), [diagnosed(300), diagnosed(900)]).value).toBe(600);
    expect(indicatorOf(named('CP-QC-FMC-ECG'), [diagnosed(300)]).value).toBe(100);
  });

  it('counts by origin of the patient, the unknown one apart', () => {
    const { byOrigin, all } = indicatorOf(named('ST-QC-DNT-60'), [
      needle(1800),
      needle(4000, { origin: 'walk-in' }),
      needle(1800, { origin: null }),
    ]);
    expect(all.denominator).toBe(3);
    expect(byOrigin).toMatchObject({
      'dispatch-120': { numerator: 1, denominator: 1 },
      'walk-in': { numerator: 0, denominator: 1 },
      unknown: { numerator: 1, denominator: 1 },
    });
    expect(byOrigin.transfer).toBeUndefined();
  });

  it.each([
    [86_400, 1, 0],
    [86_400.001, 0, 0],
    [null, 0, 1],
  ])('CT within 30 min asks for onset within 24 h: %s s: denominator %d, missing %d', (onset, denominator, missing) => {
    const T_ONSET = onset === null ? null : at(-onset);
    const found = count('ST-QC-CT-30', [stroke({ T_ONSET, T_DOOR: at(0), T_CT_START: at(1800) })]);
    expect(found).toMatchObject({ numerator: denominator, denominator, missing });
  });

  it('takes GCS from the facts, UNKNOWN as missing', () => {
    const injured = (facts: IndicatorCase['facts']) =>
      stroke({ T_DOOR: at(0), T_AIRWAY: at(600) }, { specialty: 'trauma', facts });
    const gcs = (gcsMotor: number) => injured(factsFrom({ gcsEye: 2, gcsVerbal: 2, gcsMotor }));
    expect(count('TR-QC-AIRWAY', [gcs(4)])).toMatchObject({ numerator: 1, denominator: 1 });
    expect(count('TR-QC-AIRWAY', [gcs(5)])).toMatchObject({ denominator: 0, missing: 0 });
    expect(count('TR-QC-AIRWAY', [injured(factsFrom())])).toMatchObject({ denominator: 0, missing: 1 });
  });
});

describe('a share', () => {
  it('of ambulance strokes with a pre-alert', () => {
    const cases = [
      stroke({}),
      stroke({}, { alertedTier: null }),
      stroke({}, { origin: 'walk-in' }),
      stroke({}, { origin: null }),
    ];
    expect(count('ST-QC-PREALERT', cases)).toMatchObject({ numerator: 1, denominator: 2, missing: 1, percent: 50 });
  });

  it.each([
    [{ T_ECG_TX: at(-1), T_DOOR: at(0) }, 1, 1, 0],
    [{ T_ECG_TX: at(0), T_DOOR: at(0) }, 1, 1, 0],
    [{ T_ECG_TX: at(1), T_DOOR: at(0) }, 0, 1, 0],
    [{ T_DOOR: at(0) }, 0, 1, 0],
    [{ T_ECG_TX: at(0) }, 0, 0, 1],
  ])('of STEMI whose ECG was sent before arrival: %j', (stamps, numerator, denominator, missing) => {
    const one = stroke({ ...stamps, T_ECG_DX: at(-5) }, { specialty: 'chest-pain', origin: 'transfer' });
    expect(count('CP-QC-PREHOSPITAL-ECG', [one])).toMatchObject({ numerator, denominator, missing });
  });

  it.each([
    [10_800, 21_600, 1, 1],
    [10_801, 21_600, 0, 1],
    [10_800, 21_601, 0, 0],
  ])('tranexamic acid after %d s, blood %d s after the door: %d of %d', (txa, blood, numerator, denominator) => {
    const stamps = { T_ONSET: at(0), T_TXA: at(txa), T_DOOR: at(600), T_BLOOD: at(600 + blood) };
    expect(count('TR-QC-TXA', [stroke(stamps, { specialty: 'trauma' })])).toMatchObject({ numerator, denominator });
  });

  it.each([
    [1000, 1],
    [999, 0],
  ])('transfused in severe haemorrhage: %d mL: denominator %d', (bloodLossMl, denominator) => {
    const one = stroke(
      { T_BIRTH: at(0), T_BLOOD: at(9) },
      { specialty: 'maternal', facts: factsFrom({ bloodLossMl }) },
    );
    expect(count('OB-QC-TRANSFUSION', [one]).denominator).toBe(denominator);
  });
});

describe('what the log cannot answer', () => {
  it('gives no number, and the field it lacks', () => {
    const found = indicatorOf(named('TR-QC-UNDER-TRIAGE'), [stroke({}, { specialty: 'trauma' })]);
    expect(found).toMatchObject({ notYetMeasured: 'iss', value: null, byOrigin: {} });
    expect(found.all).toMatchObject({ numerator: 0, denominator: 0, missing: 0, percent: null });
  });

  it('is said in both languages', () => {
    for (const { counted, notYetMeasured } of indicators) {
      expect(counted === null).toBe(notYetMeasured !== undefined);
      if (notYetMeasured) expect(notYetMeasured.zh.length * notYetMeasured.en.length).toBeGreaterThan(0);
    }
  });
});

describe('the table', () => {
  it('labels nothing of trauma and neonate as official', () => {
    const official = indicators.filter(({ kind }) => kind === 'official').map(({ specialty }) => specialty);
    expect([...new Set(official)].toSorted()).toEqual(['chest-pain', 'maternal', 'stroke']);
  });

  const share = given.indicators.find(({ id }) => id === 'ST-QC-PREALERT');
  const change = (more: object) => ({ ...given, indicators: [{ ...share, ...more }] });
  it.each([
    ['an official one of trauma', change({ specialty: 'trauma', kind: 'official' })],
    ['a name that stands for nothing', change({ measure: { kind: 'share', of: 'isHappy', among: 'isLysed' } })],
    ['text that cannot be read', change({ measure: { kind: 'share', of: 'isLysed and', among: 'isLysed' } })],
    [
      'a clock that does not run',
      change({ measure: { kind: 'interval', targetId: 'TR-FAST', among: 'isLysed', report: 'median' } }),
    ],
    ['neither measure nor what is missing', change({ measure: undefined })],
    ['an id given twice', { ...given, indicators: [share, share] }],
  ])('refuses %s', (_, data) => {
    expect(() => indicatorsOf(data)).toThrow();
  });
});

test('whatever the cases: counts add up, no number that is none, the order of cases is nothing', () => {
  const instant = fc.oneof(fc.integer({ min: 0, max: 9000 }).map(at), fc.constantFrom(null, Number.NaN));
  const anyCase = fc.record({
    specialty: fc.constantFrom(...specialties),
    origin: fc.option(fc.constantFrom(...CaseOrigin.options), { nil: null }),
    alertedTier: fc.option(fc.constantFrom('level-1' as const, 'level-2' as const), { nil: null }),
    stamps: fc.dictionary(fc.constantFrom(...MilestoneCode.options), instant, { maxKeys: 20 }) as fc.Arbitrary<Stamps>,
    facts: fc.constant(factsFrom()),
  });
  fc.assert(
    fc.property(fc.array(anyCase, { maxLength: 12 }), fc.constantFrom(...indicators), (cases, definition) => {
      const found = indicatorOf(definition, cases);
      const { all, byOrigin } = found;
      expect(all.numerator).toBeLessThanOrEqual(all.denominator);
      expect(all.denominator + all.missing).toBeLessThanOrEqual(cases.length);
      const parts = Object.values(byOrigin);
      expect(parts.reduce((sum, one) => sum + one.denominator + one.missing, 0)).toBe(all.denominator + all.missing);
      for (const number of [found.value, all.percent, all.leastPercent, all.medianS, all.meanS])
        expect(number === null || Number.isFinite(number)).toBe(true);
      const { meanS, ...turned } = indicatorOf(definition, cases.toReversed()).all;
      expect({ ...all, meanS: null }).toEqual({ ...turned, meanS: null });
      expect(meanS === null).toBe(all.meanS === null);
    }),
    { numRuns: 300 },
  );
});
