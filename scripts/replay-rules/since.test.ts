import { expect, test } from 'vitest';
import { SinceError, sinceMs } from './since.ts';

test.each([
  ['2026-09-01', '2026-08-31T16:00:00.000Z'],
  ['2026-09-01T08:30', '2026-09-01T00:30:00.000Z'],
  ['2026-09-01T08:30:15Z', '2026-09-01T08:30:15.000Z'],
  ['2026-09-01T08:30+09:00', '2026-08-31T23:30:00.000Z'],
])('%s is China’s time unless it says another', (text, instant) => {
  expect(new Date(sinceMs(text)).toISOString()).toBe(instant);
});

test.each(['', 'yesterday', '2026-02-31', '2026-13-01', '2026-09-01 08:30', '2026-09-01T25:00'])(
  '"%s" is refused',
  (text) => {
    expect(() => sinceMs(text)).toThrow(SinceError);
  },
);
