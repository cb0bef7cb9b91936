import { describe, expect, it } from 'vitest';
import { catchmentHospital, catchmentTableOf, type Place } from './catchment.ts';

const corner = (latitudeDeg: number, longitudeDeg: number) => ({ latitudeDeg, longitudeDeg });
const square = [corner(31, 120), corner(31, 121), corner(32, 121), corner(32, 120), corner(31, 120)];
const area = (zh: string, where: unknown, preferred: unknown) => ({
  name: { zh, en: zh },
  area: where,
  preferred,
  source: '示例文件 2026-01-01',
});
const chestPain = (hospitalId: string) => [{ specialty: 'chest-pain', hospitalId }];
const table = catchmentTableOf({
  areas: [
    area('县', { kind: 'division', code: '320599' }, [
      ...chestPain('county-hospital'),
      { specialty: 'stroke', hospitalId: 'stroke-hospital' },
    ]),
    area('镇', { kind: 'division', code: '320599101' }, chestPain('town-hospital')),
    area('片', { kind: 'polygon', ring: square }, chestPain('drawn-hospital')),
  ],
});
const isInside = (_: unknown, { latitudeDeg }: { latitudeDeg: number }): boolean => latitudeDeg < 32;
const chosen = (place: Partial<Place>, specialty: 'chest-pain' | 'stroke' | 'trauma' = 'chest-pain') =>
  catchmentHospital(table, { divisionCode: null, point: null, ...place }, specialty, isInside);

describe('对口片区', () => {
  it.each([
    ['320599000000', 'county-hospital'],
    ['320599101000', 'town-hospital'],
    ['320599101203', 'town-hospital'],
    ['320598101203', null],
    [null, null],
  ])('division %s: %s', (divisionCode, expected) => {
    expect(chosen({ divisionCode })).toBe(expected);
  });

  it('a drawn area goes before a division; outside it the division counts', () => {
    expect(chosen({ divisionCode: '320599101203', point: corner(31.5, 120.5) })).toBe('drawn-hospital');
    expect(chosen({ divisionCode: '320599101203', point: corner(32.5, 120.5) })).toBe('town-hospital');
  });

  it('is by specialty: the wider area answers where the narrower says nothing', () => {
    expect(chosen({ divisionCode: '320599101203' }, 'stroke')).toBe('stroke-hospital');
    expect(chosen({ divisionCode: '320599101203' }, 'trauma')).toBeNull();
  });

  it.each([
    ['a code of seven digits', area('x', { kind: 'division', code: '3205991' }, [])],
    ['an area that is neither', area('x', { kind: 'circle' }, [])],
    ['no source', { ...area('x', { kind: 'division', code: '320599' }, []), source: '' }],
  ])('refuses %s', (_, row) => {
    expect(() => catchmentTableOf({ areas: [row] })).toThrow();
  });
});
