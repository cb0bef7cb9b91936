import { describe, expect, test } from 'vitest';
import { formatAge, formatCount, formatLongAge, formatOffset, secondsUntil } from './format.ts';

describe('ages and counts', () => {
  test.each([
    [-5_000, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_599_999, '59 min'],
    [2 * 3_600_000 + 18 * 60_000, '2 h 18'],
    [3 * 86_400_000, '3 d'],
  ])('%i ms is %s', (ms, text) => expect(formatAge(ms)).toBe(text));

  test('an age that matters by the second says minutes and seconds below ten minutes', () => {
    expect(formatLongAge(200_000)).toBe('3 min 20 s');
    expect(formatLongAge(600_000)).toBe('10 min');
  });

  test('a count grows rounded down and shrinks rounded up', () => {
    expect(formatCount(51_900, 'up')).toBe('0:51');
    expect(formatCount(8_100, 'down')).toBe('0:09');
    expect(formatCount(61 * 60_000 + 28_000, 'up')).toBe('61:28');
  });

  test('an offset is in seconds below ten minutes', () => {
    expect([formatOffset(360_000), formatOffset(2_040_000)]).toEqual(['360 s', '34 min']);
  });

  test('a due instant that has passed is zero seconds away', () => {
    expect(secondsUntil(10_000, 10_500)).toBe(0);
    expect(secondsUntil(10_000, 9_001)).toBe(1);
  });
});
