import type pg from 'pg';

/** Empties what earlier rounds stored, so that every round writes into equal tables. */
export async function emptyTables(sql: pg.Client): Promise<void> {
  await sql.query('TRUNCATE numerics, waveform, bench.floor, bench.drizzle');
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

/** The same of waveforms, and every byte of their samples. @throws Error saying what is wrong */
export async function checkWaveforms(sql: pg.Client, sent: { chunks: number; sampleBytes: number }): Promise<void> {
  await checkRows(sql, 'waveform', sent.chunks);
  const { rows } = await sql.query<{ bytes: string | null }>(
    'SELECT sum(octet_length(samples)) AS bytes FROM waveform',
  );
  if (Number(rows[0]?.bytes) !== sent.sampleBytes)
    throw new Error(`waveform: ${rows[0]?.bytes} of ${sent.sampleBytes} bytes of samples`);
}
