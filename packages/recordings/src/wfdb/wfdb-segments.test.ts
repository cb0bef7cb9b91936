import { describe, expect, test } from 'vitest';
import { recordingLimits } from '../recording-limits.ts';
import { refusalOf, utf8 } from '../refusal.fixture.ts';
import { parseWfdbHeader } from './parse-wfdb-header.ts';
import { encode16 } from './wfdb-file.fixture.ts';
import { readWfdbSegments, type FrameWindow } from './wfdb-segments.ts';

const files = new Map([
  ['s1.hea', utf8('s1 1 125 2\ns1.dat 16 1/mV 16 0 1 3 0 II')],
  ['s1.dat', encode16([1, 2])],
  ['s2.hea', utf8('s2 1 125 3\ns2.dat 16 2/mmHg 16 0 4 15 0 ABP')],
  ['s2.dat', encode16([4, 5, 6])],
]);
const whole = ['r/5 1 125 15', 'layout 0', 's1 2', '~ 5', 's2 3', 'absent 5'];

function read(lines: readonly string[], window: FrameWindow | null, of: ReadonlyMap<string, Uint8Array> = files) {
  const header = parseWfdbHeader(utf8(lines.join('\n')));
  if (header.kind !== 'segments') throw new Error('not a record of segments');
  return readWfdbSegments(header, of, window);
}

describe('a multi-segment record', () => {
  test('is read piece by piece with its gaps, within a window of frames', () => {
    const pieces = read(whole, { fromFrame: 1, toFrame: 10 });
    expect(
      pieces.map(({ fromFrame, frames, record }) => [fromFrame, frames, record?.channels.map((c) => [...c.samples])]),
    ).toEqual([
      [0, 2, [[1, 2]]],
      [2, 5, undefined],
      [7, 3, [[4, 5, 6]]],
    ]);
  });

  test('never takes an absent segment for a gap', () => {
    expect(refusalOf(() => read(whole, null))).toBe('wfdb.file-missing');
  });

  test('whose touched segments hold too much together is refused before a sample is read', () => {
    const each = recordingLimits.samplesTouched / 4;
    const large = (name: string) => utf8(`${name} 2 125 ${each}\n${name}.dat 16\n${name}.dat 16`);
    const three = new Map(['a', 'b', 'c'].map((name) => [`${name}.hea`, large(name)] as const));
    const lines = [`r/3 2 125 ${3 * each}`, `a ${each}`, `b ${each}`, `c ${each}`];
    expect(refusalOf(() => read(lines, null, three))).toBe('recording.too-large');
    expect(refusalOf(() => read(lines, { fromFrame: each - 1, toFrame: 2 * each + 1 }, three))).toBe(
      'recording.too-large',
    );
    // Two of them are within the bound, and their samples are asked for.
    expect(refusalOf(() => read(lines, { fromFrame: 0, toFrame: 2 * each }, three))).toBe('wfdb.file-missing');
  });

  test.each([
    ['the sum of frames', ['r/1 1 125 3', 's1 2']],
    ['the frames of a segment', ['r/1 1 125 1', 's1 1']],
    ['the rate', ['r/1 1 250 2', 's1 2']],
  ])('that contradicts its segments in %s is refused', (_, lines) => {
    expect(refusalOf(() => read(lines, null))).toBe('wfdb.segments-mismatch');
  });
});
