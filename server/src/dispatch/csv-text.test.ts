import { describe, expect, test } from 'vitest';
import { readCsv } from './csv-text.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
// 任务编号,地址\nJ-1,幸福路 in GB18030.
const gb = Buffer.from('c8cecef1b1e0bac52cb5d8d6b70a4a2d312cd0d2b8a3c2b7', 'hex');
const row = { line: 2, cells: { jobNumber: 'J-1', address: '幸福路' } };

describe('a CSV file', () => {
  test.each([
    ['UTF-8', bytes('任务编号,地址\nJ-1,幸福路')],
    ['UTF-8 with its mark and Windows lines', bytes('\uFEFF任务编号,地址\r\nJ-1,幸福路\r\n')],
    ['GB18030', gb],
    ['tabs', bytes('任务编号\t地址\nJ-1\t幸福路\n')],
    ['semicolons', bytes('任务编号;地址\nJ-1;幸福路\n')],
    ['a column of the centre’s own', bytes('任务编号,处理人,地址\nJ-1,王,幸福路\n')],
  ])('in %s is read', (_what, file) => expect(readCsv(file)).toEqual({ kind: 'rows', rows: [row] }));

  test('keeps line breaks and delimiters inside quotes, and counts lines as an editor does', () => {
    const read = readCsv(bytes('job_number,address\nJ-1,"3楼\n左,转"\nJ-2,x\nJ-3\n'));
    expect(read).toEqual({
      kind: 'rows',
      rows: [
        { line: 3, cells: { jobNumber: 'J-1', address: '3楼\n左,转' } },
        { line: 4, cells: { jobNumber: 'J-2', address: 'x' } },
        { line: 5, cells: null },
      ],
    });
  });

  test('gives a row that is longer or shorter than the header without its cells, and the others with theirs', () => {
    const read = readCsv(bytes('job_number,address,note\nJ-1,幸福路\nJ-2,幸福路,3楼,左\nJ-3,x,\n'));
    expect(read).toEqual({
      kind: 'rows',
      rows: [
        { line: 2, cells: null },
        { line: 3, cells: null },
        { line: 4, cells: { jobNumber: 'J-3', address: 'x', note: '' } },
      ],
    });
  });

  test.each([
    ['csv.not-text', new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0xff, 0xff])],
    ['csv.not-text', bytes('job_number\nJ\u0000')],
    ['csv.empty', bytes('\n\n')],
    ['csv.not-csv', bytes('job_number\n"J-1')],
    ['columns.no-job-number', bytes('address\nx')],
    ['columns.twice', bytes('job_number,任务编号\n1,2')],
  ])('is refused with %s', (code, file) => expect(readCsv(file)).toEqual({ kind: 'refused', code }));
});
