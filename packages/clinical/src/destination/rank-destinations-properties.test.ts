import fc from 'fast-check';
import { expect, test } from 'vitest';
import { specialties, type Specialty } from '@pentad/protocol/center';
import { questionOf } from '../testing/destination-builder.ts';
import type { Criterion } from '../criterion.ts';
import { destinationRules } from './destination-definition.ts';
import type { CapacityState, DestinationHospital, DestinationQuestion } from './destination-question.ts';
import { rankDestinations } from './rank-destinations.ts';
import type { RankedHospital } from './ranked-hospital.ts';
import { reasonText } from './reason.ts';

const verdict = fc.constantFrom<Criterion>('TRUE', 'FALSE', 'UNKNOWN');
const oddNumber = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: 0, max: 400, noNaN: true }) },
  fc.integer({ min: 0, max: 60 }),
  fc.constantFrom(Number.NaN, -1, Infinity, -Infinity),
);
const maybe = fc.option(oddNumber, { nil: null });
const centers = fc.uniqueArray(
  fc.oneof(
    fc.constantFrom(...destinationRules.levels.map(({ specialty, level }) => ({ specialty, level }))),
    fc.constantFrom(...specialties).map((specialty) => ({ specialty, level: null })),
  ),
  { maxLength: 5, selector: ({ specialty }) => specialty },
);
const told = fc.uniqueArray(
  fc.record({
    specialty: fc.constantFrom<Specialty>(...specialties),
    state: fc.constantFrom<CapacityState>('ready', 'limited', 'down', 'unknown'),
    reasons: fc.constant<readonly string[]>([]),
    ageMinutes: maybe,
    minutesLeft: maybe,
  }),
  { maxLength: 6, selector: ({ specialty }) => specialty },
);
const drive = fc.option(
  fc.record({ minutes: oddNumber, before: oddNumber, after: oddNumber }).map(({ minutes, before, after }) => ({
    minutes,
    bandMinutes: { from: Math.max(0, minutes - before), to: minutes + after },
  })),
  { nil: null },
);
const hospital = (hospitalId: string): fc.Arbitrary<DestinationHospital> =>
  fc.record({
    hospitalId: fc.constant(hospitalId),
    centers,
    abilities: fc.subarray(
      destinationRules.abilities.map(({ code }) => code),
      { maxLength: 2 },
    ),
    capacity: told,
    drive,
    doorToWireMinutes: maybe,
  });
const hospitals = fc
  .integer({ min: 0, max: 6 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => hospital(`hospital-${index}`))));

const needs = {
  specialty: fc.constantFrom<Specialty>(...specialties),
  tier: fc.constantFrom('level-1' as const, 'level-2' as const, 'advice' as const),
  coSpecialties: fc.subarray<Specialty>(['maternal', 'neonate'], { maxLength: 1 }),
  extraAbilities: fc.subarray(['cta', 'paediatric'] as const, { maxLength: 1 }),
  isChild: verdict,
  isLvoPositive: verdict,
  minutesSinceLastKnownWell: maybe,
  minutesSinceFirstContact: maybe,
  gestationDays: maybe,
  birthWeightG: maybe,
  needsOrganSupport: verdict,
  needsSurgeryOrEcmo: verdict,
  isUndelivered: verdict,
  riskColour: fc.option(fc.constantFrom('green' as const, 'orange' as const, 'red' as const), { nil: null }),
  maternalCause: fc.option(fc.constantFrom('sepsis', 'cardiac-disease', 'x'), { nil: null }),
};
const mostlyFalse = fc.oneof({ weight: 6, arbitrary: fc.constant<Criterion>('FALSE') }, verdict);
const question: fc.Arbitrary<DestinationQuestion> = fc.record({
  ...needs,
  threats: fc.record({ airway: mostlyFalse, arrest: mostlyFalse, bleeding: mostlyFalse, birth: mostlyFalse }),
  hasMechanicalCompression: verdict,
  companion: fc.option(fc.record(needs), { nil: null }),
  catchmentHospitalId: fc.option(fc.constantFrom('hospital-0', 'hospital-3'), { nil: null }),
  chosenHospitalId: fc.option(fc.constantFrom('hospital-1', 'elsewhere'), { nil: null }),
  level1Patients: fc.option(fc.integer({ min: 0, max: 4 }), { nil: null }),
});

const isAble = ({ standing }: RankedHospital): boolean => standing === 'direct' || standing === 'able';
const numbersIn = (value: unknown): readonly number[] =>
  typeof value === 'number'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(numbersIn)
      : [];

