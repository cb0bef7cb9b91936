import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromWgs84, toWgs84, type Datum } from './datum.ts';
import { distanceM } from './distance.ts';
import type { GeoPoint } from './geo-point.ts';

const point = (latitudeDeg: number, longitudeDeg: number): GeoPoint => ({ latitudeDeg, longitudeDeg });

// Published pairs, as the public descriptions of the offset all give them (eviltransform's test table).
test.each([
  ['Shanghai', point(31.1774276, 121.5272106), point(31.175_303_983_645_97, 121.531_541_859_215)],
  ['Shenzhen', point(22.543847, 113.912316), point(22.540_796_131_694_766, 113.917_176_480_836_3)],
  ['Beijing', point(39.911954, 116.377817), point(39.913_345_455_360_69, 116.384_047_224_554_6)],
])('%s: GCJ-02 as published, and back', (_, wgs, gcj) => {
  expect(distanceM(fromWgs84(wgs, 'gcj-02'), gcj)).toBeLessThan(0.01);
  expect(distanceM(toWgs84(gcj, 'gcj-02'), wgs)).toBeLessThan(0.01);
});

// The pair of coordtransform's readme. A variant with pi for the wave number (eviltransform) differs by up to 40 m.
test('Beijing: BD-09 as published, and back', () => {
  const gcj = point(39.915, 116.404);
  const bd = point(39.921_336_993_510_21, 116.410_369_493_710_29);
  expect(distanceM(fromWgs84(toWgs84(gcj, 'gcj-02'), 'bd-09'), bd)).toBeLessThan(0.01);
  expect(distanceM(fromWgs84(toWgs84(bd, 'bd-09'), 'gcj-02'), gcj)).toBeLessThan(0.01);
});

const inChina = fc.record({
  latitudeDeg: fc.double({ min: 18, max: 53.5, noNaN: true }),
  longitudeDeg: fc.double({ min: 74, max: 135, noNaN: true }),
});

test.each<Datum>(['gcj-02', 'bd-09', 'wgs-84'])('%s and back is within 0.5 m anywhere in China', (datum) => {
  fc.assert(
    fc.property(inChina, (wgs) => {
      expect(distanceM(toWgs84(fromWgs84(wgs, datum), datum), wgs)).toBeLessThan(0.01);
    }),
  );
});

test('the offset is what makes a map wrong by a street: 50 m to 2.5 km', () => {
  fc.assert(
    fc.property(inChina, fc.constantFrom('gcj-02' as const, 'bd-09' as const), (wgs, datum) => {
      const offsetM = distanceM(fromWgs84(wgs, datum), wgs);
      expect(offsetM).toBeGreaterThan(50);
      expect(offsetM).toBeLessThan(2_500);
    }),
  );
});

test.each([
  ['Denver', point(39.7392, -104.9903)],
  ['London', point(51.5, 0)],
  ['Canberra', point(-35.28, 149.13)],
  ['the pole', point(90, 0)],
])('%s is the same in every datum', (_, place) => {
  for (const datum of ['gcj-02', 'bd-09', 'wgs-84'] as const) {
    expect(fromWgs84(place, datum)).toEqual(place);
    expect(toWgs84(place, datum)).toEqual(place);
  }
});
