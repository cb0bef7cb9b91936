import { describe, expect, it } from 'vitest';
import { hospitalOf, questionOf } from '../testing/destination-builder.ts';
import type { CapacityTold, DestinationHospital } from './destination-question.ts';
import { rankDestinations } from './rank-destinations.ts';

const pci = (id: string, minutes: number | null, told: Partial<CapacityTold> = {}): DestinationHospital => {
  const hospital = hospitalOf(id, minutes, ['chest-pain:standard']);
  return { ...hospital, capacity: hospital.capacity.map((one) => ({ ...one, ...told })) };
};
const question = questionOf('chest-pain', { minutesSinceFirstContact: 10 });
const ranked = (...hospitals: readonly DestinationHospital[]) => rankDestinations(question, hospitals).ranked;
const ids = (...hospitals: readonly DestinationHospital[]) => ranked(...hospitals).map(({ hospitalId }) => hospitalId);

describe('what a hospital says of itself', () => {
  it.each([
    [19.9, ['ready', 'limited']],
    [20, ['ready', 'limited']],
    [20.1, ['limited', 'ready']],
  ])('limited at 10 min leads only if the next costs more than 10 min: %d', (minutes, order) => {
    expect(ids(pci('limited', 10, { state: 'limited' }), pci('ready', minutes))).toEqual(order);
  });

  it.each([
    [15, 'ready', 'capacity-ready'],
    [15.1, 'unknown', 'capacity-stale'],
    [null, 'unknown', 'capacity-undated'],
    [Number.NaN, 'unknown', 'capacity-undated'],
    [-1, 'unknown', 'capacity-undated'],
  ])('ready, said %s min ago, counts as %s', (ageMinutes, capacity, code) => {
    const [one] = ranked(pci('a', 10, { ageMinutes }));
    expect(one).toMatchObject({ capacity });
    expect(one?.reasons.map((reason) => reason.code)).toContain(code);
  });

  it('unknown is no ready: it leads only if the next costs more than 10 min', () => {
    const old = pci('old', 10, { ageMinutes: 16 });
    expect(ids(old, pci('ready', 20))).toEqual(['ready', 'old']);
    expect(ids(old, pci('ready', 20.1))).toEqual(['old', 'ready']);
    expect(ids({ ...old, capacity: [] }, pci('ready', 20))).toEqual(['ready', 'old']);
  });

  it('down and limited stay so when old, and are shown with their age', () => {
    expect(ranked(pci('a', 10, { state: 'down', ageMinutes: 400 }), pci('b', 12))[1]).toMatchObject({
      hospitalId: 'a',
      capacity: 'down',
      capacityAgeMinutes: 400,
    });
    expect(ranked(pci('a', 10, { state: 'limited', ageMinutes: null }))[0]?.capacity).toBe('limited');
  });

  it.each([
    [0.1, 'down'],
    [0, 'unknown'],
    [-3, 'unknown'],
  ])('a state with %d min left: %s', (minutesLeft, capacity) => {
    const found = ranked(pci('a', 10, { state: 'down', minutesLeft }), pci('b', 12));
    expect(found.find(({ hospitalId }) => hospitalId === 'a')?.capacity).toBe(capacity);
  });
});

describe('all are down', () => {
  const down = (id: string, minutes: number | null) => pci(id, minutes, { state: 'down' });

  it('the nearest is forced, its backup team called', () => {
    const advice = rankDestinations(question, [down('far', 30), down('near', 12), hospitalOf('emergency', 3, [])]);
    expect(advice).toMatchObject({ recommendedId: 'near', recordedAs: 'forced' });
    expect(advice.ranked[0]).toMatchObject({ isForced: true, standing: 'down' });
    expect(advice.ranked[0]?.reasons.slice(0, 2).map(({ code }) => code)).toEqual(['forced', 'backup-team-call']);
    expect(advice.ranked.filter(({ isForced }) => isForced)).toHaveLength(1);
  });

  it('not while one of a lower level can take the patient', () => {
    const basic = hospitalOf('basic', 40, ['chest-pain:basic']);
    expect(rankDestinations(question, [down('near', 12), basic])).toMatchObject({ recommendedId: 'basic' });
  });

  it('a drive that is known before one that is not', () => {
    expect(ids(down('a', null), down('b', 50))[0]).toBe('b');
  });
});

