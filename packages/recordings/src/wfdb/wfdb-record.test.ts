import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GAP } from '../gap.ts';
import { refusalOf, utf8 } from '../refusal.fixture.ts';
import { parseWfdbHeader } from './parse-wfdb-header.ts';
import { encode16, encode212, encode80 } from './wfdb-file.fixture.ts';
import { physicalValue, readWfdbRecord } from './wfdb-record.ts';

function read(lines: readonly string[], files: Record<string, Uint8Array>) {
  const header = parseWfdbHeader(utf8(lines.join('\n')));
  if (header.kind !== 'signals') throw new Error('not a record of signals');
  return readWfdbRecord(header, new Map(Object.entries(files)));
}
const samplesOf = (lines: readonly string[], files: Record<string, Uint8Array>) =>
  read(lines, files).channels.map((channel) => [...channel.samples]);

describe('the signals of a WFDB record', () => {
  test.each([
    [16, encode16, -32_768, 32_767],
    [80, encode80, -128, 127],
    [212, encode212, -2_048, 2_047],
  ] as const)('come back from format %i as written, sentinels as gaps', (format, encode, least, most) => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: least, max: most }), { minLength: 1, maxLength: 61 }), (values) => {
        const [samples] = samplesOf([`a 1 250 ${values.length}`, `a.dat ${format}`], { 'a.dat': encode(values) });
        expect(samples).toEqual(values.map((value) => (value === least ? GAP : value)));
      }),
    );
  });

  test('may lie in several files, several samples a frame, behind an offset', () => {
    const lines = ['a 3 250 2', 'a.dat 16x2+4 1', 'a.dat 16+4 1', 'b.dat 212 1'];
    const files = { 'a.dat': encode16([7, 7, 1, 2, 3, 4, 5, 6]), 'b.dat': encode212([8, 9]) };
    expect(samplesOf(lines, files)).toEqual([
      [1, 2, 4, 5],
      [3, 6],
      [8, 9],
    ]);
  });

  test('are as long as the file where the header does not say', () => {
    expect(samplesOf(['a 2 250', 'a.dat 16', 'a.dat 16'], { 'a.dat': encode16([1, 2, 3, 4, 5]) })).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });

  test('have physical values except in gaps, past the end and without calibration', () => {
    const lines = ['a 2 250 2', 'a.dat 16 200(100)/mmHg', 'a.dat 16 0/mV'];
    const [pressure, raw] = read(lines, { 'a.dat': encode16([300, 1, -32_768, 2]) }).channels;
    if (pressure === undefined || raw === undefined) throw new Error('two channels');
    expect([0, 1, 2].map((at) => physicalValue(pressure, at))).toEqual([1, null, null]);
    expect(physicalValue(raw, 0)).toBeNull();
  });

  test('are empty for a signal without a file', () => {
    expect(samplesOf(['a 1 125 0', '~ 0 1/mV 8 0 -128 0 0 II'], {})).toEqual([[]]);
  });

  test.each([
    ['1', 'a.dat 16 1 16 0 5 11', null],
    ['initial value', 'a.dat 16 1 16 0 4 11', 'wfdb.checksum-mismatch'],
    ['checksum', 'a.dat 16 1 16 0 5 12', 'wfdb.checksum-mismatch'],
    ['format', 'a.dat 311', 'wfdb.format-unsupported'],
    ['file', 'b.dat 16', 'wfdb.file-missing'],
    ['offset', 'a.dat 16+99', 'wfdb.file-truncated'],
  ])('with a wrong %s are refused', (_, line, code) => {
    const result = refusalOf(() => read(['a 1 250 2', line], { 'a.dat': encode16([5, 6]) }));
    if (code === null) expect(result).toHaveProperty('returned');
    else expect(result).toBe(code);
  });

  test('count sentinels in the checksum of format 212 as the file stores them', () => {
    const lines = ['a 1 250 2', 'a.dat 212 1 12 0 -2048 -2047 0 x'];
    expect(samplesOf(lines, { 'a.dat': encode212([-2_048, 1]) })).toEqual([[GAP, 1]]);
  });

  test.each([1, 3])('are refused when the file holds %i frames fewer than stated', (missing) => {
    const lines = [`a 1 250 ${4 + missing}`, 'a.dat 212'];
    expect(refusalOf(() => read(lines, { 'a.dat': encode212([1, 2, 3, 4]) }))).toBe('wfdb.file-truncated');
  });

  test('are never allocated from what a header claims', () => {
    const lines = ['a 1 250 999999999999999', 'a.dat 16x1000'];
    expect(refusalOf(() => read(lines, { 'a.dat': encode16([1]) }))).toBe('wfdb.file-truncated');
  });

  test('of one file share its format', () => {
    const lines = ['a 2 250 1', 'a.dat 16', 'a.dat 212'];
    expect(refusalOf(() => read(lines, { 'a.dat': encode16([1, 2, 3]) }))).toBe('wfdb.header-invalid');
  });
});
