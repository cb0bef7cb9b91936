import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockJournal } from '../journal/journal-lock.ts';
import { chooseVehicle, journalDirOf } from './choose-vehicle.ts';

test('a vehicle another process drives is refused, and the free ones are named', () => {
  const vehicles = mkdtempSync(join(tmpdir(), 'pentad-vehicles-'));
  const [one = '', two = ''] = ['01', '02'].map((name) => join(vehicles, name));
  for (const folder of [one, two]) {
    mkdirSync(journalDirOf(folder), { recursive: true });
    writeFileSync(join(folder, 'vehicle.json'), '{}');
  }
  expect(chooseVehicle(null, vehicles)).toBe(one);
  const release = lockJournal(join(journalDirOf(one), 'journal.lock'));
  expect(chooseVehicle(null, vehicles)).toBe(two);
  expect(() => chooseVehicle(one, vehicles)).toThrow(`another process drives ${one}`);
  expect(() => chooseVehicle(one, vehicles)).toThrow(`free are: ${two}`);
  release();
  expect(chooseVehicle(one, vehicles)).toBe(one);
  expect(() => chooseVehicle(join(vehicles, '09'), vehicles)).toThrow("no vehicle's identity");
});
