import { characterSetOf, decodeLatin1, decodeText, type CharacterSet } from './character-set.ts';
import { delimitersOf, unescaped, type Delimiters } from './delimiters.ts';

export interface Segment {
  readonly name: string;
  /** As written; fields[n] is field n, for MSH as well (MSH-1 is the separator itself). */
  readonly fields: readonly string[];
  /** A line beside it could not be read as a segment, so its own end may be wrong: nothing of it is to be taken. */
  readonly isSuspect: boolean;
}

/** MSH as far as an answer needs it; texts as written, null where empty or not printable ASCII. */
export interface MessageHeader {
  readonly delimiters: Delimiters | null;
  readonly sendingApplication: string | null;
  readonly sendingFacility: string | null;
  readonly receivingApplication: string | null;
  readonly receivingFacility: string | null;
  readonly sentAt: string | null;
  readonly type: string | null;
  readonly event: string | null;
  readonly controlId: string | null;
  readonly processingId: string | null;
  readonly version: string | null;
}

export interface Message {
  readonly header: MessageHeader & {
    readonly delimiters: Delimiters;
    readonly controlId: string;
    readonly type: string;
  };
  readonly characterSet: CharacterSet;
  readonly segments: readonly Segment[];
  readonly strayLines: number;
  readonly hasReplacedCharacters: boolean;
}

export type RefusalCode =
  | 'message.no-header'
  | 'message.batch'
  | 'message.delimiters'
  | 'message.several'
  | 'message.several-patients'
  | 'message.control-id'
  | 'message.type'
  | 'message.character-set';

export type MessageReading =
  | { readonly ok: true; readonly message: Message }
  | { readonly ok: false; readonly code: RefusalCode; readonly header: MessageHeader | null };

interface Line {
  readonly text: string;
  readonly isSuspect: boolean;
}

const isBlank = (text: string): boolean => text.trim() === '';

/**
 * CR ends a segment; LF or CRLF do where the sender wrote them throughout. An LF alone inside a message that has CR may
 * be an end or a part of a text: it is cut there, and both sides are suspect.
 */
function linesOf(text: string): Line[] {
  if (!text.includes('\r')) return text.split('\n').map((line) => ({ text: line, isSuspect: false }));
  return text
    .replaceAll(/\r\n|\n\r/g, '\r')
    .split('\r')
    .flatMap((line) => {
      const pieces = line.split('\n').filter((piece) => !isBlank(piece));
      return pieces.map((piece) => ({ text: piece, isSuspect: pieces.length > 1 }));
    });
}

const printable = (text: string | undefined): string | null => {
  const trimmed = (text ?? '').trim();
  return /^[\x20-\x7e]{1,199}$/.test(trimmed) ? trimmed : null;
};

/** A control id is echoed as written, blanks and all. */
const controlIdOf = (text: string | undefined): string | null => (printable(text) === null ? null : (text ?? null));

function headerFields(line: string): string[] {
  const separator = line[3] ?? '';
  const [name = '', ...rest] = separator === '' ? [line] : line.split(separator);
  return [name, separator, ...rest];
}

function headerOf(line: string): MessageHeader {
  const fields = headerFields(line);
  const delimiters = delimitersOf(line);
  const [type, event] = (fields[9] ?? '').split(delimiters?.component ?? '^');
  return {
    delimiters,
    sendingApplication: printable(fields[3]),
    sendingFacility: printable(fields[4]),
    receivingApplication: printable(fields[5]),
    receivingFacility: printable(fields[6]),
    sentAt: printable(fields[7]),
    type: printable(type),
    event: printable(event),
    controlId: controlIdOf(fields[10]),
    processingId: printable(fields[11]?.split(delimiters?.component ?? '^')[0]),
    version: printable(fields[12]?.split(delimiters?.component ?? '^')[0]),
  };
}

const trimmedStart = (text: string): string => text.replace(/^(?:\u00ef\u00bb\u00bf|\ufeff)?\s*/, '');
const firstLine = (text: string): string => trimmedStart(text).split(/[\r\n]/, 1)[0] ?? '';
const declaredSet = (line: string): string => {
  const component = delimitersOf(line)?.component ?? '^';
  const field = headerFields(line)[18] ?? '';
  return field.split(delimitersOf(line)?.repetition ?? '~')[0]?.split(component)[0] ?? '';
};

