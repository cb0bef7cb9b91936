import Database from 'libsql';
import { AgentError, JournalFault } from '../agent-error.ts';

/** The journal's file: one table a lane keyed by seq, everything else in blobs. No TEXT column anywhere. */
const TABLES = `
  CREATE TABLE evt (seq INTEGER PRIMARY KEY, body BLOB NOT NULL);
  CREATE TABLE vit (seq INTEGER PRIMARY KEY, body BLOB NOT NULL);
  CREATE TABLE pos (seq INTEGER PRIMARY KEY, body BLOB NOT NULL);
  CREATE TABLE head_even (id INTEGER PRIMARY KEY, epoch BLOB NOT NULL, body BLOB NOT NULL);
  CREATE TABLE head_odd (id INTEGER PRIMARY KEY, epoch BLOB NOT NULL, body BLOB NOT NULL);
  CREATE TABLE stored (lane INTEGER NOT NULL, hour INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (lane, hour)) WITHOUT ROWID;
  CREATE TABLE document (key BLOB PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;
`;

const LATER_TABLES = `
  CREATE TABLE IF NOT EXISTS wav (seq INTEGER PRIMARY KEY, body BLOB NOT NULL);
  CREATE TABLE IF NOT EXISTS med (seq INTEGER PRIMARY KEY, body BLOB NOT NULL);
`;

/** The WAL is kept short, so that a full disk leaves little to move; 256 pages are one MB. */
const PRAGMAS =
  'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=256; PRAGMA trusted_schema=OFF';

export interface Row {
  bytes(column: string): Buffer;
  int(column: string): number;
}

export interface JournalDatabase {
  run(sql: string, ...values: (number | Uint8Array)[]): void;
  get(sql: string, ...values: (number | Uint8Array)[]): Row | null;
  all(sql: string, ...values: (number | Uint8Array)[]): readonly Row[];
  transaction<T>(work: () => T): T;
  isEmpty(): boolean;
  makeTables(): void;
  /** A journal from before waveforms and media has no tables for them. */
  addLaterTables(): void;
  isWhole(): boolean;
  usedBytes(): number;
  /** Moves the WAL into the file; its room is free afterwards. */
  checkpoint(): void;
  close(): void;
}

function faultOf(error: unknown): Error {
  if (error instanceof JournalFault || error instanceof AgentError) return error;
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return new AgentError('conflict', 'journal.in-use');
  if (code === 'SQLITE_FULL') return new JournalFault('journal.full', { cause: error });
  if (/^SQLITE_(IOERR|CANTOPEN|READONLY|PERM)/.test(code)) return new JournalFault('journal.io', { cause: error });
  return new JournalFault('journal.corrupt', { cause: error });
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw faultOf(error);
  }
}

const rowOf = (row: object): Row => ({
  bytes: (column) => {
    const value: unknown = Reflect.get(row, column);
    if (Buffer.isBuffer(value)) return value;
    // libsql gives a Buffer from get() and an ArrayBuffer from all().
    if (value instanceof ArrayBuffer) return Buffer.from(value);
    throw new JournalFault('journal.corrupt');
  },
  int: (column) => {
    const value: unknown = Reflect.get(row, column);
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new JournalFault('journal.corrupt');
    return value;
  },
});

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

export function openJournalDatabase(path: string): JournalDatabase {
  const db = guarded(() => new Database(path));
  const prepared = new Map<string, ReturnType<typeof db.prepare>>();
  let isInTransaction = false;
  const statement = (sql: string) => {
    const known = prepared.get(sql);
    if (known) return known;
    const made = db.prepare(sql);
    prepared.set(sql, made);
    return made;
  };
  const self: JournalDatabase = {
    run: (sql, ...values) => guarded(() => void statement(sql).run(values)),
    get: (sql, ...values) =>
      guarded(() => {
        const row = statement(sql).get(values);
        return isObject(row) ? rowOf(row) : null;
      }),
    all: (sql, ...values) => guarded(() => statement(sql).all(values).filter(isObject).map(rowOf)),
    transaction: (work) =>
      guarded(() => {
        db.exec('BEGIN IMMEDIATE');
        isInTransaction = true;
        try {
          const result = work();
          db.exec('COMMIT');
          return result;
        } catch (error) {
          if (db.inTransaction) db.exec('ROLLBACK');
          throw error;
        } finally {
          isInTransaction = false;
        }
      }),
    isEmpty: () => self.get('SELECT count(*) AS n FROM sqlite_schema')?.int('n') === 0,
    makeTables: () => guarded(() => void db.exec(LATER_TABLES + TABLES)),
    addLaterTables: () => guarded(() => void db.exec(LATER_TABLES)),
    isWhole: () =>
      guarded(() => {
        const row: unknown = db.prepare('PRAGMA quick_check(1)').get();
        return isObject(row) && Reflect.get(row, 'quick_check') === 'ok';
      }),
    usedBytes: () => {
      const pragma = (name: string) => self.get(`PRAGMA ${name}`)?.int(name) ?? 0;
      return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
    },
    checkpoint: () => guarded(() => void db.exec('PRAGMA wal_checkpoint(TRUNCATE)')),
    close: () =>
      guarded(() => {
        // Statements keep the file open until they are collected, so the WAL is emptied here and not by the last close.
        prepared.clear();
        try {
          if (!isInTransaction) db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
        } finally {
          db.close();
        }
      }),
  };
  try {
    guarded(() => db.exec(PRAGMAS));
  } catch (error) {
    closeQuietly(self);
    throw error;
  }
  return self;
}

/** For files already known to be bad: whatever closing says changes nothing. */
export function closeQuietly(db: JournalDatabase): void {
  try {
    db.close();
  } catch {
    return;
  }
}
