import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { characterSetOf } from './character-set.ts';
import { escaped, standardDelimiters, unescaped } from './delimiters.ts';
import { componentsOf, readMessage, repetitionsOf, type Message } from './message.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const header = 'MSH|^~\\&|A|B|C|D|20260101120000||ORU^R01|7|P|2.6||||||';

function read(content: string | Uint8Array): Message {
  const reading = readMessage(typeof content === 'string' ? utf8(content) : content);
  if (!reading.ok) throw new Error(reading.code);
  return reading.message;
}
const refusal = (content: string): string => {
  const reading = readMessage(utf8(content));
  return reading.ok ? 'read' : reading.code;
};
const names = (message: Message) => message.segments.map(({ name, isSuspect }) => (isSuspect ? `${name}?` : name));

describe('reading a message', () => {
  it.each(['\r', '\n', '\r\n'])('cuts segments at %j', (end) => {
    expect(names(read([header, 'PID|1', 'OBX|1', ''].join(end)))).toEqual(['MSH', 'PID', 'OBX']);
  });

  it('holds an LF inside a message that has CR for doubtful, and what stands at both sides of it', () => {
    expect(names(read(`${header}\rNTE|1||text\nOBX|9|NM\rPID|1\r\n`))).toEqual(['MSH', 'NTE?', 'OBX?', 'PID']);
  });

  it('counts a line that is no segment, and doubts the segment before it', () => {
    const message = read(`${header}\nOBX|1|NM|x||1\n2|bpm\nPID|1`);
    expect(names(message)).toEqual(['MSH', 'OBX?', 'PID']);
    expect(message.strayLines).toBe(1);
  });

  it('takes its delimiters from MSH', () => {
    const message = read('MSH^~|\\&^A^B^C^D^20120918^^ADT~A24^200^T^2.4\r\rPID^1^^1~~~F&&3|2~x\r');
    expect(message.header).toMatchObject({ type: 'ADT', event: 'A24', controlId: '200', processingId: 'T' });
    expect(repetitionsOf(message, message.segments[1]!, 3)).toEqual([
      ['1', '', '', 'F&&3'],
      ['2', 'x'],
    ]);
  });

  it('resolves escapes after it has cut', () => {
    const message = read(`${header}\rOBX|1|ST|a\\S\\b^c\\F\\d^\\T\\\\R\\\\E\\^\\X4142\\^\\.br\\^\\Z9\\^\\open`);
    expect(componentsOf(message, message.segments[1]!, 3)).toEqual([
      'a^b',
      'c|d',
      '&~\\',
      'AB',
      '',
      '\\Z9\\',
      '\\open',
    ]);
  });

  it('knows no escape by a name that every object has', () => {
    const written = '\\constructor\\ \\toString\\ \\__proto__\\';
    expect(unescaped(written, standardDelimiters, 'utf-8')).toBe(written);
  });

  it.each([
    ['41E9', 'latin1', 'A\u00e9'],
    ['E5BCA0', 'utf-8', '\u5f20'],
    ['D5C5', 'gb18030', '\u5f20'],
    ['E9', 'utf-8', '\\XE9\\'],
    ['E9', 'ascii', '\\XE9\\'],
    ['4', 'ascii', '\\X4\\'],
  ] as const)('reads the bytes \\X%s\\ as %s, or leaves them as written', (digits, set, text) => {
    expect(unescaped(`\\X${digits}\\`, standardDelimiters, set)).toBe(text);
  });

  it('reads the bytes of an escape in the character set of its message', () => {
    const message = read(`${header}UNICODE UTF-8\rPID|1||||\\XE5BCA0\\^x`);
    expect(componentsOf(message, message.segments[1]!, 5)).toEqual(['\u5f20', 'x']);
  });

  it.each([
    ['41', 'A'],
    ['C3A9', '\u00e9'],
  ])('reads a mebibyte of \\X%s..\\', (digits, letter) => {
    const count = 1_048_576 / digits.length;
    expect(unescaped(`\\X${digits.repeat(count)}\\`, standardDelimiters, 'utf-8')).toBe(letter.repeat(count));
  });

  it.each([
    ['', 'message.no-header'],
    ['PID|1', 'message.no-header'],
    ['BHS|^~\\&|x\rMSH|^~\\&', 'message.batch'],
    ['FHS|^~\\&|x', 'message.batch'],
    ['MSH|', 'message.delimiters'],
    ['MSH|^~\\\\&|A|B|C|D|2012||ADT^A01|102|T|2.6', 'message.delimiters'],
    ['MSH|^~\\&|A|B|C|D|2012||ADT^A01||T|2.6', 'message.control-id'],
    ['MSH|^~\\&|A|B|C|D|2012|||102|T|2.6', 'message.type'],
    [`${header}\r${header}`, 'message.several'],
    [`${header}UNICODE UTF-16`, 'message.character-set'],
    [`${header}\rPID|1||1\rOBX|1\rPID|2||2\rOBX|1`, 'message.several-patients'],
    [`${header}\rPID|1||1\rOBX|1|ST|x||a\nPID|2||2\rOBX|1`, 'message.several-patients'],
    [`${header.replace('ORU^R01', 'ADT^A01')}\rPID|1||1\rPID|2||2`, 'read'],
  ])('refuses %j: %s', (content, code) => {
    expect(refusal(content)).toBe(code);
  });

  it.each([
    ['', 'ascii'],
    ['ASCII', 'ascii'],
    ['UNICODE UTF-8', 'utf-8'],
    ['utf8', 'utf-8'],
    ['8859/1', 'latin1'],
    ['8859/15', 'iso-8859-15'],
    ['GB 18030-2000', 'gb18030'],
    ['GBK', 'gb18030'],
    ['8859/16', null],
    ['ISO IR87', null],
    ['UNICODE', null],
  ])('character set %j is %s', (declared, set) => {
    expect(characterSetOf(declared)).toBe(set);
  });

  const patient = (set: string, name: readonly number[]): string[] => {
    const bytes = [...utf8(`${header}${set}\rPID|1||||`), ...name, ...utf8('^x\r')];
    const message = read(Uint8Array.from(bytes));
    return [...componentsOf(message, message.segments[1]!, 5), message.hasReplacedCharacters ? 'replaced' : 'whole'];
  };

  it('decodes what MSH-18 declares, also where a byte of a character is a delimiter', () => {
    expect(patient('UNICODE UTF-8', [0xe5, 0xbc, 0xa0])).toEqual(['张', 'x', 'whole']);
    expect(patient('8859/1', [0xe9])).toEqual(['é', 'x', 'whole']);
    expect(patient('GB 18030-2000', [0xd5, 0xc5])).toEqual(['张', 'x', 'whole']);
    // The second byte of 81 7C, one character of GB 18030, is the field separator.
    expect(patient('GB 18030-2000', [0x81, 0x7c])).toEqual(['\u4e85', 'x', 'whole']);
    expect(patient('', [0xe9])).toEqual(['\ufffd', 'x', 'replaced']);
  });

  it('finds a GB 18030 declaration behind a facility name that holds the byte of a separator', () => {
    const bytes = [
      ...utf8('MSH|^~\\&|'),
      0x81,
      0x7c,
      ...utf8('|B|C|D|2026||ORU^R01|7|P|2.6||||||GB 18030-2000\rPID|1'),
    ];
    const message = read(Uint8Array.from(bytes));
    expect(message.characterSet).toBe('gb18030');
    expect(message.header).toMatchObject({ controlId: '7', sendingApplication: null, sendingFacility: 'B' });
  });

  it('gives any text back that it escaped', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(unescaped(escaped(text, standardDelimiters), standardDelimiters, 'utf-8')).toBe(text);
      }),
    );
  });

  it('never throws, whatever the bytes', () => {
    const piece = fc.constantFrom('MSH', '|', '^~\\&', 'ORU^R01', '\r', '\n', 'OBX|1|NM|', '8859/1', '\\X', 'BHS');
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), fc.uint8Array(), (pieces, tail) => {
        readMessage(tail);
        expect(readMessage(Uint8Array.from([...utf8(`MSH|^~\\&${pieces.join('')}`), ...tail]))).toHaveProperty('ok');
      }),
    );
  });
});
