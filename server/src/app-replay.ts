import { readEvents } from './cases/case-store.ts';
import { caseIdsAfter, countCases } from './cases/stored-cases-store.ts';
import { loginUrlOf } from './db/migrate.ts';
import { closePools, createPools } from './db/pools.ts';
import { readOnly } from './db/read-only.ts';
import { createDb, type Db, type Tx } from './db/transaction.ts';
import { systemActor } from './platform/actor.ts';
import type { StoredCases } from './rule-replay/stored-cases.ts';
import { caseSamples, type SamplePage, type SamplePlace } from './telemetry/case-samples-store.ts';

const SAMPLES_A_PAGE = 5_000;

/**
 * The stored cases of a database, in read-only transactions as the role that judges cases: the auditor's may read the
 * trail and no case.
 */
export function createStoredCases(db: Db): StoredCases {
  const reading = <T>(read: (tx: Tx) => Promise<T>): Promise<T> =>
    db.withActor(systemActor('ingest'), async (tx) => {
      await readOnly(tx);
      return read(tx);
    });
  return {
    count: (sinceMs) => reading((tx) => countCases(tx, sinceMs)),
    page: (sinceMs, after, limit) => reading((tx) => caseIdsAfter(tx, sinceMs, after, limit)),
    events: (caseId) => reading((tx) => readEvents(tx, caseId)),
    async *samples(caseId) {
      let place: SamplePlace | null = null;
      do {
        const from: SamplePlace | null = place;
        const page: SamplePage = await reading((tx) => caseSamples(tx, caseId, from, SAMPLES_A_PAGE));
        yield* page.samples;
        place = page.next;
      } while (place !== null);
    },
  };
}

/** The stored cases of an installation, by the login its server was started with; migrated before. */
export function openStoredCases(adminUrl: string): { readonly cases: StoredCases; close(): Promise<void> } {
  const pools = createPools(loginUrlOf(adminUrl), () => undefined);
  return { cases: createStoredCases(createDb(pools)), close: () => closePools(pools) };
}
