import { withForeignView, type ForeignPlace } from '../db/foreign-view.ts';
import type { Tx } from '../db/transaction.ts';
import { columnsCode, fieldOfColumn, type JobCells, type JobField } from './job-columns.ts';

const CHINA_OFFSET_MS = 8 * 3_600_000;

export type ViewPlace = ForeignPlace;
export interface ViewCursor {
  readonly changedAt: string;
  readonly jobNumber: string;
}
/** Where reading begins; `jobNumber` null: at this time, whatever the number. */
export interface ViewFrom {
  readonly changedAt: string;
  readonly jobNumber: string | null;
}
export interface ViewRow {
  readonly cells: JobCells;
  readonly cursor: ViewCursor;
}
export interface ViewReader {
  /** Rows after the cursor in the order of (changed_at, job_number). */
  rowsAfter(after: ViewFrom, limit: number): Promise<ViewRow[]>;
  /** So much earlier than the cursor, by its time alone: what was committed late under an earlier time is met again. */
  earlier(cursor: ViewCursor, byMs: number): Promise<ViewFrom>;
  /** Rows no cursor ever meets: without a time, and (from here on) without a number. */
  unplaced(from: ViewFrom): Promise<{ readonly withoutTime: number; readonly withoutNumber: number }>;
}
/** Why the view as a whole cannot be read as jobs. */
export type ViewCode = 'columns.twice' | 'columns.no-job-number' | 'columns.no-changed-at';

/** @returns a code instead of calling `work` where the columns are not those of jobs */
export function withView(place: ViewPlace, work: (reader: ViewReader) => Promise<void>): Promise<ViewCode | null> {
  return withForeignView(place, async (view) => {
    const byField = new Map<JobField, string>();
    for (const name of view.columns) {
      const field = fieldOfColumn(name);
      if (field !== null) byField.set(field, name);
    }
    const [changedAt, jobNumber] = [byField.get('changedAt'), byField.get('jobNumber')];
    const code = columnsCode(view.columns.map(fieldOfColumn));
    if (code !== null) return code;
    if (changedAt === undefined || jobNumber === undefined) return 'columns.no-changed-at';
    await work({
      rowsAfter: async (after, limit) => {
        const rows = await view.rowsAfter([changedAt, jobNumber], [after.changedAt, after.jobNumber], limit);
        return rows.map((row) => ({
          cells: Object.fromEntries([...byField].map(([field, name]) => [field, row[name] ?? null])),
          cursor: { changedAt: row[changedAt] ?? '', jobNumber: row[jobNumber] ?? '' },
        }));
      },
      earlier: async (cursor, byMs) => ({
        changedAt: await view.earlier(changedAt, cursor.changedAt, byMs),
        jobNumber: null,
      }),
      unplaced: async (from) => {
        const counted = await view.rowsWithoutPlace([changedAt, jobNumber], from.changedAt);
        return { withoutTime: counted.withoutFirst, withoutNumber: counted.withoutSecond };
      },
    });
    return null;
  });
}

/**
 * An instant in words that a column with a zone and one without both read rightly: without a zone it is China's, as
 * everywhere in a view, and PostgreSQL leaves the offset out where the column has none.
 */
export const chinaTime = (atMs: number): string =>
  new Date(atMs + CHINA_OFFSET_MS).toISOString().replace('T', ' ').replace('Z', '+08:00');

export async function readCursor(tx: Tx, source: string): Promise<ViewCursor | null> {
  const [row] = await tx.query<{ changed_at: string; job_number: string }>(
    'SELECT changed_at, job_number FROM dispatch_cursor WHERE source = $1',
    [source],
  );
  return row ? { changedAt: row.changed_at, jobNumber: row.job_number } : null;
}

export function keepCursor(tx: Tx, source: string, cursor: ViewCursor): void {
  tx.write(
    'dispatch-cursor-keep',
    `INSERT INTO dispatch_cursor (source, changed_at, job_number) VALUES ($1, $2, $3)
     ON CONFLICT (source) DO UPDATE SET changed_at = EXCLUDED.changed_at, job_number = EXCLUDED.job_number`,
    [source, cursor.changedAt, cursor.jobNumber],
  );
}
