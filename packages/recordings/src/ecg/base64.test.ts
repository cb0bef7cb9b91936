import fc from 'fast-check';
import { expect, test } from 'vitest';
import { refusalOf } from '../refusal.fixture.ts';
import { decodeBase64 } from './base64.ts';

test('base64 comes back as the bytes, also broken over lines', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const text = Buffer.from(bytes).toString('base64').replace(/.{7}/g, '$&\r\n ');
      expect(decodeBase64(text)).toEqual(bytes);
    }),
  );
});

test.each(['A', 'AAAAA', 'AA*A', 'AA=A', 'ÄAAA', 'AAA===='])('base64 %j is refused, not repaired', (text) => {
  expect(refusalOf(() => decodeBase64(text))).toBe('ecg.waveform-corrupt');
});
