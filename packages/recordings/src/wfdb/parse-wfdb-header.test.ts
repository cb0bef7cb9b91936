import { describe, expect, test } from 'vitest';
import { refusalOf, utf8 } from '../refusal.fixture.ts';
import { parseWfdbHeader } from './parse-wfdb-header.ts';

const parse = (...lines: string[]) => parseWfdbHeader(utf8(lines.join('\r\n')));

describe('a WFDB header', () => {
  test('names its signals with format, scale and what is not written as null', () => {
    expect(
      parse(
        'a 2 360 650000 8:26:04 26/10/1994',
        'a.dat 212x4:3+24 200.5(-7)/mV 11 1024 995 -22131 0 MLII x',
        'a.dat 16',
      ),
    ).toEqual({
      kind: 'signals',
      name: 'a',
      signalCount: 2,
      framesPerSecond: 360,
      frames: 650000,
      recordedAtText: '8:26:04 26/10/1994',
      comments: [],
      signals: [
        {
          fileName: 'a.dat',
          format: 212,
          samplesPerFrame: 4,
          skewFrames: 3,
          byteOffset: 24,
          gain: 200.5,
          baseline: -7,
          units: 'mV',
          adcResolutionBits: 11,
          adcZero: 1024,
          initialValue: 995,
          checksum: -22131,
          description: 'MLII x',
        },
        {
          fileName: 'a.dat',
          format: 16,
          samplesPerFrame: 1,
          skewFrames: 0,
          byteOffset: 0,
          gain: null,
          baseline: 0,
          units: null,
          adcResolutionBits: null,
          adcZero: null,
          initialValue: null,
          checksum: null,
          description: '',
        },
      ],
    });
  });

  test('keeps comments verbatim, wherever they stand', () => {
    const header = parse('# before', 'a 0 250', '# Age: 81 ', '', '#Dx: 164865005');
    expect(header.comments).toEqual([' before', ' Age: 81 ', 'Dx: 164865005']);
  });

  test('takes the baseline from the ADC zero where it is not written, and gain 0 for uncalibrated', () => {
    const header = parse('a 2 250', 'a.dat 16 200 11 1024', 'a.dat 16 0/mmHg');
    expect(header.kind === 'signals' && header.signals.map(({ baseline, gain }) => [baseline, gain])).toEqual([
      [1024, 200],
      [0, null],
    ]);
  });

  test('lists segments and gaps of a multi-segment record', () => {
    expect(parse('r/3 4 125 30', 'r_layout 0', '~ 10', 'r_1 20')).toMatchObject({
      kind: 'segments',
      segments: [
        { name: 'r_layout', frames: 0 },
        { name: null, frames: 10 },
        { name: 'r_1', frames: 20 },
      ],
    });
  });

  test('reads a rate with a counter frequency', () => {
    expect(parse('a 0 0.0166666666667/125(3) 1').framesPerSecond).toBeCloseTo(1 / 60, 10);
  });

  test.each([
    ['no record line', ['# only a comment']],
    ['fewer signals than stated', ['a 2 360', 'a.dat 16']],
    ['more lines than stated', ['a 1 360', 'a.dat 16', 'a.dat 16']],
    ['a name that leaves the folder', ['a 1 360', '../a.dat 16']],
    ['a hidden file', ['a 1 360', '.a 16']],
    ['a rate of nothing', ['a 0 0']],
    ['a rate of words', ['a 0 fast']],
    ['a negative rate', ['a 0 -360']],
    ['too many signals', ['a 65 360']],
    ['a format of words', ['a 1 360', 'a.dat x16']],
    ['no sample a frame', ['a 1 360', 'a.dat 16x0']],
    ['too many samples a frame', ['a 1 360', 'a.dat 16x1001']],
    ['a gain of words', ['a 1 360', 'a.dat 16 much/mV']],
    ['a negative gain', ['a 1 360', 'a.dat 16 -200/mV']],
    ['an initial value of words', ['a 1 360', 'a.dat 16 200 11 0 first']],
    ['negative frames', ['a 0 360 -1']],
    ['a segment of words', ['a/1 1 360', 'b many']],
  ])('with %s is refused', (_, lines) => {
    expect(refusalOf(() => parse(...lines))).toBe('wfdb.header-invalid');
  });

  test('of no bytes, of too many, and of no text is refused', () => {
    expect(refusalOf(() => parseWfdbHeader(new Uint8Array()))).toBe('recording.empty');
    expect(refusalOf(() => parseWfdbHeader(new Uint8Array(300_000)))).toBe('recording.too-large');
    expect(refusalOf(() => parseWfdbHeader(Uint8Array.of(0x61, 0xff)))).toBe('wfdb.header-invalid');
  });
});
