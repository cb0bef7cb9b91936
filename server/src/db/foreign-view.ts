import pg from 'pg';

export interface ForeignPlace {
  /** Another PostgreSQL, by its own login: one that may read this view is enough. */
  readonly url: string;
  /** `schema.view` or `view`. */
  readonly view: string;
}
/**
 * A place in the order of two columns, in the words of the other database: no precision is lost. `second` null: at the
 * first column's value itself, whatever the second says and whatever type it is of.
 */
export type ForeignCursor = readonly [first: string, second: string | null];

export interface ForeignView {
  readonly columns: readonly string[];
  /** Rows after the cursor, every cell as text; rows without a place in the order are not there. */
  rowsAfter(
    orderedBy: readonly [string, string],
    after: ForeignCursor,
    limit: number,
  ): Promise<Record<string, string | null>[]>;
  /** How many rows have no place in the order, so that no cursor ever meets them; the second column's from `first` on. */
  rowsWithoutPlace(
    orderedBy: readonly [string, string],
    from: string,
  ): Promise<{ readonly withoutFirst: number; readonly withoutSecond: number }>;
  /** So much before an instant of this column, in the column's own words. */
  earlier(column: string, instant: string, byMs: number): Promise<string>;
}

const STATEMENT_TIMEOUT_MS = 4_000;
const settings = [
  'SET default_transaction_read_only = on',
  `SET statement_timeout = ${STATEMENT_TIMEOUT_MS}`,
  'SET lock_timeout = 2000',
  "SET TimeZone = 'UTC'",
  "SET DateStyle = 'ISO, YMD'",
].join('; ');

const quoted = (name: string): string => pg.escapeIdentifier(name);

function viewOf(client: pg.Client, view: string, columns: readonly string[]): ForeignView {
  return {
    columns,
    rowsAfter: async ([first, second], after, limit) => {
      const [one, two] = [quoted(first), quoted(second)];
      const cells = columns.map((name) => `${quoted(name)}::text AS ${quoted(name)}`).join(', ');
      const isAfter = after[1] === null ? `v.${one} >= $2` : `(v.${one}, v.${two}) > ($2, $3)`;
      const { rows } = await client.query<Record<string, string | null>>(
        `SELECT ${cells} FROM ${view} AS v WHERE v.${one} IS NOT NULL AND v.${two} IS NOT NULL AND ${isAfter} ORDER BY v.${one}, v.${two} LIMIT $1`,
        [limit, ...after.filter((place) => place !== null)],
      );
      return rows;
    },
    rowsWithoutPlace: async ([first, second], from) => {
      const [one, two] = [quoted(first), quoted(second)];
      const { rows } = await client.query<{ one: number; two: number }>(
        `SELECT (SELECT count(*) FROM ${view} AS v WHERE v.${one} IS NULL)::int AS one,
           (SELECT count(*) FROM ${view} AS v WHERE v.${two} IS NULL AND v.${one} >= $1)::int AS two`,
        [from],
      );
      return { withoutFirst: rows[0]?.one ?? 0, withoutSecond: rows[0]?.two ?? 0 };
    },
    earlier: async (column, instant, byMs) => {
      const { rows } = await client.query<{ earlier: string }>(
        `SELECT (x.at - $2 * interval '1 millisecond')::text AS earlier
         FROM (SELECT ${quoted(column)} AS at FROM ${view} WHERE false UNION ALL SELECT $1) AS x`,
        [instant, byMs],
      );
      return rows[0]?.earlier ?? instant;
    },
  };
}

/** A reader of somebody else's view: reads, cannot write, never waits long. One connection, as long as the work lasts. */
export async function withForeignView<T>(place: ForeignPlace, work: (view: ForeignView) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: place.url,
    connectionTimeoutMillis: 3_000,
    query_timeout: 2 * STATEMENT_TIMEOUT_MS,
    application_name: 'pentad-dispatch',
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(settings);
    const view = place.view.split('.').map(quoted).join('.');
    const { fields } = await client.query(`SELECT * FROM ${view} LIMIT 0`);
    const columns = fields.map(({ name }) => name);
    return await work(viewOf(client, view, columns));
  } finally {
    await client.end();
  }
}
