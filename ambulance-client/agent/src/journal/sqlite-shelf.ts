import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { JournalFault } from '../agent-error.ts';
import type { Journal, JournalFaultCode, JournalShelf } from '../ports.ts';
import { closeQuietly, openJournalDatabase, type JournalDatabase } from './journal-database.ts';
import { DiskReserve } from './disk-reserve.ts';
import { journalKey } from './journal-key.ts';
import { lockJournal } from './journal-lock.ts';
import { salvage } from './salvage.ts';
import { SqliteJournal } from './sqlite-journal.ts';
import { hasLostCommits } from './wal-tail.ts';

const FILE = 'journal.db';
const ASIDE = /^journal-set-aside-(\d{4})\.db$/;
const SET_ASIDE_KEPT = 3;
const PAGE_BYTES = 4_096;
const RESERVE_BYTES = 2 * 1024 * 1024;

function moveFile(from: string, to: string): void {
  for (const suffix of ['', '-wal', '-shm']) if (existsSync(from + suffix)) renameSync(from + suffix, to + suffix);
}

/** On a full disk the reserve is given back before the fault is told, so that room can be made at all. */
function withReserve(db: JournalDatabase, reserve: DiskReserve, release: () => void): JournalDatabase {
  return {
    ...db,
    transaction: (work) => {
      try {
        return db.transaction(work);
      } catch (error) {
        if (error instanceof JournalFault && error.code === 'journal.full') {
          reserve.release();
          db.checkpoint();
        }
        throw error;
      }
    },
    close: () => {
      try {
        db.close();
      } finally {
        release();
      }
    },
  };
}

/** The journal's folder: `journal.db`, its key, and files that were set aside. */
export class SqliteShelf implements JournalShelf {
  readonly #folder: string;
  readonly #key: Uint8Array;
  readonly #reserve: DiskReserve;
  #salvageFrom: string | null = null;

  constructor(folder: string, { reserveBytes = RESERVE_BYTES }: { readonly reserveBytes?: number } = {}) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#folder = folder;
    this.#reserve = new DiskReserve(join(folder, 'journal.reserve'), reserveBytes);
    this.#key = journalKey(join(folder, 'journal.key'));
  }

  get path(): string {
    return join(this.#folder, FILE);
  }

  /** Throws JournalFault on damage: then call setAside and open again. Throws AgentError `journal.in-use` on a second process. */
  open(): Journal {
    const isNew = !existsSync(this.path) || statSync(this.path).size === 0;
    const isTailLost = hasLostCommits(`${this.path}-wal`);
    const db = this.#openLocked();
    const rescued = this.#salvageFrom === null ? null : salvage(this.#salvageFrom, this.#key);
    this.#salvageFrom = null;
    try {
      if (!isNew && !db.isEmpty()) return SqliteJournal.open(db, this.#key, isTailLost);
      if (isTailLost || (!isNew && db.usedBytes() > PAGE_BYTES)) throw new JournalFault('journal.unreadable-head');
      const journal = SqliteJournal.create(db, this.#key, randomBytes(16), rescued?.found);
      if (!rescued) return journal;
      rescued.copyInto(db);
      return SqliteJournal.open(db, this.#key, false);
    } catch (error) {
      closeQuietly(db);
      throw error;
    } finally {
      rescued?.close();
    }
  }

  #openLocked(): JournalDatabase {
    const release = lockJournal(join(this.#folder, 'journal.lock'));
    try {
      const db = openJournalDatabase(this.path);
      this.#reserve.fill();
      return withReserve(db, this.#reserve, release);
    } catch (error) {
      release();
      throw error;
    }
  }

  /** The bad file keeps lying beside, under another name; the next open starts a new file from what can be read of it. */
  setAside(reason: JournalFaultCode): void {
    const numbers = readdirSync(this.#folder)
      .flatMap((name) => ASIDE.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b);
    const nameOf = (number: number) => join(this.#folder, `journal-set-aside-${String(number).padStart(4, '0')}.db`);
    for (const old of numbers.slice(0, Math.max(0, numbers.length - SET_ASIDE_KEPT + 1))) {
      for (const suffix of ['', '-wal', '-shm']) rmSync(nameOf(old) + suffix, { force: true });
    }
    const target = nameOf((numbers.at(-1) ?? 0) + 1);
    moveFile(this.path, target);
    this.#salvageFrom = reason === 'journal.rolled-back' ? null : target;
  }
}
