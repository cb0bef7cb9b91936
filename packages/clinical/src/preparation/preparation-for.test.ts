import fc from 'fast-check';
import { specialties } from '@pentad/protocol/center';
import { describe, expect, it, test } from 'vitest';
import given from '../../data/preparation.json' with { type: 'json' };
import { pentad2 } from '../rule-sets/built-in.ts';
import { factsFrom } from '../testing/facts-builder.ts';
import { preparationTable, preparationTableOf } from './preparation-definition.ts';
import { preparationFor, withCircumstances } from './preparation-for.ts';

const needOf = (code: string, known: Parameters<typeof factsFrom>[0], tier: 'level-1' | 'level-2' = 'level-1') => {
  const specialty = preparationTable.items.find(({ item }) => item.code === code)?.item.specialty ?? 'emergency';
  return preparationFor(specialty, tier, factsFrom(known)).find(({ item }) => item.code === code)?.need ?? null;
};

describe('what a center prepares', () => {
  it('level 1 is assembled, level 2 informed and held, advice nothing', () => {
    const readiness = (tier: 'level-1' | 'level-2' | 'advice') =>
      preparationFor('chest-pain', tier, factsFrom()).find(({ item }) => item.code === 'cp-cath-lab')?.readiness;
    expect([readiness('level-1'), readiness('level-2'), readiness('advice')]).toEqual(['ready', 'held', undefined]);
  });

  it('begins with what takes longest', () => {
    for (const specialty of specialties) {
      const leads = preparationFor(specialty, 'level-1', factsFrom()).map(({ item }) => item.leadTime.minutes);
      expect(leads.length).toBeGreaterThan(3);
      expect(leads).toEqual(leads.toSorted((a, b) => b - a));
    }
  });

  it.each([
    ['tr-txa', { minutesSinceOnset: 180 }, 'needed'],
    ['tr-txa', { minutesSinceOnset: 180.1 }, null],
    ['tr-txa', {}, 'if'],
    ['ob-txa', { isObstetricBleedHeld: true, minutesSinceBirth: 180 }, 'needed'],
    ['ob-txa', { isObstetricBleedHeld: true, minutesSinceBirth: 181 }, null],
    ['st-alteplase', { minutesSinceLastKnownWell: 270 }, 'needed'],
    ['st-alteplase', { minutesSinceLastKnownWell: 270.1 }, null],
    ['tr-neurosurgeon', { gcsEye: 4, gcsVerbal: 4, gcsMotor: 6, focalNeuroDeficit: false }, null],
    ['tr-neurosurgeon', { gcsEye: 3, gcsVerbal: 4, gcsMotor: 6, focalNeuroDeficit: false }, 'needed'],
    ['tr-neurosurgeon', { focalNeuroDeficit: true }, 'needed'],
    ['tr-neonatology', { isPregnant: true, gestationDays: 168 }, 'needed'],
    ['tr-neonatology', { isPregnant: true, gestationDays: 167 }, null],
    ['tr-left-tilt', { isPregnant: true, gestationDays: 140 }, 'needed'],
    ['tr-left-tilt', { isPregnant: true, gestationDays: 139 }, null],
    ['tr-paediatric-tape', { isAdult: false }, 'needed'],
    ['tr-paediatric-tape', { isAdult: true }, null],
    ['nb-surfactant', { gestationDays: 237 }, 'needed'],
    ['nb-surfactant', { gestationDays: 238 }, null],
    ['cp-anaesthetist', { arrest: 'rosc' }, 'needed'],
    ['cp-anaesthetist', { arrest: 'none', systolicMmHg: 89, isPressureUnrecordable: false }, 'needed'],
    ['cp-anaesthetist', { arrest: 'none', systolicMmHg: 90, isPressureUnrecordable: false }, null],
    ['st-reversal', { anticoagulant: true }, 'needed'],
    ['st-angio-suite', { isLvoHeld: true }, 'needed'],
    ['st-angio-suite', {}, 'if'],
    ['st-neurosurgeon', { strokeThunderclap: false, strokeSevereHeadache: true, vomiting: true }, 'needed'],
    ['st-neurosurgeon', { strokeThunderclap: false, strokeSevereHeadache: true, vomiting: false }, null],
    ['tr-interventional-radiology', { traumaPelvis: true }, 'needed'],
  ] as const)('%s of %j: %s', (code, known, expected) => {
    expect(needOf(code, known)).toBe(expected);
  });

  it('in suspected dissection holds back what thins the blood, and asks for surgeon and CT angiography', () => {
    const facts = withCircumstances(factsFrom(), [{ ruleId: 'CP-R7' }]);
    const codes = preparationFor('chest-pain', 'level-1', facts)
      .filter(({ need }) => need === 'needed')
      .map(({ item }) => item.code);
    expect(codes).toEqual(expect.arrayContaining(['cp-cta', 'cp-cardiac-surgeon', 'cp-red-cells']));
    for (const code of ['cp-aspirin', 'cp-heparin', 'cp-p2y12', 'cp-lytic', 'cp-cath-lab'])
      expect(codes).not.toContain(code);
  });

  it('a circumstance is told by every part of its rule, and by no rule of a longer number', () => {
    const cta = (ruleId: string) =>
      preparationFor('chest-pain', 'level-1', withCircumstances(factsFrom(), [{ ruleId }])).find(
        ({ item }) => item.code === 'cp-cta',
      )?.need;
    expect(['CP-R7', 'CP-R7a', 'CP-R7b', 'CP-R70', 'CP-R6'].map(cta)).toEqual([
      'needed',
      'needed',
      'needed',
      'if',
      'if',
    ]);
  });

  it('lysis and bypass are for a STEMI somebody or the device has read, not for what is advice or our own reading', () => {
    const needsOf = (ruleId: string) => {
      const items = preparationFor('chest-pain', 'level-1', withCircumstances(factsFrom(), [{ ruleId }]));
      return ['cp-lytic', 'cp-bypass'].map((code) => items.find(({ item }) => item.code === code)?.need);
    };
    for (const ruleId of ['CP-R1a', 'CP-R1b']) expect(needsOf(ruleId)).toEqual(['needed', 'needed']);
    for (const ruleId of ['CP-R1c', 'CP-R1d', 'CP-R1e', 'CP-R1f', 'CP-R6'])
      expect(needsOf(ruleId)).toEqual(['if', 'if']);
  });

  it('names rules and flags that the rule set has', () => {
    const { rules, flags } = pentad2;
    for (const one of preparationTable.circumstances) {
      for (const rule of one.rules)
        expect(rules.some(({ id }) => id === rule || id.replace(/[a-z]$/, '') === rule)).toBe(true);
      for (const flag of one.flags) expect(flags.map(({ code }) => code)).toContain(flag);
    }
  });

  it('an open finding is told by rule or by flag; none leaves the question open and names it', () => {
    const mtp = (flags: string[] | undefined) =>
      preparationFor(
        'trauma',
        'level-1',
        withCircumstances(factsFrom(), [flags ? { ruleId: 'TR-R1', flags } : { ruleId: 'TR-R1' }]),
      ).find(({ item }) => item.code === 'tr-mtp');
    expect(mtp(['trauma-mtp'])?.need).toBe('needed');
    expect(mtp(undefined)).toMatchObject({ need: 'if', lacks: ['isMassiveTransfusionHeld'] });
  });

  it('blood is in Chinese units: 1 U from 200 mL of whole blood, plasma in mL, RhD-negative only asked for', () => {
    const blood = preparationTable.items.map(({ item }) => item).filter(({ kind }) => kind === 'blood');
    for (const { quantity, name } of blood) {
      if (quantity?.unit === 'U') expect(quantity.wholeBloodMl).toBe(quantity.value * 200);
      expect(name.zh).not.toMatch(/O.?neg|CMV/i);
    }
    expect(blood.find(({ code }) => code === 'tr-red-cells')?.quantity).toEqual({
      value: 8,
      unit: 'U',
      wholeBloodMl: 1600,
    });
    expect(blood.find(({ code }) => code === 'tr-plasma')?.quantity).toEqual({ value: 800, unit: 'mL' });
  });
});

