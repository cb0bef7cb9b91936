import { isEventItem, type LaneItem } from '@pentad/protocol/lane-item';
import { isDeepStrictEqual } from 'node:util';
import type { EventRow, RegionRows, TelemetryRow } from './region-rows.ts';
import type { LedgerEntry, VehicleLedger } from './vehicle-ledger.ts';

const keyOf = (vehicle: string, epoch: string | null, lane: string, seq: string | number | null): string =>
  `${vehicle}/${epoch}/${lane}/${seq}`;
const keyOfItem = (item: LaneItem): string => keyOf(item.vehicle, item.epoch, item.lane, item.seq);

/** As it travelled: JSON knows no undefined, and objects are compared whatever the order of their keys. */
const asWire = (value: object): unknown => JSON.parse(JSON.stringify(value));

function isSameTelemetry(item: LaneItem, row: TelemetryRow): boolean {
  if (item.lane !== 'vit' && item.lane !== 'pos') return false;
  const values = item.lane === 'vit' ? item.vitals : item.position;
  return (
    row.case_id === item.caseId &&
    row.day === item.day &&
    row.measured_at.getTime() === item.measuredAtMs &&
    row.captured_at.getTime() === item.capturedAtMs &&
    isDeepStrictEqual(row.values, asWire(values))
  );
}

function isSameEvent(item: LaneItem, row: EventRow): boolean {
  if (!isEventItem(item)) return false;
  const { envelope, clinical, sealed } = item.event;
  return (
    isDeepStrictEqual(row.envelope, asWire(envelope)) &&
    isDeepStrictEqual(row.clinical, asWire(clinical)) &&
    row.has_sealed === (sealed !== undefined)
  );
}

function* checkEntry(entry: LedgerEntry, found: readonly boolean[], refusals: readonly string[]): Generator<string> {
  const key = keyOfItem(entry.item);
  if (entry.receiptedAs === null) yield `I3 ${key} has no receipt`;
  if (entry.expectedRefusal === null) {
    if (found.length !== 1) yield `I1 ${key} is stored ${found.length} times, receipted as ${entry.receiptedAs}`;
    if (found.includes(false)) yield `I1 ${key} is stored with another content`;
    if (refusals.length > 0) yield `I17 ${key} is good and quarantined as ${refusals.join()}`;
    if (entry.receiptedAs === 'refused') yield `I1 ${key} is good and receipted as refused (${entry.refusedCode})`;
  } else {
    if (found.length > 0) yield `I17 ${key} should be refused and is stored`;
    if (refusals.join() !== entry.expectedRefusal) yield `I17 ${key} is quarantined as [${refusals.join()}]`;
    if (entry.refusedCode !== entry.expectedRefusal) yield `I17 ${key} is receipted with ${entry.refusedCode}`;
  }
}

/** I1 receipt means durable, once, with the same content; I2 nothing invented; I3 nothing owed; I17 quarantine accounted. */
export function* checkRows(rows: RegionRows, ledgers: readonly VehicleLedger[]): Generator<string> {
  const stored = new Map<string, (EventRow | TelemetryRow)[]>();
  const put = (key: string, row: EventRow | TelemetryRow) => void stored.set(key, [...(stored.get(key) ?? []), row]);
  for (const row of rows.events)
    if (row.vehicle_id !== null) put(keyOf(row.vehicle_id, row.epoch, 'evt', row.seq), row);
  for (const row of rows.telemetry) put(keyOf(row.vehicle_id, row.epoch, row.lane, row.seq), row);
  const refused = new Map<string, string[]>();
  for (const row of rows.quarantine) {
    const key = keyOf(row.vehicle_id, row.epoch, row.lane, row.seq);
    if (row.seq !== null) refused.set(key, [...(refused.get(key) ?? []), row.code]);
  }
  const captured = new Set<string>();
  for (const entry of ledgers.flatMap((ledger) => ledger.entries)) {
    const key = keyOfItem(entry.item);
    captured.add(key);
    const found = (stored.get(key) ?? []).map((row) =>
      'event_id' in row ? isSameEvent(entry.item, row) : isSameTelemetry(entry.item, row),
    );
    yield* checkEntry(entry, found, refused.get(key) ?? []);
  }
  for (const key of [...stored.keys(), ...refused.keys()]) if (!captured.has(key)) yield `I2 ${key} was never captured`;
  for (const { vehicle_id, lane, seq } of rows.undated) yield `I2 ${vehicle_id} ${lane} ${seq} is undated`;
  for (const untruth of ledgers.flatMap((ledger) => ledger.untruths)) yield `I1 ${untruth}`;
}

/** Quarantined without a key, counted by code: what nobody can be told about, and the flow went on all the same. */
export function unkeyedQuarantine(rows: RegionRows): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { seq, code } of rows.quarantine) if (seq === null) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
