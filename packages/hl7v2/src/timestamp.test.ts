import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTimestamp, timestampText } from './timestamp.ts';

const shown = (text: string, zone: number | null = null): string => {
  const reading = readTimestamp(text, zone);
  return reading.kind === 'instant' ? new Date(reading.instantMs).toISOString() : reading.kind;
};

describe('HL7 timestamps', () => {
  it.each([
    ['20210425230332.872-0400', '2021-04-26T03:03:32.872Z'],
    ['20260726231332.1106+0800', '2026-07-26T15:13:32.110Z'],
    ['20260726231332.9+0530', '2026-07-26T17:43:32.900Z'],
    ['202607262313+0000', '2026-07-26T23:13:00.000Z'],
    ['20260726231332', 'no-zone'],
    ['2026072623+0800', 'imprecise'],
    ['20260726', 'imprecise'],
    ['2026', 'imprecise'],
    ['', 'absent'],
    ['""', 'absent'],
    ['00000000000000', 'unreadable'],
    ['20260230120000+0000', 'unreadable'],
    ['20260726240000+0000', 'unreadable'],
    ['20260726236000+0000', 'unreadable'],
    ['20260726235960+0000', 'unreadable'],
    ['20260726235959+1500', 'unreadable'],
    ['19691231235959+0000', 'unreadable'],
    ['21010101000000+0000', 'unreadable'],
    ['202607262313.5+0000', 'unreadable'],
    ['2026-07-26T23:13:32Z', 'unreadable'],
    ['20260726231332 +0800', 'unreadable'],
  ])('%j is %s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it('takes the zone of the monitor only where the text has none', () => {
    expect(shown('20260726231332', 480)).toBe('2026-07-26T15:13:32.000Z');
    expect(shown('20260726231332+0000', 480)).toBe('2026-07-26T23:13:32.000Z');
  });

  it('reads what it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_799_999 }), (instantMs) => {
        expect(readTimestamp(timestampText(instantMs), null)).toEqual({ kind: 'instant', instantMs });
      }),
    );
  });
});
