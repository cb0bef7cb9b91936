import { RecordingError } from './recording-error.ts';

/** The code a decoder refuses with, or what it returned. Anything else it throws fails the test. */
export function refusalOf(decode: () => unknown): unknown {
  try {
    return { returned: decode() };
  } catch (error) {
    if (error instanceof RecordingError) return error.code;
    throw error;
  }
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** UTF-16 little-endian with its byte order mark, as Philips writes. */
export function utf16(text: string): Uint8Array {
  const units = Uint16Array.from({ length: text.length + 1 }, (_, at) => (at === 0 ? 0xfeff : text.charCodeAt(at - 1)));
  return new Uint8Array(units.buffer);
}
