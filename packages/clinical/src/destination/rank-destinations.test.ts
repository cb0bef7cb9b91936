import { describe, expect, it } from 'vitest';
import { driveOf, hospitalOf, questionOf } from '../testing/destination-builder.ts';
import { destinationRules, destinationRulesOf } from './destination-definition.ts';
import type { DestinationHospital, DestinationQuestion } from './destination-question.ts';
import { rankDestinations } from './rank-destinations.ts';

const ids = (question: DestinationQuestion, hospitals: readonly DestinationHospital[]) =>
  rankDestinations(question, hospitals).ranked.map(({ hospitalId }) => hospitalId);
const of = (question: DestinationQuestion, hospitals: readonly DestinationHospital[], id: string) => {
  const one = rankDestinations(question, hospitals).ranked.find(({ hospitalId }) => hospitalId === id);
  return { ...one, codes: one?.reasons.map(({ code }) => code) ?? [] };
};

describe('chest pain of level 1: PCI around the clock, first contact to wire up to 120 min', () => {
  const basic = hospitalOf('basic', 10, ['chest-pain:basic']);
  const pciAt = (minutes: number) => hospitalOf('pci', minutes, ['chest-pain:standard']);
  const after = (minutes: number | null) => questionOf('chest-pain', { minutesSinceFirstContact: minutes });

  it.each([
    [29, 'direct', 'wire-within-cap', ['pci', 'basic']],
    [30, 'direct', 'wire-within-cap', ['pci', 'basic']],
    [30.01, 'able', 'wire-beyond-cap', ['basic', 'pci']],
  ])('30 min after contact, %d min away, door to wire 60: %s', (minutes, standing, code, order) => {
    const hospitals = [basic, pciAt(minutes)];
    expect(ids(after(30), hospitals)).toEqual(order);
    expect(of(after(30), hospitals, 'pci')).toMatchObject({ standing, codes: expect.arrayContaining([code]) as never });
  });

  it.each([
    [15, 'wire-within-goal'],
    [15.1, 'wire-within-cap'],
  ])('goal of 90: 15 + %d + 60 min: %s', (minutes, code) => {
    expect(of(after(15), [pciAt(minutes)], 'pci').codes).toContain(code);
  });

  it('says when the late end of the drive would pass the limit', () => {
    expect(of(after(30), [pciAt(29)], 'pci').codes).toContain('wire-late-end-beyond-cap');
    expect(of(after(30), [pciAt(28)], 'pci').codes).not.toContain('wire-late-end-beyond-cap');
  });

  it('lyses at the nearest able, then transfers', () => {
    expect(of(after(60), [basic, pciAt(40)], 'basic').codes).toEqual(
      expect.arrayContaining(['acceptable', 'then-transfer']),
    );
  });

  it('counts a contact that is not stamped from now, says so and asks', () => {
    const advice = rankDestinations(after(null), [basic, pciAt(30)]);
    expect(advice.lacking).toContain('T_FMC');
    expect(advice.ranked[0]?.reasons.map(({ code }) => code)).toContain('wire-fmc-missing');
  });

  it('says that a door to wire is assumed', () => {
    const without = { ...pciAt(20), doorToWireMinutes: null };
    expect(of(after(0), [without], 'pci').codes).toContain('wire-door-assumed');
  });

  it('of level 2 any chest pain center will do', () => {
    expect(ids({ ...after(0), tier: 'level-2' }, [basic, pciAt(20)])).toEqual(['basic', 'pci']);
  });
});

describe('stroke', () => {
  const ivt = hospitalOf('ivt', 10, ['stroke:thrombolysis']);
  const evtAt = (minutes: number) => hospitalOf('evt', minutes, ['stroke:comprehensive']);
  const lvo = (sinceWell: number | null) =>
    questionOf('stroke', { isLvoPositive: 'TRUE', minutesSinceLastKnownWell: sinceWell });

  it.each([
    [40, ['evt', 'ivt'], 'evt-extra-within'],
    [40.5, ['ivt', 'evt'], 'evt-extra-beyond'],
  ])('LVO positive, EVT at %d min, thrombolysis at 10', (minutes, order, code) => {
    expect(ids(lvo(60), [ivt, evtAt(minutes)])).toEqual(order);
    expect(of(lvo(60), [ivt, evtAt(minutes)], 'evt').codes).toContain(code);
  });

  it('goes further only where the city says its transfer system is weak', () => {
    const weak = destinationRulesOf({ ...destinationRules, isTransferSystemWeak: true });
    expect(rankDestinations(lvo(60), [ivt, evtAt(70)], weak).recommendedId).toBe('evt');
    expect(rankDestinations(lvo(60), [ivt, evtAt(70.5)], weak).recommendedId).toBe('ivt');
  });

  it.each([
    [236, 'evt', 'arrives at 270 at the late end'],
    [237, 'ivt', 'would arrive at 271'],
    [262, 'ivt', 'the nearest still reaches 270 at its early end'],
    [263, 'evt', 'no candidate for thrombolysis any more'],
  ])('last known well %d min ago, EVT 32 min: %s, for it %s', (sinceWell, first) => {
    expect(ids(lvo(sinceWell), [ivt, evtAt(32)])[0]).toBe(first);
  });

  it('an EVT center that is the nearest is never refused for the window', () => {
    expect(of(lvo(268), [{ ...ivt, drive: driveOf(20) }, evtAt(10)], 'evt').standing).toBe('direct');
  });

  it('LVO negative, or not examined: the nearest with thrombolysis, and the scale is asked for', () => {
    const negative = questionOf('stroke', { isLvoPositive: 'FALSE' });
    expect(ids(negative, [evtAt(12), ivt])).toEqual(['ivt', 'evt']);
    expect(rankDestinations(questionOf('stroke'), [evtAt(12), ivt])).toMatchObject({
      recommendedId: 'ivt',
      lacking: ['lvoScale'],
    });
  });

  it('without last known well the window is said to be unchecked', () => {
    expect(of(lvo(null), [ivt, evtAt(20)], 'evt').codes).toContain('evt-window-unknown');
  });
});