test('whatever is asked: every hospital once, each with reasons, no number that is none', () => {
  fc.assert(
    fc.property(question, hospitals, (asked, given) => {
      const advice = rankDestinations(asked, given);
      expect(advice.ranked.map(({ hospitalId }) => hospitalId).toSorted()).toEqual(
        given.map(({ hospitalId }) => hospitalId).toSorted(),
      );
      for (const one of advice.ranked) expect(one.reasons.length).toBeGreaterThan(0);
      expect(advice.reasons.length).toBeGreaterThan(0);
      for (const number of numbersIn(advice)) expect(Number.isFinite(number)).toBe(true);
    }),
    { numRuns: 400 },
  );
});

test('every reason has a sentence in both languages with all its numbers', () => {
  fc.assert(
    fc.property(question, hospitals, (asked, given) => {
      const { ranked, reasons, choice } = rankDestinations(asked, given);
      for (const one of [...reasons, ...(choice?.costs ?? []), ...ranked.flatMap((each) => each.reasons)]) {
        expect(reasonText(one, 'zh', destinationRules)).not.toMatch(/[{}]|NaN|undefined/);
        expect(reasonText(one, 'en', destinationRules)).not.toMatch(/[{}]|NaN|undefined/);
      }
    }),
  );
});

test('the order of the question does not matter', () => {
  fc.assert(
    fc.property(question, hospitals, fc.integer({ min: 0, max: 5 }), (asked, given, turn) => {
      const turned = [...given.slice(turn), ...given.slice(0, turn)].toReversed();
      expect(rankDestinations(asked, turned)).toEqual(rankDestinations(asked, given));
    }),
    { numRuns: 300 },
  );
});

test('one that is down never stands above an able one that is ready', () => {
  fc.assert(
    fc.property(question, hospitals, (asked, given) => {
      const { ranked } = rankDestinations(asked, given);
      const firstDown = ranked.findIndex(({ standing }) => standing === 'down');
      const lastReady = ranked.findLastIndex((one) => isAble(one) && one.capacity === 'ready');
      if (firstDown !== -1 && lastReady !== -1) expect(lastReady).toBeLessThan(firstDown);
    }),
    { numRuns: 400 },
  );
});

test('a drive that is unknown never stands above a known one that is able', () => {
  fc.assert(
    fc.property(question, hospitals, (asked, given) => {
      const usable = rankDestinations(asked, given).ranked.filter((one) => isAble(one));
      const firstUnknown = usable.findIndex((one) => one.drive === null);
      if (firstUnknown !== -1) for (const one of usable.slice(firstUnknown)) expect(one.drive).toBeNull();
    }),
    { numRuns: 400 },
  );
});

test('a hospital farther away than all never takes away a nearer able one, nor changes how it stands', () => {
  fc.assert(
    fc.property(question, hospitals, hospital('z-farther'), (asked, given, one) => {
      const farther = { ...one, drive: { minutes: 1_000, bandMinutes: { from: 990, to: 1_010 } } };
      const before = rankDestinations(asked, given).ranked.filter((each) => isAble(each));
      const after = rankDestinations(asked, [...given, farther]).ranked;
      const kept = after.filter(({ hospitalId }) => before.some((each) => each.hospitalId === hospitalId));
      const places = (all: readonly RankedHospital[]) =>
        all.map(({ hospitalId, standing }) => ({ hospitalId, standing }));
      const wasKnown = before.some(({ drive: known }) => known !== null) || asked.specialty !== 'stroke';
      if (wasKnown) expect(places(kept)).toEqual(places(before));
      else expect(kept).toHaveLength(before.length);
    }),
    { numRuns: 400 },
  );
});

test('a life threat sends to the nearest able whatever else is known', () => {
  fc.assert(
    fc.property(question, hospitals, (asked, given) => {
      const threatened = { ...asked, threats: { ...questionOf('trauma').threats, airway: 'TRUE' as const } };
      const { ranked } = rankDestinations(threatened, given);
      const able = ranked.filter((one) => isAble(one) && one.drive);
      const minutes = able.map((one) => one.drive?.minutes ?? 0);
      expect(minutes).toEqual(minutes.toSorted((a, b) => a - b));
      if (able[0]) expect(ranked[0]?.hospitalId).toBe(able[0].hospitalId);
    }),
    { numRuns: 300 },
  );
});
