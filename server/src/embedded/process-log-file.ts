import { existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';

const KEPT_BYTES = 8 * 1024 * 1024;
const TAIL_CHARS = 1500;

/** Opens the log a child writes to; a large one moves aside to `.1`, so at most two are kept. */
export function openProcessLog(path: string): number {
  if (existsSync(path) && statSync(path).size > KEPT_BYTES) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
}

/** The last lines, for the message of a failed start. */
export function readLogTail(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8').slice(-TAIL_CHARS).trim() : '';
}
