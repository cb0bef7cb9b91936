import { distanceM } from '@pentad/geo/distance';
import { hospitalIdOf } from '@pentad/protocol/testing/boring-ids';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { ambulanceGates, gateFrom, GateInput, middleOf, type Ring } from './gate.ts';
import { gateInput, placeOf, yard } from './gate.fixture.ts';

const home = hospitalIdOf(1);
const set = (some: Parameters<typeof gateInput>[0] = {}) => gateFrom(gateInput(some), placeOf(home));
const refusal = (ring: Ring): string => {
  try {
    set({ ring });
    return 'taken';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a gate', () => {
  test.each(['wgs-84', 'gcj-02', 'bd-09'] as const)('told in %s is kept in WGS-84, to the centimetre', (datum) => {
    const gate = set({ datum });
    expect(gate.inputDatum).toBe(datum);
    yard(home).forEach(([longitudeDeg, latitudeDeg], index) => {
      const [lon = 0, lat = 0] = gate.ring[index] ?? [];
      expect(distanceM({ longitudeDeg, latitudeDeg }, { longitudeDeg: lon, latitudeDeg: lat })).toBeLessThan(0.01);
    });
  });

  test('told in one datum and named another is hundreds of metres off', () => {
    const [lon = 0, lat = 0] = set({ datum: 'wgs-84', ring: yard(home, 'bd-09') }).ring[0] ?? [];
    const [right] = yard(home);
    const off = distanceM({ longitudeDeg: lon, latitudeDeg: lat }, { longitudeDeg: right![0], latitudeDeg: right![1] });
    expect(off).toBeGreaterThan(300);
  });

  const ring = yard(home);
  const [a, b, c, d] = ring as [Ring[0], Ring[0], Ring[0], Ring[0]];
  test.each<readonly [string, Ring, string]>([
    ['open', [a, b, c, d], 'gate.ring-not-closed'],
    ['empty', [], 'gate.ring-too-few-points'],
    ['a line', [a, b, a], 'gate.ring-too-few-points'],
    ['a bow', [a, c, b, d, a], 'gate.ring-self-intersecting'],
    ['off the earth', [[200, 30], b, c, [200, 30]], 'gate.ring-not-on-earth'],
    ['as large as a district', yard(home, 'wgs-84', 30), 'gate.too-large'],
    ['at another hospital', yard(hospitalIdOf(2)), 'gate.far-from-hospital'],
    ['with its axes exchanged', ring.map(([lon, lat]): Ring[0] => [lat, lon - 90]), 'gate.far-from-hospital'],
    ['sound', ring, 'taken'],
  ])('that is %s: %s', (_, told, code) => {
    expect(refusal(told)).toBe(code);
  });

  test('of another datum, or with fields nobody knows, is not understood', () => {
    expect(v.safeParse(GateInput, { ...gateInput(), datum: 'mercator' }).success).toBe(false);
    expect(v.safeParse(GateInput, { ...gateInput(), note: 'x' }).success).toBe(false);
    expect(v.safeParse(GateInput, gateInput()).success).toBe(true);
  });
});

test('vehicles arrive at ambulance gates alone; a damaged row is no gate', () => {
  const gates = ambulanceGates([
    set(),
    set({ gateId: 'walk-in', kind: 'walk-in' }),
    { ...set({ gateId: 'damaged' }), ring: [] },
    set({ gateId: 'second' }),
  ]);
  expect([...gates].map(([hospitalId, polygons]) => [hospitalId, polygons.length])).toEqual([[home, 2]]);
});

test('the middle of a gate is where a way to it ends', () => {
  const middle = middleOf(set());
  expect(middle && distanceM(middle, placeOf(home))).toBeLessThan(0.1);
  expect(middleOf({ ring: [] })).toBeNull();
});
