import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../refusal.fixture.ts';
import { decodeLzw } from './lzw.ts';
import { encodeChunk, encodeLzw } from './philips-file.fixture.ts';
import { decodeXli } from './xli.ts';

describe('LZW with ten-bit codes', () => {
  test('gives back what was packed, past a full table too', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.array(fc.constantFrom(0, 1), { maxLength: 4_000 }).map((values) => Uint8Array.from(values)),
    );
    fc.assert(
      fc.property(bytes, (input) => {
        expect(decodeLzw(encodeLzw(input), input.length)).toEqual(input);
      }),
    );
    const long = Uint8Array.from({ length: 20_000 }, (_, at) => (at * at) % 251);
    expect(decodeLzw(encodeLzw(long), long.length)).toEqual(long);
  });

  test('refuses more than was expected, and codes that cannot exist yet', () => {
    expect(refusalOf(() => decodeLzw(encodeLzw(Uint8Array.of(1, 2, 3)), 2))).toBe('ecg.waveform-corrupt');
    // First code 256, before any entry was made.
    expect(refusalOf(() => decodeLzw(Uint8Array.of(0x40, 0x00), 9))).toBe('ecg.waveform-corrupt');
  });

  test('of random bytes stays within its bound or is refused', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (input) => void refusalOf(() => decodeLzw(input, 500))));
  });
});

describe('XLI chunks', () => {
  const small = fc.array(fc.integer({ min: -3_000, max: 3_000 }), { minLength: 1, maxLength: 60 });

  test('give back every lead', () => {
    fc.assert(
      fc.property(small, small, (one, other) => {
        const length = Math.min(one.length, other.length);
        const leads = [one.slice(0, length), other.slice(0, length)];
        const decoded = decodeXli(Buffer.concat(leads.map(encodeChunk)), 2, length);
        expect(decoded.map((lead) => [...lead])).toEqual(leads);
      }),
    );
  });

  test('cut anywhere give a true beginning of each lead, never another value', () => {
    const lead = Array.from({ length: 50 }, (_, at) => (at * 37) % 500);
    const bytes = Buffer.concat([encodeChunk(lead), encodeChunk(lead)]);
    for (let cut = 0; cut < bytes.length; cut += 1)
      for (const found of decodeXli(bytes.subarray(0, cut), 2, 50))
        expect([...found]).toEqual(lead.slice(0, found.length));
  });

  test.each([0, -1])('of size %i are refused', (size) => {
    const chunk = encodeChunk([1, 2, 3]);
    new DataView(chunk.buffer).setInt32(0, size, true);
    expect(refusalOf(() => decodeXli(chunk, 1, 3))).toBe('ecg.waveform-corrupt');
  });

  test('that hold too little although more follows are refused', () => {
    const bytes = Buffer.concat([encodeChunk([1, 2, 3]), encodeChunk([1, 2, 3, 4])]);
    expect(refusalOf(() => decodeXli(bytes, 2, 4))).toBe('ecg.waveform-corrupt');
  });

  test('that leave the range of a sample are refused', () => {
    expect(refusalOf(() => decodeXli(encodeChunk([30_000, -30_000, 5]).fill(0xff, 6, 8), 1, 3))).toBe(
      'ecg.waveform-corrupt',
    );
  });
});