// Suspected dissection is not among these: it is what takes back drugs that are else prepared without asking.
test('whatever is known: no crash, nothing twice, more knowledge settles and never opens a question', () => {
  const known = fc.dictionary(
    fc.constantFrom('isLvoHeld', 'traumaPelvis', 'isPregnant', 'isObstetricBleedHeld'),
    fc.boolean(),
  );
  fc.assert(
    fc.property(fc.constantFrom(...specialties), known, known, (specialty, first, more) => {
      const before = preparationFor(specialty, 'level-1', factsFrom(first));
      const after = preparationFor(specialty, 'level-1', factsFrom({ ...more, ...first }));
      const codes = (all: typeof before, need: string) =>
        all.filter((one) => one.need === need).map(({ item }) => item.code);
      expect(new Set(before.map(({ item }) => item.code)).size).toBe(before.length);
      expect(codes(before, 'if')).toEqual(expect.arrayContaining(codes(after, 'if')));
      expect(codes(after, 'needed')).toEqual(expect.arrayContaining(codes(before, 'needed')));
    }),
  );
});

describe('the table', () => {
  const [first] = given.items;
  const with1 = (change: object) => ({ ...given, items: [{ ...first, ...change }] });

  it.each([
    ['a name that stands for nothing', with1({ when: 'isNobody' })],
    ['a number used as a flag', with1({ when: 'ageYears' })],
    ['text that cannot be read', with1({ when: 'isAdult and' })],
    ['a dependency of another specialty', { ...given, items: [{ ...first, dependsOn: ['st-nurse'] }] }],
    ['itself among its dependencies', with1({ dependsOn: [first?.code] })],
    ['a code given twice', { ...given, items: [first, first] }],
    ['a lead time without a source', with1({ leadTime: { minutes: 5, status: 'found' } })],
    ['a US unit', with1({ quantity: { value: 4, unit: 'u' } })],
  ])('refuses %s', (_, data) => {
    expect(() => preparationTableOf(data)).toThrow();
  });
});
