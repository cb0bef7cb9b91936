import pg from 'pg';

/** Whether the database at this address takes a connection now. */
export async function letsIn(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false; // refused or "starting up"; a real fault shows in the log when the time is over
  } finally {
    await client.end().catch(() => undefined);
  }
}
