import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sentence } from './nmea.fixture.ts';
import { MAX_SENTENCE_CHARS, NmeaFramer, type NmeaFraming } from './nmea-sentence.ts';

const none: NmeaFraming = { accepted: 0, badChecksum: 0, withoutChecksum: 0, tooLong: 0, garbled: 0 };
const rmc = '$GPRMC,194907.00,A,5241.99815,N,00517.56525,E,0.005,,010809,,,A*7B\r\n';

function frame(text: string) {
  const framer = new NmeaFramer();
  const sentences = framer.push(Buffer.from(text, 'latin1'));
  return { sentences, counts: framer.counts };
}

test('a sentence is its address and its fields', () => {
  expect(frame(rmc).sentences).toEqual([
    {
      address: 'GPRMC',
      fields: ['194907.00', 'A', '5241.99815', 'N', '00517.56525', 'E', '0.005', '', '010809', '', '', 'A'],
    },
  ]);
});

test.each<[string, string, Partial<NmeaFraming>]>([
  ['a right checksum', rmc, { accepted: 1 }],
  ['one in small letters', '$GPRMC,205150.00,V,,,,,,,,,,,V*4a\n', { accepted: 1 }],
  ['no line end at all', rmc.trimEnd(), { accepted: 1 }],
  ['one bit turned over', rmc.replace('5241', '5240'), { badChecksum: 1 }],
  ['no checksum', '$GPRMC,194907.00,A,5241.99815,N\r\n', { withoutChecksum: 1 }],
  ['half a checksum', '$GPRMC,194907.00*7\r\n', { withoutChecksum: 1 }],
  ['no hexadecimal checksum', '$GPRMC,194907.00*ZZ\r\n', { withoutChecksum: 1 }],
  ['a sentence begun within another', `$GPRMC,1949${rmc}`, { garbled: 1, accepted: 1 }],
  ['binary within a sentence', `$GPRMC,19\u0001\u00ff${rmc}`, { garbled: 1, accepted: 1 }],
  ['binary and a comment between sentences', `\u00b5b\u0001# 2021\r\n${rmc}\u0000\u00ff`, { accepted: 1 }],
  ['AIS', '!AIVDM,1,1,,B,13njCt031t0DA=lN2:jKmad60l1p,0*12\r\n', {}],
  ['as long as allowed', sentence('G'.repeat(MAX_SENTENCE_CHARS)), { accepted: 1 }],
  ['one more', sentence('G'.repeat(MAX_SENTENCE_CHARS + 1)), { tooLong: 1 }],
  ['a line that never ends', `$${'G'.repeat(100_000)}`, { tooLong: 1 }],
])('%s', (_, text, counts) => {
  expect(frame(text).counts).toEqual({ ...none, ...counts });
});

describe('any bytes', () => {
  const noise = fc.uint8Array({ maxLength: 40 });
  const good = fc.stringMatching(/^G[PNLAB](RMC|GGA),[0-9A-Z.,]{0,60}$/).map((body) => Buffer.from(sentence(body)));

  test('cut anywhere, the sentences are the same', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(noise, good)), fc.integer({ min: 1, max: 20 }), (parts, chunkBytes) => {
        const bytes = Buffer.concat(parts);
        const whole = new NmeaFramer();
        const pieces = new NmeaFramer();
        const sentences = [];
        for (let from = 0; from < bytes.length; from += chunkBytes)
          sentences.push(...pieces.push(bytes.subarray(from, from + chunkBytes)));
        expect(sentences).toEqual(whole.push(bytes));
        expect(pieces.counts).toEqual(whole.counts);
      }),
    );
  });

  test('every good sentence after noise is heard', () => {
    fc.assert(
      fc.property(noise, good, (before, bytes) => {
        const framer = new NmeaFramer();
        framer.push(before);
        expect(framer.push(bytes)).toHaveLength(1);
      }),
    );
  });
});
