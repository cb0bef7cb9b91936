import { journalLanes, type JournalLane } from '../ports.ts';
import { JournalFault } from '../agent-error.ts';
import { closeQuietly, openJournalDatabase, type JournalDatabase } from './journal-database.ts';
import { upTo, SeqSet } from './seq-set.ts';
import { findHead, laneNumber, type FoundHead } from './head-copies.ts';
import { recordSeal, type RecordSeal } from './sealed-record.ts';

/** What an authentic head says, and a way to read each record that can still be reached. */
export interface Salvaged {
  readonly found: FoundHead;
  copyInto(db: JournalDatabase): void;
  close(): void;
}

function tolerant<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof JournalFault) return null;
    throw error;
  }
}

function copyLane(
  from: JournalDatabase,
  to: JournalDatabase,
  seal: RecordSeal,
  lane: JournalLane,
  found: FoundHead,
): void {
  const { highest, gone } = found.head.lanes[lane];
  for (const [first, last] of upTo(highest).without(new SeqSet(gone)).ranges()) {
    for (let seq = first; seq <= last; seq += 1) {
      const body = tolerant(() => from.get(`SELECT body FROM ${lane} WHERE seq = ?`, seq)?.bytes('body') ?? null);
      if (body && seal.unseal({ kind: 'item', lane: laneNumber[lane], seq }, body)) {
        to.run(`INSERT INTO ${lane} (seq, body) VALUES (?, ?)`, seq, body);
      }
    }
  }
}

function copyMarks(from: JournalDatabase, to: JournalDatabase): void {
  for (const row of tolerant(() => from.all('SELECT lane, hour, body FROM stored')) ?? []) {
    tolerant(() =>
      to.run('INSERT OR REPLACE INTO stored VALUES (?, ?, ?)', row.int('lane'), row.int('hour'), row.bytes('body')),
    );
  }
  for (const row of tolerant(() => from.all('SELECT key, body FROM document')) ?? []) {
    tolerant(() => to.run('INSERT OR REPLACE INTO document VALUES (?, ?)', row.bytes('key'), row.bytes('body')));
  }
}

/**
 * Reads a file that was set aside, one record at a time: a damaged page costs the records on it and no other.
 * null: no head is authentic, so the last seq given is not known and the epoch must not be continued.
 */
export function salvage(path: string, key: Uint8Array): Salvaged | null {
  const db = tolerant(() => openJournalDatabase(path));
  if (!db) return null;
  const found = tolerant(() => findHead(db, key));
  if (!found) {
    closeQuietly(db);
    return null;
  }
  const seal = recordSeal(key, found.epoch);
  return {
    found,
    copyInto: (target) =>
      target.transaction(() => {
        for (const lane of journalLanes) copyLane(db, target, seal, lane, found);
        copyMarks(db, target);
      }),
    close: () => closeQuietly(db),
  };
}
