import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { specialties, type Specialty } from '@pentad/protocol/center';
import type { Criterion } from '../criterion.ts';
import { destinationRules, Urgency } from './destination-definition.ts';
import { primarySpecialty, type MatchedPatient, type SpecialtyMatch } from './primary-specialty.ts';
import { reasonText } from './reason.ts';

const match = (specialty: Specialty, tier: SpecialtyMatch['tier'] = 'level-1', urgency: Urgency = 'other') => ({
  specialty,
  tier,
  urgency,
});
const patientOf = (matches: readonly SpecialtyMatch[], known: Partial<MatchedPatient> = {}): MatchedPatient => ({
  matches,
  isNeonate: 'FALSE',
  isInfantOrChild: 'FALSE',
  isPregnantOrPostpartum: 'FALSE',
  isPregnant: 'FALSE',
  gestationDays: null,
  isBornOnTheWay: 'FALSE',
  isDeliveryLikely: 'FALSE',
  isArrest: 'FALSE',
  hasOtherArrestCause: 'FALSE',
  isDissectionSuspected: 'FALSE',
  ...known,
});
const led = (matches: readonly SpecialtyMatch[], known: Partial<MatchedPatient> = {}) => {
  const { primary, reason, coPrimary, coAlerts, flags, extraAbilities } = primarySpecialty(patientOf(matches, known));
  return {
    primary,
    code: reason.code,
    coPrimary,
    coAlerts: coAlerts.map((one) => one.specialty),
    flags,
    extraAbilities,
  };
};
const pregnant = { isPregnantOrPostpartum: 'TRUE', isPregnant: 'TRUE' } as const;

describe('clinical.md 0.6', () => {
  it("1: a neonate is the neonatal center's, the others are alerted", () => {
    expect(led([match('trauma'), match('neonate', 'level-2')], { isNeonate: 'TRUE' })).toMatchObject({
      primary: 'neonate',
      coAlerts: ['trauma'],
    });
  });

  it.each([
    [167, []],
    [168, ['neonate']],
    [null, ['neonate']],
  ])('2: pregnant and injured at %s days: trauma with maternal, newborn alerted: %j', (gestationDays, coAlerts) => {
    expect(led([match('trauma', 'level-2'), match('maternal')], { ...pregnant, gestationDays })).toMatchObject({
      primary: 'trauma',
      coPrimary: ['maternal'],
      coAlerts,
    });
  });

  it('2: so within 42 days of birth (C30), without a newborn to alert', () => {
    expect(led([match('trauma')], { isPregnantOrPostpartum: 'TRUE' })).toMatchObject({
      primary: 'trauma',
      coPrimary: ['maternal'],
      coAlerts: [],
    });
  });

  it('2: arrest of an injured pregnant woman keeps the hysterotomy clock (V16)', () => {
    expect(led([match('trauma')], { ...pregnant, isArrest: 'TRUE', gestationDays: 210 })).toMatchObject({
      primary: 'trauma',
      flags: ['nearest-able', 'hysterotomy-clock'],
      coAlerts: ['neonate'],
    });
  });

  it('3: pregnant with STEMI or stroke: that specialty where there is obstetrics', () => {
    expect(led([match('chest-pain', 'level-1', 'stemi'), match('maternal', 'level-2')], pregnant)).toMatchObject({
      primary: 'chest-pain',
      coPrimary: ['maternal'],
      coAlerts: [],
    });
    expect(led([match('stroke', 'level-2')], pregnant)).toMatchObject({ primary: 'stroke', coPrimary: ['maternal'] });
    expect(led([match('chest-pain', 'level-2'), match('maternal')], pregnant)).toMatchObject({ primary: 'maternal' });
  });

  it.each([
    [139, 'chest-pain', ['maternal'], []],
    [140, 'maternal', [], ['nearest-able', 'hysterotomy-clock']],
    [null, 'maternal', [], ['nearest-able', 'hysterotomy-clock']],
  ])('3 and R2.13: arrest in pregnancy at %s days: %s', (gestationDays, primary, coPrimary, flags) => {
    expect(led([match('emergency')], { ...pregnant, isArrest: 'TRUE', gestationDays })).toMatchObject({
      primary,
      coPrimary,
      flags,
    });
  });

  it('4: born on the way: two patients', () => {
    const born = { isPregnantOrPostpartum: 'TRUE', isBornOnTheWay: 'TRUE' } as const;
    expect(led([match('maternal', 'level-2')], born)).toMatchObject({ primary: 'maternal', flags: ['two-patients'] });
  });

  it('5: suspected dissection: chest pain with CT angiography, stroke alerted, thrombolysis held', () => {
    expect(led([match('stroke'), match('chest-pain', 'level-2')], { isDissectionSuspected: 'TRUE' })).toEqual({
      primary: 'chest-pain',
      code: 'primary-dissection',
      coPrimary: [],
      coAlerts: ['stroke'],
      flags: ['thrombolysis-hold'],
      extraAbilities: ['cta'],
    });
  });

  it('5: in pregnancy too, with maternal', () => {
    expect(led([match('stroke')], { ...pregnant, isDissectionSuspected: 'TRUE' })).toMatchObject({
      primary: 'chest-pain',
      coPrimary: ['maternal'],
      flags: ['thrombolysis-hold'],
    });
  });

  it('7: trauma of level 1 before stroke, of level 2 by tier', () => {
    expect(led([match('stroke'), match('trauma')])).toMatchObject({ primary: 'trauma', coAlerts: ['stroke'] });
    expect(led([match('stroke'), match('trauma', 'level-2')])).toMatchObject({ primary: 'stroke' });
  });

  it.each([
    [{}, 'chest-pain'],
    [{ hasOtherArrestCause: 'UNKNOWN' }, 'chest-pain'],
    [{ hasOtherArrestCause: 'TRUE' }, 'emergency'],
    [{ isInfantOrChild: 'TRUE' }, 'emergency'],
    [{ isInfantOrChild: 'UNKNOWN' }, 'chest-pain'],
  ] as const)('8 and C30: medical arrest %j: %s', (known, primary) => {
    expect(led([match('emergency')], { isArrest: 'TRUE', ...known }).primary).toBe(primary);
  });

  it("8: a child's goes where children can be treated", () => {
    expect(led([], { isArrest: 'TRUE', isInfantOrChild: 'TRUE' }).extraAbilities).toEqual(['paediatric']);
  });

  it('9: the higher tier, then the order of urgency', () => {
    expect(led([match('stroke', 'level-2', 'lvo'), match('chest-pain')])).toMatchObject({
      primary: 'chest-pain',
      code: 'primary-higher-tier',
    });
    const order = Urgency.options.map((urgency, index) => match(specialties[index] ?? 'trauma', 'level-1', urgency));
    for (const [index, first] of order.entries()) {
      const rest = order
        .slice(index)
        .toReversed()
        .filter(({ specialty }) => specialty !== 'emergency');
      if (first.specialty !== 'emergency' && rest.length > 1)
        expect(
          primarySpecialty(patientOf(rest.filter((one) => one.specialty !== 'trauma' || first.specialty === 'trauma')))
            .primary,
        ).toBe(first.specialty);
    }
  });

  it('the emergency desk leads only where no team is called', () => {
    expect(led([match('emergency'), match('stroke', 'level-2')])).toMatchObject({
      primary: 'stroke',
      coAlerts: ['emergency'],
    });
    expect(led([match('emergency'), match('stroke', 'advice')])).toMatchObject({ primary: 'emergency', coAlerts: [] });
    expect(led([])).toMatchObject({ primary: 'emergency', code: 'primary-none' });
  });

  it('a newborn is announced when delivery is likely', () => {
    const known = { ...pregnant, gestationDays: 168, isDeliveryLikely: 'TRUE' } as const;
    expect(led([match('maternal')], known).coAlerts).toEqual(['neonate']);
    expect(led([match('maternal')], { ...known, gestationDays: 167 }).coAlerts).toEqual([]);
    expect(led([match('maternal')], { ...known, isDeliveryLikely: 'UNKNOWN' }).coAlerts).toEqual([]);
  });
});

