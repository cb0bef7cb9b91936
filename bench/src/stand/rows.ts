import type pg from 'pg';

/** Empties what earlier rounds stored, so that every round writes into equal tables. */
export async function emptyTables(sql: pg.Client): Promise<void> {
  await sql.query('TRUNCATE numerics, bench.floor, bench.drizzle');
  await sql.query('CHECKPOINT');
}

/** rows == messages, none doubled, nothing refused. @throws Error saying what is wrong */
export async function checkRows(sql: pg.Client, table: string, messages: number): Promise<void> {
  const counted = await sql.query<{ n: string; keys: string }>(
    `SELECT count(*) AS n, count(DISTINCT (vehicle_id, epoch, seq)) AS keys FROM ${table}`,
  );
  const { n, keys } = counted.rows[0] ?? { n: '0', keys: '0' };
  const undated = await sql.query('SELECT 1 FROM telemetry_undated LIMIT 1');
  const refused = await sql.query('SELECT 1 FROM quarantine LIMIT 1');
  if (Number(n) !== messages || Number(keys) !== messages || undated.rowCount !== 0 || refused.rowCount !== 0) {
    throw new Error(
      `${table}: ${n} rows, ${keys} keys of ${messages} messages; undated ${undated.rowCount}, refused ${refused.rowCount}`,
    );
  }
}