/** A GB 18030 name before MSH-18 may hold the byte of a delimiter: a set counts when it is declared as read by itself. */
function declaredCharacterSet(bytes: Uint8Array): CharacterSet | null {
  const plain = characterSetOf(declaredSet(firstLine(decodeLatin1(bytes))));
  if (plain === 'gb18030' || plain === 'utf-8') return plain;
  const chinese = decodeText(bytes, 'gb18030');
  return chinese !== null && characterSetOf(declaredSet(firstLine(chinese))) === 'gb18030' ? 'gb18030' : plain;
}

function segmentsOf(text: string, delimiters: Delimiters): { segments: Segment[]; strayLines: number } {
  const segments: Segment[] = [];
  let strayLines = 0;
  for (const line of linesOf(text)) {
    if (isBlank(line.text)) continue;
    const name = line.text.slice(0, 3);
    const isSegment =
      /^[A-Z][A-Z0-9]{2}$/.test(name) && (line.text.trim().length === 3 || line.text[3] === delimiters.field);
    if (isSegment) {
      const fields = name === 'MSH' ? headerFields(line.text) : line.text.split(delimiters.field);
      segments.push({ name, fields, isSuspect: line.isSuspect });
      continue;
    }
    strayLines += 1;
    const before = segments.pop();
    if (before) segments.push({ ...before, isSuspect: true });
  }
  return { segments, strayLines };
}

/** One frame's content. Nothing in it is taken on trust; what cannot be read is refused with the code to answer. */
export function readMessage(bytes: Uint8Array): MessageReading {
  const plainLine = firstLine(decodeLatin1(bytes));
  if (/^[FB]HS\W/.test(plainLine)) return { ok: false, code: 'message.batch', header: null };
  if (!/^MSH\W/.test(plainLine)) return { ok: false, code: 'message.no-header', header: null };
  const characterSet = declaredCharacterSet(bytes);
  const decoded = characterSet === null ? null : decodeText(bytes, characterSet);
  if (characterSet === null || decoded === null)
    return { ok: false, code: 'message.character-set', header: headerOf(plainLine) };
  const text = trimmedStart(decoded);
  const header = headerOf(firstLine(text));
  const { delimiters, controlId, type } = header;
  if (delimiters === null) return { ok: false, code: 'message.delimiters', header };
  if (controlId === null) return { ok: false, code: 'message.control-id', header };
  if (type === null) return { ok: false, code: 'message.type', header };
  const { segments, strayLines } = segmentsOf(text, delimiters);
  if (segments.filter(({ name }) => name === 'MSH').length > 1) return { ok: false, code: 'message.several', header };
  // HL7 lets an ORU hold the results of several patients; whose an OBX is must never depend on how it is read.
  if (type === 'ORU' && segments.filter(({ name }) => name === 'PID').length > 1)
    return { ok: false, code: 'message.several-patients', header };
  const message: Message = {
    header: { ...header, delimiters, controlId, type },
    characterSet,
    segments,
    strayLines,
    hasReplacedCharacters: decoded.includes('\ufffd'),
  };
  return { ok: true, message };
}

export const fieldOf = (segment: Segment, position: number): string => (segment.fields[position] ?? '').trim();

/** Repetitions of a field, each cut into components, escapes resolved and blanks trimmed. An empty field has none. */
export function repetitionsOf(message: Message, segment: Segment, position: number): string[][] {
  const { delimiters } = message.header;
  const field = fieldOf(segment, position);
  if (field === '') return [];
  const repetitions = delimiters.repetition === null ? [field] : field.split(delimiters.repetition);
  return repetitions.map((repetition) =>
    repetition
      .split(delimiters.component)
      .map((component) => unescaped(component, delimiters, message.characterSet).trim()),
  );
}

export const componentsOf = (message: Message, segment: Segment, position: number): string[] =>
  repetitionsOf(message, segment, position)[0] ?? [];
