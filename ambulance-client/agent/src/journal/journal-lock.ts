import Database from 'libsql';
import { AgentError } from '../agent-error.ts';

/**
 * Holds the journal for this process alone, by an exclusive transaction on a file beside it: the system drops it when the
 * process dies, however it dies. Throws AgentError `journal.in-use`. Returns the release.
 */
export function lockJournal(path: string): () => void {
  const lock = new Database(path);
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    throw new AgentError('conflict', 'journal.in-use');
  }
  let isHeld = true;
  return () => {
    if (isHeld) lock.close();
    isHeld = false;
  };
}
