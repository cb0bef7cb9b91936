import { describe, expect, it } from 'vitest';
import { hospitalOf, questionOf } from '../testing/destination-builder.ts';
import type { DestinationQuestion } from './destination-question.ts';
import { rankDestinations } from './rank-destinations.ts';

const hospitals = [
  hospitalOf('county', 5, ['maternal:county', 'neonate:county']),
  hospitalOf('city', 40, ['maternal:city', 'neonate:city']),
  hospitalOf('province', 110, ['maternal:province', 'neonate:province']),
];
const first = (question: DestinationQuestion) => rankDestinations(question, hospitals).recommendedId;

describe('a newborn by gestation and birth weight', () => {
  it.each([
    [195, 3000, 'province'],
    [196, 1000, 'city'],
    [224, 1000, 'city'],
    [280, 999, 'province'],
    [223, 3000, 'city'],
    [224, 1499, 'city'],
    [224, 1500, 'county'],
    [null, 1499, 'city'],
    [224, null, 'county'],
  ])('%s days, %s g: %s', (gestationDays, birthWeightG, expected) => {
    expect(first(questionOf('neonate', { gestationDays, birthWeightG }))).toBe(expected);
  });

  it('32 weeks and 1000 g is IIIa (second reading N13)', () => {
    expect(first(questionOf('neonate', { gestationDays: 224, birthWeightG: 1000 }))).toBe('city');
  });

  it.each(['TRUE', 'UNKNOWN'] as const)('organ support %s is not for level II', (needsOrganSupport) => {
    expect(first(questionOf('neonate', { gestationDays: 280, birthWeightG: 3000, needsOrganSupport }))).toBe('city');
  });

  it('surgery or ECMO is for the province', () => {
    expect(first(questionOf('neonate', { gestationDays: 280, birthWeightG: 3000, needsSurgeryOrEcmo: 'TRUE' }))).toBe(
      'province',
    );
  });

  it('of whom neither is known: the nearest, and both are asked', () => {
    const advice = rankDestinations(questionOf('neonate'), hospitals);
    expect(advice).toMatchObject({ recommendedId: 'county', lacking: ['gestationDays', 'birthWeightG'] });
    expect(advice.reasons[0]?.code).toBe('need-neonate-unknown');
  });
});

describe('a mother', () => {
  it.each([
    ['green', 'county'],
    ['yellow', 'county'],
    ['orange', 'county'],
    ['red', 'city'],
    ['purple', 'county'],
    [null, 'county'],
  ] as const)('risk colour %s: %s', (riskColour, expected) => {
    expect(first(questionOf('maternal', { riskColour }))).toBe(expected);
  });

  it.each([
    ['placenta-accreta', 'city'],
    ['sepsis', 'county'],
    ['not-in-the-list', 'county'],
  ])('cause %s: %s', (maternalCause, expected) => {
    expect(first(questionOf('maternal', { riskColour: 'green', maternalCause }))).toBe(expected);
  });

  it.each([
    [167, 'county'],
    [168, 'province'],
    [195, 'province'],
    [196, 'city'],
    [223, 'city'],
    [224, 'county'],
    [null, 'county'],
  ])('undelivered at %s days: in-utero transfer to the NICU of the newborn: %s', (gestationDays, expected) => {
    expect(first(questionOf('maternal', { gestationDays, isUndelivered: 'TRUE' }))).toBe(expected);
  });

  it('about to give birth goes to the nearest maternity, delivered needs no NICU', () => {
    const base = questionOf('maternal', { gestationDays: 190, isUndelivered: 'TRUE' });
    expect(first({ ...base, threats: { ...base.threats, birth: 'TRUE' } })).toBe('county');
    expect(first({ ...base, isUndelivered: 'FALSE' })).toBe('county');
  });

  it('bleeding goes to the nearest maternity, not to the nearest emergency department', () => {
    const base = questionOf('maternal');
    const bleeding = { ...base, threats: { ...base.threats, bleeding: 'TRUE' as const } };
    const { ranked } = rankDestinations(bleeding, [hospitalOf('a-general', 2, []), ...hospitals]);
    expect(ranked[0]?.hospitalId).toBe('county');
  });

  it('with STEMI goes to a PCI center with obstetrics before one without', () => {
    const question = questionOf('chest-pain', { minutesSinceFirstContact: 10, coSpecialties: ['maternal'] });
    const pci = [
      hospitalOf('without', 10, ['chest-pain:standard']),
      hospitalOf('with', 30, ['chest-pain:standard', 'maternal:city']),
    ];
    const { ranked } = rankDestinations(question, pci);
    expect(ranked.map(({ hospitalId }) => hospitalId)).toEqual(['with', 'without']);
    expect(ranked[1]?.reasons).toContainEqual(
      expect.objectContaining({ code: 'lacks-co-specialty', specialties: ['maternal'] }),
    );
  });
});

describe('mother and baby', () => {
  const mother = questionOf('maternal');
  const baby = questionOf('neonate', { gestationDays: 220, birthWeightG: 1400, companion: mother });
  const onlyNewborn = (minutes: number) => hospitalOf('children', minutes, ['neonate:city']);

  it.each([
    [10.1, 'city'],
    [9.9, 'children'],
  ])(
    'share a destination where the level fits and it costs 30 min at most: children %d, both 40',
    (minutes, expected) => {
      expect(rankDestinations(baby, [onlyNewborn(minutes), ...hospitals]).recommendedId).toBe(expected);
    },
  );

  it('are said to be together or split', () => {
    const { ranked } = rankDestinations(baby, [onlyNewborn(20), ...hospitals]);
    const codes = (id: string) => ranked.find(({ hospitalId }) => hospitalId === id)?.reasons.map(({ code }) => code);
    expect(codes('city')).toContain('together');
    expect(codes('children')).toContain('split');
  });
});
