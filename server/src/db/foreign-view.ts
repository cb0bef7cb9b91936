import pg from 'pg';

export interface ForeignPlace {
  /** Another PostgreSQL, by its own login: one that may read this view is enough. */
  readonly url: string;
  /** `schema.view` or `view`. */
  readonly view: string;
}
/** A place in the order of two columns, in the words of the other database: no precision is lost. */
export type ForeignCursor = readonly [first: string, second: string];

export interface ForeignView {
  readonly columns: readonly string[];
  /** Rows after the cursor, every cell as text; rows without a place in the order are not there. */
  rowsAfter(
    orderedBy: readonly [string, string],
    after: ForeignCursor | null,
    limit: number,
  ): Promise<Record<string, string | null>[]>;
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
      const isAfter = after === null ? '' : `AND (${one}, ${two}) > ($2, $3)`;
      const { rows } = await client.query<Record<string, string | null>>(
        `SELECT ${cells} FROM ${view} AS v WHERE v.${one} IS NOT NULL AND v.${two} IS NOT NULL ${isAfter} ORDER BY v.${one}, v.${two} LIMIT $1`,
        after === null ? [limit] : [limit, ...after],
      );
      return rows;
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
