import { refuse } from '../recording-error.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUE_OF = new Int8Array(128).fill(-1);
for (let value = 0; value < ALPHABET.length; value += 1) VALUE_OF[ALPHABET.charCodeAt(value)] = value;

/**
 * Bytes of a base64 text (RFC 4648), line breaks and blanks between the letters allowed. Any other letter, padding
 * inside, or a lone last letter is `ecg.waveform-corrupt`: a lenient decoder would shift every sample behind it.
 */
export function decodeBase64(text: string): Uint8Array {
  const letters = text.replace(/\s+/g, '').replace(/={1,2}$/, '');
  if (letters.length % 4 === 1) return refuse('ecg.waveform-corrupt');
  const bytes = new Uint8Array(Math.floor((letters.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let write = 0;
  for (let at = 0; at < letters.length; at += 1) {
    const value = VALUE_OF[letters.charCodeAt(at)] ?? -1;
    if (value < 0) return refuse('ecg.waveform-corrupt');
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[write] = (bits >> held) & 0xff;
    write += 1;
  }
  return bytes;
}
