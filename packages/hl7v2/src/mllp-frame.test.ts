import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { framed, MAX_FRAME_BYTES, MllpDeframer, type FrameOutcome } from './mllp-frame.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const text = (content: Uint8Array): string => String.fromCharCode(...content);
const shown = (outcomes: readonly FrameOutcome[]) => outcomes.map(({ kind, content }) => [kind, text(content)]);

function runWhole(chunks: readonly Uint8Array[]) {
  const deframer = new MllpDeframer();
  const outcomes = chunks.flatMap((chunk) => deframer.push(chunk));
  return { outcomes: shown([...outcomes, ...deframer.end()]), skipped: deframer.skippedBytes };
}

describe('MLLP frames', () => {
  it.each([
    ['one message', '\x0babc\x1c\r', [['message', 'abc']], 0],
    [
      'two messages in one piece',
      '\x0ba\x1c\r\x0bb\x1c\r',
      [
        ['message', 'a'],
        ['message', 'b'],
      ],
      0,
    ],
    [
      'no CR after FS',
      '\x0ba\x1c\x0bb\x1c',
      [
        ['message', 'a'],
        ['message', 'b'],
      ],
      0,
    ],
    [
      'garbage before VT is counted',
      'xyz\x0ba\x1c\r\n\x0bb\x1c\r',
      [
        ['message', 'a'],
        ['message', 'b'],
      ],
      4,
    ],
    [
      'a VT before FS',
      '\x0ba\x0bb\x1c\r',
      [
        ['unterminated', 'a'],
        ['message', 'b'],
      ],
      0,
    ],
    ['the stream ends before FS', '\x0babc', [['unterminated', 'abc']], 0],
    ['an empty message', '\x0b\x1c\r', [['message', '']], 0],
    ['an FS outside', '\x1c\r\x0ba\x1c\r', [['message', 'a']], 2],
    ['no frame at all', 'MSH|nothing', [], 11],
  ])('%s', (_name, stream, outcomes, skipped) => {
    expect(runWhole([bytes(stream)])).toEqual({ outcomes, skipped });
  });

  it('takes a message of exactly the limit and gives up one byte later, once, and goes on with the next', () => {
    const full = new Uint8Array(MAX_FRAME_BYTES).fill(65);
    const deframer = new MllpDeframer();
    expect(deframer.push(framed(full))[0]?.content.length).toBe(MAX_FRAME_BYTES);
    const over = deframer.push(framed(new Uint8Array(MAX_FRAME_BYTES + 1).fill(66)));
    expect(over.map(({ kind, content }) => [kind, content.length])).toEqual([['oversize', 4096]]);
    expect(shown(deframer.push(framed(bytes('next'))))).toEqual([['message', 'next']]);
  });

  it('does not keep the buffer it was given', () => {
    const deframer = new MllpDeframer();
    const chunk = bytes('\x0babc');
    deframer.push(chunk);
    chunk.fill(0);
    expect(shown(deframer.push(bytes('\x1c\r')))).toEqual([['message', 'abc']]);
  });

  it('says the same of a stream however it is cut', () => {
    const control = fc.constantFrom(0x0b, 0x1c, 0x0d, 0x0a);
    const stream = fc.array(fc.oneof(control, fc.integer({ min: 0, max: 255 })), { maxLength: 200 });
    fc.assert(
      fc.property(stream, fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 20 }), (content, cuts) => {
        const whole = Uint8Array.from(content);
        const places = [0, ...cuts.filter((cut) => cut <= whole.length).sort((a, b) => a - b), whole.length];
        const pieces = places.slice(1).map((place, index) => whole.slice(places[index], place));
        expect(runWhole(pieces)).toEqual(runWhole([whole]));
      }),
    );
  });
});
