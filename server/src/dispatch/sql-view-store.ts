import { withForeignView, type ForeignPlace } from '../db/foreign-view.ts';
import type { Tx } from '../db/transaction.ts';
import { columnsCode, fieldOfColumn, type JobCells, type JobField } from './job-columns.ts';

export type ViewPlace = ForeignPlace;
export interface ViewCursor {
  readonly changedAt: string;
  readonly jobNumber: string;
}
export interface ViewRow {
  readonly cells: JobCells;
  readonly cursor: ViewCursor;
}
export interface ViewReader {
  /** Rows after the cursor in the order of (changed_at, job_number). */
  rowsAfter(after: ViewCursor | null, limit: number): Promise<ViewRow[]>;
  /** The same cursor, so much earlier: what was committed late under an earlier time is met again. */
  earlier(cursor: ViewCursor, byMs: number): Promise<ViewCursor>;
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
        const from = after === null ? null : ([after.changedAt, after.jobNumber] as const);
        const rows = await view.rowsAfter([changedAt, jobNumber], from, limit);
        return rows.map((row) => ({
          cells: Object.fromEntries([...byField].map(([field, name]) => [field, row[name] ?? null])),
          cursor: { changedAt: row[changedAt] ?? '', jobNumber: row[jobNumber] ?? '' },
        }));
      },
      earlier: async (cursor, byMs) => ({
        changedAt: await view.earlier(changedAt, cursor.changedAt, byMs),
        jobNumber: '',
      }),
    });
    return null;
  });
}

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

export interface RefusedRow {
  readonly refusedId: string;
  readonly centre: string;
  readonly code: string;
  readonly raw: Buffer;
  readonly atMs: number;
}

/** The same row with the same code met again is the same refusal. */
export function keepRefused(tx: Tx, row: RefusedRow): void {
  tx.write(
    'dispatch-refused',
    `INSERT INTO dispatch_refused (refused_id, centre, source, code, raw, received_at)
     VALUES ($1, $2, 'sql-view', $3, $4, to_timestamp($5 / 1000.0)) ON CONFLICT DO NOTHING`,
    [row.refusedId, row.centre, row.code, row.raw, row.atMs],
  );
}
