import type pg from 'pg';
import type { Actor } from '../platform/actor.ts';
import type { PoolName, Pools } from './pools.ts';

/** A transaction of one actor: the only thing a store can query with. */
export interface Tx {
  readonly actor: Actor;
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** A named prepared statement: planned once per connection, for the hot path. */
  prepared<Row extends pg.QueryResultRow>(name: string, text: string, values: readonly unknown[]): Promise<Row[]>;
  /** The same where nothing is read: sent without waiting. What fails here fails the transaction. */
  write(name: string, text: string, values: readonly unknown[]): void;
}

export interface Db {
  /**
   * Runs `work` in one transaction as `actor`; commits when it returns, rolls back when it throws.
   * `lane` 'alert' takes the reserved connections of alert, answer and escalation.
   */
  withActor<T>(actor: Actor, work: (tx: Tx) => T | Promise<T>, lane?: 'alert'): Promise<T>;
}

const poolOf = (actor: Actor, lane?: 'alert'): PoolName => {
  if (actor.kind === 'staff') return lane === 'alert' ? 'answer' : 'api';
  return lane === 'alert' && actor.role === 'ingest' ? 'alert' : actor.role;
};

const uuid = /^[0-9a-f-]{36}$/;

function beginText(actor: Actor): string {
  if (actor.kind !== 'staff') return 'BEGIN';
  if (!uuid.test(actor.staffId)) throw new TypeError('staff id is not a uuid');
  return `BEGIN; SELECT set_config('pentad.staff_id', '${actor.staffId}', true)`;
}

export function createDb(pools: Pools): Db {
  return {
    async withActor(actor, work, lane) {
      const client = await pools[poolOf(actor, lane)].connect();
      let failure: Error | undefined;
      const sent: Promise<pg.QueryResult>[] = [];
      const send = (query: pg.QueryConfig | string): Promise<pg.QueryResult> => {
        const answer = client.query(query);
        answer.catch(() => undefined); // looked at below
        sent.push(answer);
        return answer;
      };
      try {
        void send(beginText(actor));
        const result = await work({
          actor,
          query: async (text, values = []) => (await send({ text, values: [...values] })).rows,
          prepared: async (name, text, values) => (await send({ name, text, values: [...values] })).rows,
          write: (name, text, values) => void send({ name, text, values: [...values] }),
        });
        const committed = send('COMMIT');
        // The first failure is the cause; those behind it only say that the transaction is aborted.
        for (const answer of sent) await answer;
        // After a failed statement COMMIT rolls back and says so without an error: work that swallowed it would look done.
        if ((await committed).command !== 'COMMIT') throw new Error('the transaction was rolled back');
        return result;
      } catch (error) {
        failure = error instanceof Error ? error : new Error('not an error');
        await client.query('ROLLBACK').then(
          () => (failure = undefined),
          () => undefined,
        );
        for (const answer of sent) await answer;
        throw error;
      } finally {
        client.release(failure);
      }
    },
  };
}
