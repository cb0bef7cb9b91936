import { finished } from 'node:stream/promises';
import pg from 'pg';
import { from } from 'pg-copy-streams';
import { encodeBatch } from './floor/binary-copy.ts';
import { readPipeConfig } from './pipe/pipe-config.ts';
import { runPipe } from './pipe/run-pipe.ts';

/** The floor of limits.md: binary COPY and nothing else. */
const config = readPipeConfig();
const pool = new pg.Pool({ connectionString: config.postgresUrl, max: 2 });
await runPipe(config, async (rows) => {
  const client = await pool.connect();
  try {
    const copy = client.query(from('COPY bench.floor FROM STDIN (FORMAT binary)'));
    copy.end(encodeBatch(rows));
    await finished(copy);
  } finally {
    client.release();
  }
});