describe('trauma', () => {
  const county = hospitalOf('county', 8, ['trauma:county']);
  const cityAt = (minutes: number) => hospitalOf('city', minutes, ['trauma:city']);

  it.each([
    [45, ['city', 'county']],
    [45.1, ['county', 'city']],
  ])('RED, highest level %d min away: %j', (minutes, order) => {
    expect(ids(questionOf('trauma'), [county, cityAt(minutes)])).toEqual(order);
  });

  it('YELLOW goes to the nearest of any level', () => {
    expect(ids(questionOf('trauma', { tier: 'level-2' }), [cityAt(20), county])).toEqual(['county', 'city']);
  });

  it.each([
    ['airway', 'emergency-only'],
    ['arrest', 'emergency-only'],
    ['bleeding', 'emergency-only'],
  ] as const)('RED with %s: the nearest emergency department', (threat, first) => {
    const base = questionOf('trauma');
    const question = { ...base, threats: { ...base.threats, [threat]: 'TRUE' as const } };
    const advice = rankDestinations(question, [county, cityAt(20), hospitalOf('emergency-only', 3, [])]);
    expect(advice).toMatchObject({ recommendedId: first, recordedAs: 'nearest' });
    expect(advice.reasons.map(({ code }) => code)).toEqual(['nearest-able', 'two-stops-allowed']);
  });

  it('an arrest under mechanical compression is taken where it belongs; one whose device is unknown is not', () => {
    const base = questionOf('trauma');
    const arrest = { ...base, threats: { ...base.threats, arrest: 'TRUE' as const } };
    const hospitals = [hospitalOf('emergency-only', 3, []), county];
    expect(ids({ ...arrest, hasMechanicalCompression: 'TRUE' }, hospitals)[0]).toBe('county');
    const unknown = rankDestinations({ ...arrest, hasMechanicalCompression: 'UNKNOWN' }, hospitals);
    expect(unknown).toMatchObject({ recommendedId: 'emergency-only', lacking: ['hasMechanicalCompression'] });
  });

  it('a threat nobody answered for changes nothing and is asked', () => {
    const base = questionOf('trauma');
    const open = { ...base, threats: { ...base.threats, airway: 'UNKNOWN' as const } };
    expect(rankDestinations(open, [county])).toMatchObject({ recommendedId: 'county', lacking: ['airway'] });
  });

  it.each([
    [60, false],
    [60.1, true],
  ])('%d min by ground: air transport said: %s', (minutes, isSaid) => {
    expect(of(questionOf('trauma'), [cityAt(minutes)], 'city').codes.includes('air-transport')).toBe(isSaid);
  });

  it('a child goes to the paediatric-capable one within the same level if it costs no more than 10 min', () => {
    const child = questionOf('trauma', { tier: 'level-2', isChild: 'TRUE' });
    const at = (minutes: number) => hospitalOf('children', minutes, ['trauma:city'], 'ready', ['paediatric']);
    expect(ids(child, [county, at(17.9)])[0]).toBe('children');
    expect(ids(child, [county, at(18.1)])[0]).toBe('county');
  });
});

describe('leaving the rules', () => {
  it.each([
    [4, 'ranked'],
    [5, 'leaves-rules'],
    [null, 'ranked'],
  ] as const)('%s patients of level 1: %s', (level1Patients, kind) => {
    const advice = rankDestinations(questionOf('trauma', { level1Patients }), [hospitalOf('a', 5, ['trauma:city'])]);
    expect(advice.kind).toBe(kind);
    if (kind === 'leaves-rules')
      expect(advice.reasons).toMatchObject([{ code: 'mass-casualty', numbers: { patients: 5, limit: 5 } }]);
  });

  it('says that there is no hospital, or none with the center', () => {
    const codes = (hospitals: readonly DestinationHospital[]) =>
      rankDestinations(questionOf('stroke'), hospitals).reasons.map(({ code }) => code);
    expect(codes([])).toContain('no-hospital');
    expect(codes([hospitalOf('a', 5, [])])).toContain('no-center');
  });
});