const verdict = fc.constantFrom<Criterion>('TRUE', 'FALSE', 'UNKNOWN');
const patient = fc.record({
  matches: fc.array(
    fc.record({
      specialty: fc.constantFrom<Specialty>(...specialties),
      tier: fc.constantFrom('level-1' as const, 'level-2' as const, 'advice' as const),
      urgency: fc.constantFrom(...Urgency.options),
    }),
    { maxLength: 6 },
  ),
  isNeonate: verdict,
  isInfantOrChild: verdict,
  isPregnantOrPostpartum: verdict,
  isPregnant: verdict,
  gestationDays: fc.option(fc.oneof(fc.integer({ min: 0, max: 330 }), fc.constant(Number.NaN)), { nil: null }),
  isBornOnTheWay: verdict,
  isDeliveryLikely: verdict,
  isArrest: verdict,
  hasOtherArrestCause: verdict,
  isDissectionSuspected: verdict,
});

test('whoever it is: one leads, nobody who matches with an alert is forgotten, the order of matches is nothing', () => {
  fc.assert(
    fc.property(patient, (one) => {
      const found = primarySpecialty(one);
      const told = new Set([found.primary, ...found.coPrimary, ...found.coAlerts.map(({ specialty }) => specialty)]);
      for (const { specialty, tier } of one.matches) if (tier !== 'advice') expect(told.has(specialty)).toBe(true);
      for (const each of [found.reason, ...found.coAlerts.map(({ reason }) => reason)])
        expect(reasonText(each, 'zh', destinationRules)).not.toMatch(/[{}]|NaN/);
      expect(primarySpecialty({ ...one, matches: one.matches.toReversed() })).toEqual(found);
    }),
    { numRuns: 500 },
  );
});
