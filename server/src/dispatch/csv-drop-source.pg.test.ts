import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vehicleIdOf } from '@pentad/protocol/testing/boring-ids';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CsvDropSource } from './csv-drop-source.ts';
import { createDispatchHouse, tablesHolding, type DispatchHouse } from './dispatch-house.fixture.ts';

let house: DispatchHouse;
let directory = '';
let drop: CsvDropSource;
beforeAll(async () => {
  house = await createDispatchHouse();
});
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'pentad-drop-'));
  await house.rows('DELETE FROM duty_lease');
  drop = new CsvDropSource({
    ...house.ports,
    directory,
    centre: 'county-120',
    holder: '01890000-0000-7000-8000-000000000001',
  });
});
afterAll(() => house.close());

const header = '任务编号,车辆编号,来电时间,主诉,现场地址,联系电话,性别,年龄\n';
const line = (no: string, some: { vehicle?: string; sex?: string } = {}) =>
  `${no},${some.vehicle ?? vehicleIdOf(1)},2026-01-01 08:00:00,胸痛CANARY,幸福路CANARY,13912345678,${some.sex ?? '男'},71\n`;
const lay = (name: string, content: string | Buffer) => writeFileSync(join(directory, name), content);
const look = async (times = 3) => {
  for (let turn = 0; turn < times; turn += 1) {
    await drop.look();
    house.time.jump(2_000);
  }
};
const folder = (name = '') => readdirSync(join(directory, name)).sort();
const errorsOf = (name: string): unknown =>
  JSON.parse(readFileSync(join(directory, 'failed', `${name}.errors.json`), 'utf8'));

test('a file is taken when it has stopped growing, each line is a job, and it goes to done', async () => {
  lay('a.csv', header + line('C-1'));
  await look(2);
  writeFileSync(join(directory, 'a.csv'), header + line('C-1') + line('C-2'));
  await look(2);
  expect(await house.jobRow('C-1')).toBeUndefined();
  await look(2);
  expect(folder('done')).toEqual(['a.csv']);
  expect(folder()).toEqual(['done', 'failed']);
  for (const no of ['C-1', 'C-2']) expect(await house.jobRow(no)).toMatchObject({ state: 'taken', source: 'csv' });
});

test('a file in GB18030 is taken at once when it is said to be whole; half-written names are left alone', async () => {
  const { execFileSync } = await import('node:child_process');
  lay('b.csv', execFileSync('iconv', ['-f', 'utf-8', '-t', 'gb18030'], { input: header + line('C-3') }));
  lay('b.csv.done', '');
  lay('c.csv.tmp', header + line('C-4'));
  lay('.d.csv', header + line('C-4'));
  lay('empty.csv', '');
  await look(1);
  expect(await house.jobRow('C-3')).toMatchObject({ state: 'taken' });
  expect(folder()).toEqual(['.d.csv', 'c.csv.tmp', 'done', 'empty.csv', 'failed']);
  await look(4);
  expect(await house.jobRow('C-4')).toBeUndefined();
  renameSync(join(directory, 'c.csv.tmp'), join(directory, 'c.csv'));
  await look();
  expect(await house.jobRow('C-4')).toMatchObject({ state: 'taken' });
});

test('a file with lines that cannot be taken goes to failed with lines and codes; the others are taken', async () => {
  lay(
    'e.csv',
    header + line('C-5') + line('任务 9') + line('C-6', { sex: '？' }) + line('C-7', { vehicle: 'vehicle-9999' }),
  );
  await look();
  expect(errorsOf('e.csv')).toEqual([
    { line: 3, code: 'job-row.jobNumber', isTaken: false },
    { line: 4, code: 'job-row.sex', isTaken: true },
    { line: 5, code: 'dispatch-job.vehicle-unknown', isTaken: false },
  ]);
  expect(await house.jobRow('C-6')).toMatchObject({ state: 'taken' });
  expect(await house.jobRow('C-7')).toMatchObject({ state: 'unmatched' });
  lay('e.csv', header + line('任务 10'));
  await look();
  expect(folder('failed')).toHaveLength(4);
});

test.each([
  ['no text', Buffer.from([0x50, 0x4b, 0xff, 0xff, 0x0a]), 'csv.not-text'],
  ['no header of jobs', '地址\n幸福路\n', 'columns.no-job-number'],
])('a file that is %s goes to failed as a whole', async (_what, content, code) => {
  lay('f.csv', content);
  await look();
  expect(errorsOf('f.csv')).toEqual([{ line: null, code, isTaken: false }]);
});

test('a crash in the middle: the file is still there, told again, and no job is there twice', async () => {
  lay('g.csv', header + line('C-8') + line('C-9'));
  const { units } = house.ports;
  let calls = 0;
  const failing = {
    change: (...args: Parameters<typeof units.change>) =>
      (calls += 1) > 1 ? Promise.reject(new Error('connection lost')) : units.change(...args),
  } as typeof units;
  const broken = new CsvDropSource({
    ...house.ports,
    units: failing,
    directory,
    centre: 'county-120',
    holder: '01890000-0000-7000-8000-000000000001',
  });
  lay('g.csv.done', '');
  await expect(broken.look()).rejects.toThrow('connection lost');
  expect(folder()).toContain('g.csv');
  await look(1);
  expect(folder('done')).toEqual(['g.csv']);
  for (const no of ['C-8', 'C-9']) {
    const events = await house.events(String((await house.jobRow(no))?.['case_id']));
    expect(events.map((row) => row['type'])).toEqual(['case.opened', 'dispatch.received', 'milestone.stamped']);
  }
});

