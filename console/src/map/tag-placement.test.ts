import { describe, expect, test } from 'vitest';
import { placeTags, textWidth } from './tag-placement.ts';

const FRAME = { left: 0, top: 0, width: 1_000, height: 1_000 };
const pin = (key: string, x: number, y: number) => ({ key, x, y, text: '急救07 11 min' });

describe('tags of pins', () => {
  test('alone, a tag stands on the right', () => {
    expect(placeTags([pin('a', 400, 100)], [], FRAME, {})).toEqual({ a: 'right' });
  });

  test('a tag gives way to a neighbour', () => {
    expect(placeTags([pin('a', 400, 100), pin('b', 480, 100)], [], FRAME, {})['a']).toBe('left');
  });

  test('a tag gives way to a hospital name', () => {
    expect(placeTags([pin('a', 400, 100)], [{ left: 420, top: 80, width: 120, height: 50 }], FRAME, {})['a']).toBe(
      'left',
    );
  });

  test('a tag stays inside the map', () => {
    expect(placeTags([pin('a', 960, 500)], [], FRAME, {})).toEqual({ a: 'left' });
  });

  test('a tag stays where it was when little is won', () => {
    expect(placeTags([pin('a', 400, 100)], [], FRAME, { a: 'below' })).toEqual({ a: 'below' });
  });
});

test('a Chinese character is twice as wide as a figure, nearly', () => {
  expect(textWidth('急救')).toBe(24);
  expect(textWidth('07')).toBeCloseTo(14.4);
});
