import { foldAll } from '@pentad/protocol/case-fold';
import { isEventItem, type LaneItem, type TelemetryItem } from '@pentad/protocol/lane-item';
import type { VitalTimes } from '@pentad/protocol/vitals';
import { journalLanes } from '@pentad/agent/ports';
import { throughJsonb } from '../store/jsonb.ts';
import { laneKey } from '../store/tables.ts';
import { checkDelivered, checkFindings, checkRequests } from './alert-checks.ts';
import type { RestOptions } from './rest-options.ts';
import { isShed, isStored } from './receipt-checks.ts';

/** Measured times may be moved onto the server's clock by the offset the item itself carries, all by the same; nothing else may differ. */
function isSameContent(stored: TelemetryItem, captured: LaneItem): boolean {
  const byMs = stored.measuredAtMs - captured.measuredAtMs;
  const isByTheOffset = byMs === 0 || byMs === Math.round(captured.clock?.offsetMs ?? 0);
  const atMs = (value: number | null | undefined) => (typeof value === 'number' ? value - byMs : value);
  const times =
    'times' in stored
      ? {
          times: Object.fromEntries(
            Object.entries(stored.times as VitalTimes).map(([name, value]) => [name, atMs(value)]),
          ),
        }
      : {};
  const before = { ...stored, ...times, measuredAtMs: captured.measuredAtMs };
  return isByTheOffset && JSON.stringify(throughJsonb(before)) === JSON.stringify(throughJsonb(captured));
}

/** I1, I2: every row is in the ledger with the same content, and stands once. */
function checkNothingInvented({ store, ledger }: RestOptions): void {
  const { tables, world } = store;
  for (const [key, rows] of tables.telemetry) {
    for (const [seq, { item }] of rows) {
      const captured = ledger.captured.get(key)?.get(seq);
      if (!captured) world.broken('I2', `${key} ${seq} was never captured`);
      else if (!isSameContent(item, captured.item)) world.broken('I1', `${key} ${seq} is stored with another content`);
    }
  }
  for (const [key, rows] of tables.events) {
    for (const [seq, eventId] of rows) {
      const item = ledger.captured.get(key)?.get(seq)?.item;
      const isSame = item !== undefined && isEventItem(item) && item.event.envelope.eventId === eventId;
      if (!isSame) world.broken('I2', `event ${key} ${seq} was never captured so`);
    }
  }
}

/** I3: what the vehicle holds is receipted, refused or declared gone; and each of it is in the tables. */
export function checkComplete({ store, ledger, vehicles }: RestOptions, capturedBeforeMs: number): void {
  const { tables, world } = store;
  for (const { shelf, id } of vehicles) {
    const { journal } = shelf;
    if (!journal) continue;
    for (const lane of journalLanes) {
      const key = laneKey(id, journal.epoch, lane);
      const { stored, refused, gone } = journal.holdings(lane);
      const isIn = (ranges: readonly (readonly [number, number])[], seq: number) =>
        ranges.some(([from, to]) => from <= seq && seq <= to);
      for (const [seq, { atMs }] of ledger.captured.get(key) ?? []) {
        if (atMs > capturedBeforeMs) continue;
        const isRefused = refused.some((one) => one.seq === seq);
        const isCovered = isIn(stored, seq) || isIn(gone, seq) || isRefused;
        if (!isCovered) world.broken('I3', `${id} ${lane} ${seq} has no receipt`);
        const isKept =
          isStored(tables, ledger, id, journal.epoch, lane, seq) ||
          isShed(tables, id, journal.epoch, lane, seq) ||
          isRefused;
        if (!isKept) world.broken('I3', `${id} ${lane} ${seq} is nowhere`);
        if (isIn(gone, seq) && !ledger.flipped.has(`${key}/${seq}`))
          world.broken('I3', `${id} ${lane} ${seq} was given up without cause`);
      }
    }
  }
}

/** After the faults have stopped and the work has ended: everything that must be true at rest. */
export function checkAtRest(options: RestOptions): void {
  const { store, crews } = options;
  const { tables, world } = store;
  checkNothingInvented(options);
  checkComplete(options, world.nowMs);
  const patients = new Map(crews.flatMap((crew) => [...crew.patients]));
  for (const [caseId, { state, log }] of tables.cases) {
    const refolded = throughJsonb(
      foldAll(
        state.caseId,
        log.map((entry) => entry.recorded),
      ),
    );
    if (JSON.stringify(refolded) !== JSON.stringify(state))
      world.broken('fold', `${caseId} refolded is not what is stored`);
    checkRequests(store, state);
    const patient = patients.get(state.caseId);
    if (patient) checkFindings(options, state, patient);
  }
  checkDelivered(options);
}
