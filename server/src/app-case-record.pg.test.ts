import { caseIdOf } from '@pentad/protocol/testing/boring-ids';
import { event } from '@pentad/protocol/testing/builders';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCaseRecord } from './app-case-record.ts';
import { createCaseDatabase, fact, ingest, type CaseDatabase } from './cases/case-database.fixture.ts';
import type { Tx } from './db/transaction.ts';
import { recordingLog } from './platform/fake-time.fixture.ts';

let house: CaseDatabase;
beforeAll(async () => {
  house = await createCaseDatabase();
});
afterAll(() => house.close());

/** `tx` with something else committed between its first answer and what it asks next. */
function interrupted(tx: Tx, other: () => Promise<unknown>): Tx {
  let isFirst = true;
  const afterFirst = async <T>(answer: Promise<T>): Promise<T> => {
    const known = await answer;
    if (isFirst) {
      isFirst = false;
      await other();
    }
    return known;
  };
  return {
    actor: tx.actor,
    query: (text, values) => afterFirst(tx.query(text, values)),
    prepared: (name, text, values) => afterFirst(tx.prepared(name, text, values)),
    write: (name, text, values) => tx.write(name, text, values),
  };
}

test('an alert committed while a case is read is in its access, or in neither: never in its state alone', async () => {
  const caseId = caseIdOf(77);
  await house.tell(fact(event('case.opened'), caseId));
  const record = await house.database.db.withActor(ingest, (tx) =>
    readCaseRecord(
      interrupted(tx, () => house.tell(fact(event('pre-alert.requested', { requestId: 'request-77' }), caseId))),
      caseId,
      { vault: house.vault, log: recordingLog() },
    ),
  );
  const [row] = await house.rows('SELECT hospital_id, specialty FROM case_access WHERE case_id = $1', [caseId]);
  expect(row).toBeDefined();
  expect(record?.access).toEqual(new Set([`${String(row?.['hospital_id'])}.${String(row?.['specialty'])}`]));
});
