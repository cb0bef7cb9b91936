import { decodeLatin1, decodeText, type CharacterSet } from './character-set.ts';

/** The characters a message is cut with, as its MSH-1 and MSH-2 say; null: the message has none of that kind. */
export interface Delimiters {
  readonly field: string;
  readonly component: string;
  readonly repetition: string | null;
  readonly escape: string | null;
  readonly subcomponent: string | null;
}

export const standardDelimiters: Delimiters = {
  field: '|',
  component: '^',
  repetition: '~',
  escape: '\\',
  subcomponent: '&',
};

/** MSH-2 as written with these delimiters. */
export const encodingCharacters = (of: Delimiters): string =>
  of.component + (of.repetition ?? '') + (of.escape ?? '') + (of.subcomponent ?? '');

/** Null: no field separator, or two delimiters are the same character, or one is a letter, digit or blank. */
export function delimitersOf(headerLine: string): Delimiters | null {
  const field = headerLine[3] ?? '';
  const encoding = headerLine.slice(4).split(field)[0] ?? '';
  // The fifth character is the truncation mark of v2.7, which nothing here needs.
  if (encoding.length < 1 || encoding.length > 5) return null;
  const all = [field, ...encoding];
  if (new Set(all).size !== all.length || all.some((mark) => !/[!-/:-@[-`{-~]/.test(mark))) return null;
  const [component = '', repetition = null, escape = null, subcomponent = null] = encoding;
  return { field, component, repetition, escape, subcomponent };
}

/** Null: no hexadecimal, or bytes that are no text of the set. */
function hexText(digits: string, set: CharacterSet): string | null {
  if (digits.length % 2 !== 0 || !/^[0-9a-fA-F]+$/.test(digits)) return null;
  const bytes = Uint8Array.from({ length: digits.length / 2 }, (_, at) =>
    Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16),
  );
  if (bytes.every((byte) => byte < 0x80)) return decodeLatin1(bytes);
  const decoded = decodeText(bytes, set);
  return decoded === null || decoded.includes('\ufffd') ? null : decoded;
}

/**
 * HL7 v2.5.1 section 2.7: \F\ \S\ \T\ \R\ \E\ \Xhh..\, \.br\ as a line break, \H\ and \N\ (highlighting) as nothing.
 * The bytes of \X..\ are of the message's character set. A sequence of another kind, one that is not closed, or bytes that
 * the set does not have, stay as they were written.
 */
export function unescaped(text: string, delimiters: Delimiters, set: CharacterSet): string {
  const mark = delimiters.escape;
  if (mark === null || !text.includes(mark)) return text;
  const plain = new Map([
    ['F', delimiters.field],
    ['S', delimiters.component],
    ['T', delimiters.subcomponent ?? '&'],
    ['R', delimiters.repetition ?? '~'],
    ['E', mark],
    ['H', ''],
    ['N', ''],
    ['.br', '\n'],
  ]);
  const pieces = text.split(mark);
  let result = pieces[0] ?? '';
  for (let index = 1; index < pieces.length; index += 1) {
    const piece = pieces[index] ?? '';
    const isClosed = index + 1 < pieces.length;
    const meaning = isClosed
      ? (plain.get(piece) ?? (piece.startsWith('X') ? hexText(piece.slice(1), set) : null))
      : null;
    if (meaning === null) {
      result += mark + piece;
      continue;
    }
    index += 1;
    result += meaning + (pieces[index] ?? '');
  }
  return result;
}

/** Text made safe to stand in a field. */
export function escaped(text: string, delimiters: Delimiters): string {
  const mark = delimiters.escape;
  const letters = new Map<string | null, string>([
    [delimiters.field, 'F'],
    [delimiters.component, 'S'],
    [delimiters.subcomponent, 'T'],
    [delimiters.repetition, 'R'],
    [mark, 'E'],
  ]);
  let result = '';
  for (const character of text) {
    const letter = letters.get(character);
    if (letter === undefined) result += character;
    else if (mark !== null) result += mark + letter + mark;
  }
  return result;
}
