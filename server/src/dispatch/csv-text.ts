import { parse } from 'csv-parse/sync';
import * as v from 'valibot';
import { columnsCode, fieldOfColumn, type JobCells } from './job-columns.ts';

export type CsvCode = 'csv.not-text' | 'csv.empty' | 'csv.not-csv' | 'columns.twice' | 'columns.no-job-number';
export interface CsvRow {
  /** As an editor counts, the header being line 1. */
  readonly line: number;
  /** null: it has more or fewer cells than the header, and nothing says which of them is missing. */
  readonly cells: JobCells | null;
}
export type CsvJobs =
  { readonly kind: 'rows'; readonly rows: readonly CsvRow[] } | { readonly kind: 'refused'; readonly code: CsvCode };

const Records = v.array(v.object({ record: v.array(v.string()), info: v.object({ lines: v.number() }) }));

/** UTF-8 with or without its mark, else GB18030 (which is also GBK and GB 2312); null: neither. */
export function decodeText(bytes: Uint8Array): string | null {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Not in this encoding: the next one decides.
    }
  }
  return null;
}

/** The one that parts the header into most columns; Excel writes tabs and semicolons as well. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.indexOf('\n') === -1 ? text.length : text.indexOf('\n'));
  const count = (delimiter: string) => header.split(delimiter).length;
  return [',', '\t', ';'].reduce((best, other) => (count(other) > count(best) ? other : best));
}

/** The rows of a file by what its header says they are. A row of another length is there without its cells. */
export function readCsv(bytes: Uint8Array): CsvJobs {
  const text = decodeText(bytes);
  if (text === null || text.includes('\u0000')) return { kind: 'refused', code: 'csv.not-text' };
  let records: v.InferOutput<typeof Records>;
  try {
    const parsed: unknown = parse(text, {
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: 64 * 1024,
    });
    records = v.parse(Records, parsed);
  } catch {
    return { kind: 'refused', code: 'csv.not-csv' };
  }
  const [header, ...rows] = records;
  if (!header) return { kind: 'refused', code: 'csv.empty' };
  const fields = header.record.map(fieldOfColumn);
  const code = columnsCode(fields);
  if (code !== null) return { kind: 'refused', code };
  const cellsOf = (record: readonly string[]): JobCells | null =>
    record.length !== fields.length
      ? null
      : Object.fromEntries(fields.flatMap((field, at) => (field === null ? [] : [[field, record[at] ?? null]])));
  return { kind: 'rows', rows: rows.map(({ record, info }) => ({ line: info.lines, cells: cellsOf(record) })) };
}
