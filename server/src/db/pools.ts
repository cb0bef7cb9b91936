import pg from 'pg';

export type PoolName = 'api' | 'answer' | 'alert' | 'ingest' | 'clock' | 'auditor';

const roleOf: Record<PoolName, string> = {
  api: 'pentad_api',
  answer: 'pentad_api',
  alert: 'pentad_ingest',
  ingest: 'pentad_ingest',
  clock: 'pentad_clock',
  auditor: 'pentad_auditor',
};

/** Alert, answer and escalation never wait behind reads or batches: their connections are their own (faults.md P5, P6). */
const sizeOf: Record<PoolName, number> = { api: 8, answer: 3, alert: 4, ingest: 4, clock: 4, auditor: 1 };

export type Pools = Readonly<Record<PoolName, pg.Pool>>;

export function createPools(url: string, onIdleError: (pool: PoolName, error: Error) => void): Pools {
  const make = (name: PoolName): pg.Pool => {
    const pool = new pg.Pool({
      connectionString: url,
      max: sizeOf[name],
      pipeline: true,
      connectionTimeoutMillis: 3_000,
      idleTimeoutMillis: 60_000,
      application_name: `pentad-${name}`,
      options: `-c role=${roleOf[name]} -c statement_timeout=15000 -c lock_timeout=2000 -c idle_in_transaction_session_timeout=10000`,
    });
    pool.on('error', (error) => onIdleError(name, error));
    // A client in use is off the pool's watch: its lost connection would be an unhandled 'error' and end the process (faults.md P2).
    pool.on('connect', (client) => void client.on('error', () => undefined));
    return pool;
  };
  return {
    api: make('api'),
    answer: make('answer'),
    alert: make('alert'),
    ingest: make('ingest'),
    clock: make('clock'),
    auditor: make('auditor'),
  };
}

export async function closePools(pools: Pools): Promise<void> {
  await Promise.all(Object.values(pools).map((pool) => pool.end()));
}
