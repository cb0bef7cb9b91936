import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '../platform/errors.ts';
import { isErrorWithCode, readRunningProcess } from './running-process.ts';

const CLAIM_FILE = 'claimed-by.json';

/**
 * Marks a directory as served by this process. Throws when another live process holds it, so that a second
 * `npm start` never takes a database in use for an orphan. A claim left by a killed process is taken over.
 */
export function claimDirectory(dir: string): { release: () => void } {
  const path = join(dir, CLAIM_FILE);
  const self = readRunningProcess(process.pid);
  const claim = JSON.stringify({ pid: process.pid, startMark: self?.startMark ?? '' });
  while (!tryCreate(path, claim)) {
    const holderPid = readLiveHolder(path);
    if (holderPid !== null) {
      throw new DomainError(
        'conflict',
        'data-dir.in-use',
        `${dir} is in use by process ${holderPid}: stop it first, or choose another PENTAD_DATA_DIR`,
      );
    }
    rmSync(path, { force: true });
  }
  return { release: () => rmSync(path, { force: true }) };
}

function tryCreate(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (isErrorWithCode(error, 'EEXIST')) return false;
    throw error;
  }
}

function readLiveHolder(path: string): number | null {
  const [, pidText, startMark] = /^\{"pid":(\d+),"startMark":"(.*)"\}$/.exec(readFileSync(path, 'utf8')) ?? [];
  if (pidText === undefined) return null; // cut off in the middle by a crash
  const running = readRunningProcess(Number(pidText));
  return running !== null && running.startMark === startMark ? running.pid : null;
}
