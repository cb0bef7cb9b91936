import { hospitalIdOf } from '@pentad/protocol/testing/boring-ids';
import { describe, expect, test } from 'vitest';
import { county, northOfAll, southOfAll } from '../desks/county.fixture.ts';
import { Directory } from '../desks/directory.ts';
import { chooseTarget } from './choose-target.ts';

const nowhere = { destination: null, near: null, exclude: [] } as const;
type Wanted = Parameters<typeof chooseTarget>[1];
const deskOf = (wanted: Partial<Wanted> & Pick<Wanted, 'specialty'>): string | null =>
  chooseTarget(county, { ...nowhere, ...wanted })?.deskId ?? null;

describe('the desk that is told', () => {
  test('is the destination’s own when it has the center, however far away the vehicle is', () => {
    expect(deskOf({ specialty: 'stroke', destination: hospitalIdOf(3), near: southOfAll })).toBe('desk-3');
  });

  test('is the nearest to the vehicle that has the center, when the destination has none', () => {
    expect(deskOf({ specialty: 'maternal', destination: hospitalIdOf(1), near: southOfAll })).toBe('desk-3');
    expect(deskOf({ specialty: 'chest-pain', destination: hospitalIdOf(3), near: southOfAll })).toBe('desk-1');
  });

  test('is the nearest to the destination when nobody knows where the vehicle is', () => {
    expect(deskOf({ specialty: 'chest-pain', destination: hospitalIdOf(3) })).toBe('desk-2');
  });

  test.each([
    [southOfAll, 'desk-1'],
    [northOfAll, 'desk-3'],
  ] as const)('is the nearest when no destination is chosen: from %j %s', (near, deskId) => {
    expect(deskOf({ specialty: 'stroke', near })).toBe(deskId);
  });

  test('is the first by id, every time, with neither destination nor position', () => {
    expect(Array.from({ length: 5 }, () => deskOf({ specialty: 'chest-pain' }))).toEqual(Array(5).fill('desk-1'));
  });

  test('is the same desk when two are equally far, whatever order the directory has', () => {
    const sameSpot = county.hospitals.slice(0, 2).map((hospital) => ({ ...hospital, ...southOfAll }));
    for (const hospitals of [sameSpot, sameSpot.toReversed()]) {
      const wanted = { ...nowhere, specialty: 'chest-pain', near: northOfAll } as const;
      expect(chooseTarget(new Directory(hospitals), wanted)?.deskId).toBe('desk-1');
    }
  });

  test('is never one already asked, not even at the destination', () => {
    expect(deskOf({ specialty: 'chest-pain', destination: hospitalIdOf(1), exclude: ['desk-1'] })).toBe('desk-2');
    expect(deskOf({ specialty: 'chest-pain', exclude: ['desk-1', 'desk-2'] })).toBeNull();
  });

  test('L12: is nobody where no desk of the region serves the specialty, never a desk that does not', () => {
    expect(deskOf({ specialty: 'neonate', destination: hospitalIdOf(1), near: southOfAll })).toBeNull();
  });
});
