import { vehicleIdOf } from '@pentad/protocol/testing/boring-ids';
import { expect, test } from 'vitest';
import type { Tx } from '../db/transaction.ts';
import { systemActor } from '../platform/actor.ts';
import { numericsEntry, positionEntry } from '../uplink/offered.fixture.ts';
import type { TelemetryEntry } from '../uplink/uplink-entry.ts';
import { insertTelemetry } from './telemetry-store.ts';

/** The rows of every statement as they would be sent, column by column. */
function statementsOf(entries: readonly TelemetryEntry[]): [string, readonly unknown[]][] {
  const sent: [string, readonly unknown[]][] = [];
  const tx: Tx = {
    actor: systemActor('ingest'),
    query: () => Promise.reject(new Error('unused')),
    prepared: () => Promise.reject(new Error('unused')),
    write: (name, _, values) => void sent.push([name, values]),
  };
  insertTelemetry(tx, entries);
  return sent;
}

const days = ['2026-01-01', '2025-12-31', '1970-01-01', '2099-01-01'];
const batch = days.flatMap((day) =>
  [2, 1].flatMap((n) => {
    const item = { day, vehicle: vehicleIdOf(n) };
    return [3, 1, 2].flatMap((seq) => [numericsEntry(seq, { item }), positionEntry(seq, { item })]);
  }),
);

test('rows of a batch are sent in the order of their keys, whatever order they came in: two writers never wait for each other in a ring', async () => {
  const expected = statementsOf(batch);
  expect(expected.map(([name]) => name)).toEqual(['numerics', 'positions', 'vehicle-position', 'telemetry-undated']);
  for (const other of [
    batch.toReversed(),
    batch.toSorted((a, b) => (a.item.lane < b.item.lane ? 1 : -1)),
    batch.toSorted((a, b) => a.item.seq - b.item.seq),
  ]) {
    expect(statementsOf(other)).toEqual(expected);
  }
});

test('what is not in a batch is not sent', async () => {
  expect(statementsOf([])).toEqual([]);
  expect(statementsOf([numericsEntry(1)]).map(([name]) => name)).toEqual(['numerics']);
});