test('a row with more or fewer cells than the header is refused with its code, and the others are taken', async () => {
  lay('k.csv', `${header}C-20,${vehicleIdOf(1)},2026-01-01 08:00:00,胸痛CANARY,幸福路\n${line('C-21')}`);
  await look();
  expect(errorsOf('k.csv')).toEqual([{ line: 2, code: 'csv.row-length', isTaken: false }]);
  expect(await house.jobRow('C-20')).toBeUndefined();
  expect(await house.jobRow('C-21')).toMatchObject({ state: 'taken' });
});

test('a file that stops in the middle of a line waits, and says so once, for .done, a rename or its end', async () => {
  const unfinished = () => house.log.codes().filter((code) => code === 'dispatch-csv.file-unfinished').length;
  const [before, cut] = [unfinished(), (no: string) => header + line(no).trimEnd()];
  lay('l.csv', cut('C-22'));
  lay('m.csv', cut('C-23'));
  lay('n.tmp', cut('C-24'));
  lay('o.csv', cut('C-25'));
  await look(4);
  expect([folder('done'), unfinished() - before]).toEqual([[], 3]);
  lay('m.csv.done', '');
  renameSync(join(directory, 'n.tmp'), join(directory, 'n.csv'));
  lay('o.csv', header + line('C-25'));
  await look(4);
  expect(folder('done')).toEqual(['m.csv', 'n.csv', 'o.csv']);
  expect(await house.jobRow('C-22')).toBeUndefined();
  expect(folder()).toContain('l.csv');
});

test('a row that fails by itself is quarantined with its line; a file that cannot be put away blocks none behind it', async () => {
  const { units } = house.ports;
  let calls = 0;
  const change = (...args: Parameters<typeof units.change>) =>
    (calls += 1) === 1 ? Promise.reject(new TypeError('bug')) : units.change(...args);
  const failing = new CsvDropSource({
    ...house.ports,
    units: { change } as typeof units,
    directory,
    centre: 'county-120',
    holder: '01890000-0000-7000-8000-000000000001',
  });
  // Its list of errors would have too long a name.
  const stuck = `p${'x'.repeat(245)}.csv`;
  lay(stuck, header + line('C-26') + line('C-27'));
  lay('q.csv', header + line('C-28'));
  const turn = async () => {
    await failing.look();
    house.time.jump(2_000);
  };
  for (let n = 0; n < 4; n += 1) await turn();
  expect(folder('done')).toEqual(['q.csv']);
  for (const no of ['C-26', 'C-27', 'C-28']) expect(await house.jobRow(no)).toMatchObject({ state: 'taken' });
  const fileId: unknown = expect.stringMatching(/^[0-9a-f]{16}$/);
  expect(house.log.lines).toContainEqual({
    level: 'error',
    code: 'dispatch-csv.row-failed',
    fields: expect.objectContaining({ fileId, line: 2, errorName: 'TypeError' }) as unknown,
  });
  expect(house.log.lines).toContainEqual({
    level: 'error',
    code: 'dispatch-csv.file-stuck',
    fields: expect.objectContaining({ fileId, errorCode: 'ENAMETOOLONG' }) as unknown,
  });
  // Three rows, each told once: what was told is not told again while its file waits.
  expect(calls).toBe(3);
  renameSync(join(directory, stuck), join(directory, 'r.csv'));
  for (let n = 0; n < 3; n += 1) await turn();
  expect(folder('done')).toEqual(['q.csv', 'r.csv']);
});

test('a link laid into the directory is not followed, a directory not entered, and a second instance does not look', async () => {
  const elsewhere = join(directory, '..', `secret-${process.pid}.csv`);
  writeFileSync(elsewhere, header + line('C-10'));
  symlinkSync(elsewhere, join(directory, 'h.csv'));
  mkdirSync(join(directory, 'i.csv'));
  await look();
  expect(await house.jobRow('C-10')).toBeUndefined();
  expect(existsSync(elsewhere)).toBe(true);
  rmSync(elsewhere);
  const second = new CsvDropSource({
    ...house.ports,
    directory,
    centre: 'county-120',
    holder: '01890000-0000-7000-8000-000000000002',
  });
  lay('j.csv', header + line('C-11'));
  lay('j.csv.done', '');
  await second.look();
  expect(await house.jobRow('C-11')).toBeUndefined();
});

test('H25: nothing of a file stands unsealed in any table, any log line, or the list of errors', async () => {
  expect(await tablesHolding(house, ['CANARY', '13912345678', '幸福路'])).toEqual([]);
  expect(JSON.stringify(house.log.lines)).not.toMatch(/CANARY|13912345678|C-\d|\.csv/);
});
