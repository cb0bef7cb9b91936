import { describe, expect, test } from 'vitest';
import { readInstant } from './instant-text.ts';
import { columnsCode, fieldOfColumn } from './job-columns.ts';
import { readJobRow } from './job-row.ts';

const NOW_MS = Date.UTC(2026, 0, 1, 1);
const row = (cells: Parameters<typeof readJobRow>[0]) => readJobRow({ jobNumber: 'J-1', ...cells }, NOW_MS);

describe('a time', () => {
  test.each([
    ['2026-01-01 08:00:00', Date.UTC(2026, 0, 1)],
    ['2026/1/1 8:00', Date.UTC(2026, 0, 1)],
    ['2026-01-01T00:00:00Z', Date.UTC(2026, 0, 1)],
    ['2026-01-01 00:00:00+00', Date.UTC(2026, 0, 1)],
    ['2026-01-01 05:30:00.250+05:30', Date.UTC(2026, 0, 1) + 250],
    ['2025-12-31T19:00:00-0500', Date.UTC(2026, 0, 1)],
    ['1767225600000', Date.UTC(2026, 0, 1)],
    ['1767225600', Date.UTC(2026, 0, 1)],
    ['2024-02-29 08:00:00', Date.UTC(2024, 1, 29)],
  ])('%s is read; without a zone it is China’s', (text, atMs) => expect(readInstant(text)).toBe(atMs));

  test.each([
    '2026-02-29 08:00:00',
    '2026-13-01 08:00',
    '2026-01-01 24:00',
    '2026-01-01',
    '08:00',
    '刚才',
    '176722560',
  ])('%s is none', (text) => expect(readInstant(text)).toBeNull());
});

describe('a column', () => {
  test.each([
    ['job_number', 'jobNumber'],
    ['JobNumber', 'jobNumber'],
    ['任务编号', 'jobNumber'],
    [' 联系电话 ', 'callerPhone'],
    ['受理时间', 'answerAt'],
    ['LATITUDE_DEG', 'latitudeDeg'],
  ])('%s is %s', (name, field) => expect(fieldOfColumn(name)).toBe(field));

  test('of the centre’s own is not read; two of one field, or none for the number, are refused', () => {
    expect(fieldOfColumn('内部备注2')).toBeNull();
    expect(columnsCode(['jobNumber', null, 'plate'])).toBeNull();
    expect(columnsCode(['jobNumber', 'plate', 'plate'])).toBe('columns.twice');
    expect(columnsCode(['plate'])).toBe('columns.no-job-number');
  });
});

describe('a row', () => {
  test('in Chinese is a job', () => {
    const { job, problems } = row({
      plate: '苏E12345',
      callSign: '3号',
      callAt: '2026-01-01 08:00:00',
      sex: '女',
      ageYears: '71岁',
      complaint: '胸痛',
      complaintCodes: 'chest-pain、Sweating',
      latitudeDeg: '31.2',
      longitudeDeg: '121.4',
      datum: 'gcj02',
      isWithdrawn: '否',
      callerPhone: ' 139 ',
    });
    expect(problems).toEqual([]);
    expect(job).toMatchObject({
      vehicle: { plate: '苏E12345', callSign: null },
      times: { callAtMs: Date.UTC(2026, 0, 1), departAtMs: null },
      sex: 'female',
      ageYears: 71,
      complaintCodes: ['chest-pain', 'sweating'],
      location: { datum: 'GCJ-02' },
      isWithdrawn: false,
      callerPhone: '139',
      patientName: null,
    });
  });

  test.each([
    [{ sex: '？' }, 'job-row.sex'],
    [{ ageYears: '中年' }, 'job-row.ageYears'],
    [{ ageYears: '131' }, 'job-row.ageYears'],
    [{ callAt: '早上' }, 'job-row.callAt'],
    [{ address: 'x'.repeat(401) }, 'job-row.address'],
    [{ latitudeDeg: '31', longitudeDeg: '121' }, 'job-row.location-incomplete'],
    [{ latitudeDeg: '91', longitudeDeg: '121', datum: 'WGS-84' }, 'job-row.latitudeDeg'],
    [{ datum: '地方坐标' }, 'job-row.datum'],
    [{ isWithdrawn: '也许' }, 'job-row.isWithdrawn'],
    [{ complaintCodes: '胸痛' }, 'job-row.complaintCodes'],
    [{ callAt: '1970-01-01 08:00:05' }, 'job-row.callAt'],
    [{ answerAt: '2025-12-02 08:59:59' }, 'job-row.answerAt'],
    [{ dispatchAt: '2026-01-02 09:00:01' }, 'job-row.dispatchAt'],
    [{ departAt: '2062-01-01 08:00:00' }, 'job-row.departAt'],
  ])('with %j is taken without it, and says so', (cells, code) => {
    const { job, problems } = row(cells);
    expect(job?.jobNumber).toBe('J-1');
    expect(problems).toContain(code);
  });

  test.each([
    ['10天', 0],
    ['11个月', 0],
    ['18月', 1],
    ['0', 0],
    ['130', 130],
    ['71 岁', 71],
  ])('age %s is %i completed years', (ageYears, years) => expect(row({ ageYears }).job?.ageYears).toBe(years));

  test('a time no job of now can have is left out with its own code; one at the bounds is taken, and so are the others', () => {
    const { job, problems } = row({
      callAt: '1970-01-01 08:00:05',
      answerAt: '2025-12-02 09:00:00',
      dispatchAt: '2026-01-02 09:00:00',
    });
    expect(problems).toEqual(['job-row.callAt']);
    expect(job?.times).toEqual({
      callAtMs: null,
      answerAtMs: NOW_MS - 30 * 86_400_000,
      dispatchAtMs: NOW_MS + 86_400_000,
      departAtMs: null,
    });
  });

  test('empty cells and unknown sex are nulls, not problems', () => {
    const { job, problems } = row({
      sex: '未知',
      ageYears: '',
      address: '  ',
      latitudeDeg: '0',
      longitudeDeg: '0',
      datum: 'WGS-84',
    });
    expect([job?.sex, job?.ageYears, job?.address, job?.location, problems]).toEqual([null, null, null, null, []]);
  });

  test.each([null, '', '任务 7', 'x'.repeat(65)])('numbered %j is none', (jobNumber) => {
    expect(readJobRow({ jobNumber }, NOW_MS)).toEqual({ job: null, problems: ['job-row.jobNumber'] });
  });
});
