import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { lockJournal } from '../journal/journal-lock.ts';
import { FeedError } from './feed-error.ts';

export const journalDirOf = (vehicleDir: string): string => join(vehicleDir, 'journal');

const isIdentity = (folder: string): boolean => existsSync(join(folder, 'vehicle.json'));

/** Whether no process, such as the demo fleet, drives this vehicle now. */
function isFree(vehicleDir: string): boolean {
  mkdirSync(journalDirOf(vehicleDir), { recursive: true, mode: 0o700 });
  try {
    lockJournal(join(journalDirOf(vehicleDir), 'journal.lock'))();
    return true;
  } catch {
    return false;
  }
}

function freeIn(vehiclesDir: string): string[] {
  if (!existsSync(vehiclesDir)) return [];
  const folders = readdirSync(vehiclesDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(vehiclesDir, entry.name))
    .sort();
  return folders.filter((folder) => isIdentity(folder) && isFree(folder));
}

/** The vehicle asked for, or the first one nobody drives. One vehicle has one journal: a driven one is refused. */
export function chooseVehicle(asked: string | null, vehiclesDir: string): string {
  if (asked !== null && !isIdentity(asked))
    throw new FeedError(`no vehicle's identity (vehicle.json, nkey.seed, vehicle.jwt) in ${asked}`);
  if (asked !== null && isFree(asked)) return asked;
  const free = freeIn(vehiclesDir);
  const [first] = free;
  if (asked === null && first !== undefined) return first;
  const offer = free.length === 0 ? `none of ${vehiclesDir} is free` : `free are: ${free.join(', ')}`;
  throw new FeedError(
    asked === null
      ? `${offer}; name one with --vehicle-dir, or start the demo first (npm start)`
      : `another process drives ${asked} (the demo fleet, or another npm run ambulance); ${offer}`,
  );
}