describe('drive times', () => {
  it.each([null, Number.NaN, -1, Infinity])('of %s rank last, with a reason, never as 0', (minutes) => {
    const odd = { ...pci('odd', 5), drive: minutes === null ? null : { minutes, bandMinutes: { from: 0, to: 9 } } };
    const basic = hospitalOf('basic', 70, ['chest-pain:basic']);
    const found = ranked(odd, basic);
    expect(found.map(({ hospitalId }) => hospitalId)).toEqual(['basic', 'odd']);
    expect(found[1]).toMatchObject({ drive: null, weighedMinutes: null });
    expect(found[1]?.reasons.map(({ code }) => code)).toContain(minutes === null ? 'drive-unknown' : 'drive-unusable');
  });

  it('with a band that does not hold them are unknown', () => {
    const odd = { ...pci('odd', 5), drive: { minutes: 5, bandMinutes: { from: 6, to: 9 } } };
    expect(ranked(odd)[0]?.drive).toBeNull();
  });

  it('unknown with the center before known without one', () => {
    expect(ids(pci('pci', null), hospitalOf('emergency', 3, []))).toEqual(['pci', 'emergency']);
  });

  it('equal: by id', () => {
    expect(ids(pci('b', 10), pci('a', 10))).toEqual(['a', 'b']);
  });
});

describe('对口片区', () => {
  const inArea = { ...question, catchmentHospitalId: 'area' };

  it.each([
    [19.9, 'area', 'catchment'],
    [20.1, 'near', 'rule'],
    [9, 'area', 'rule'],
  ] as const)('a reason, not a law: area %d min, near 10 min', (minutes, recommendedId, recordedAs) => {
    expect(rankDestinations(inArea, [pci('near', 10), pci('area', minutes)])).toMatchObject({
      recommendedId,
      recordedAs,
    });
  });

  it('never lifts one that is down', () => {
    expect(rankDestinations(inArea, [pci('near', 10), pci('area', 9, { state: 'down' })]).recommendedId).toBe('near');
  });
});

describe('the choice of patient or family', () => {
  const choose = (chosenHospitalId: string, ...hospitals: readonly DestinationHospital[]) =>
    rankDestinations({ ...question, chosenHospitalId }, hospitals);
  const costs = (advice: ReturnType<typeof choose>) => advice.choice?.costs.map(({ code }) => code);

  it('is accepted and shown with what it costs; the ranking stays', () => {
    const advice = choose('far', pci('near', 10), pci('far', 25, { state: 'limited' }));
    expect(advice).toMatchObject({ recommendedId: 'near', choice: { hospitalId: 'far', extraMinutes: 15 } });
    expect(costs(advice)).toEqual(['choice-accepted', 'choice-extra']);
  });

  it.each([
    ['down', pci('x', 12, { state: 'down' }), ['choice-accepted', 'choice-extra', 'choice-down']],
    ['lesser', hospitalOf('x', 8, ['chest-pain:basic']), ['choice-accepted', 'choice-less', 'choice-lesser-fit']],
    ['away unknown', pci('x', null), ['choice-accepted', 'choice-drive-unknown', 'choice-lesser-fit']],
    ['silent', pci('x', 12, { ageMinutes: 99 }), ['choice-accepted', 'choice-extra', 'choice-capacity-unknown']],
  ])('%s', (_, x, expected) => {
    expect(costs(choose('x', pci('near', 10), x))).toEqual(expected);
  });

  it('of the recommended, and of one outside the directory', () => {
    expect(costs(choose('near', pci('near', 10)))).toEqual(['choice-accepted', 'choice-as-ranked']);
    expect(costs(choose('elsewhere', pci('near', 10)))).toEqual(['choice-accepted', 'choice-not-listed']);
  });

  it.each([
    [240, true],
    [238, false],
  ])('says that it loses the window: last well %d min ago, 30 min away', (minutesSinceLastKnownWell, isSaid) => {
    const stroke = questionOf('stroke', { isLvoPositive: 'FALSE', minutesSinceLastKnownWell, chosenHospitalId: 'far' });
    const advice = rankDestinations(stroke, [
      hospitalOf('near', 5, ['stroke:thrombolysis']),
      hospitalOf('far', 30, ['stroke:comprehensive']),
    ]);
    expect(advice.choice?.costs.some(({ code }) => code === 'choice-loses-window')).toBe(isSaid);
  });

  it('past the nearest able in a life threat is said', () => {
    const threatened = {
      ...question,
      threats: { ...question.threats, airway: 'TRUE' as const },
      chosenHospitalId: 'b',
    };
    const { choice } = rankDestinations(threatened, [pci('a', 5), pci('b', 20)]);
    expect(choice?.costs.map(({ code }) => code)).toContain('choice-passes-nearest');
  });
});
