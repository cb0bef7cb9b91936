import { mergeRanges, rangesOf } from '@pentad/protocol/seq-range';
import { classifySqlError } from '@pentad/server/db/sql-errors';
import type { QuarantineEntry, UplinkStore } from '@pentad/server/uplink/ports';
import { isNumerics, type TelemetryEntry } from '@pentad/server/uplink/uplink-entry';
import type { PlantedBug } from '../planted-bug.ts';
import type { Life } from '../world/life.ts';
import { badRow } from './sql-error.ts';
import type { SimStore } from './sim-store.ts';
import { inner, laneKey } from './tables.ts';

const SECOND_EPOCH_WITHIN_MS = 10 * 60_000;
/** A row PostgreSQL would not take: the workload marks it so. */
export const isPoison = ({ item }: TelemetryEntry): boolean => isPoisonItem(item);
export const isPoisonItem = (item: TelemetryEntry['item']): boolean =>
  item.lane === 'vit' && item.vitals.etco2MmHg === 149;

function applyTelemetry(store: SimStore, entries: readonly TelemetryEntry[]): void {
  const { telemetry, numericsOfCase } = store.tables;
  for (const entry of entries) {
    const { item, receivedAtMs } = entry;
    const lane = inner(telemetry, laneKey(item.vehicle, item.epoch, item.lane));
    if (lane.has(item.seq)) continue;
    const row = { item, receivedAtMs, committedAtMs: store.world.nowMs };
    lane.set(item.seq, row);
    if (!isNumerics(entry) || item.caseId === null) continue;
    const rows = numericsOfCase.get(item.caseId);
    if (rows) rows.push(row);
    else numericsOfCase.set(item.caseId, [row]);
  }
}

function applyQuarantine(store: SimStore, { vehicle, lane, key, code }: QuarantineEntry): void {
  if (key === null) return;
  const rows = inner(store.tables.quarantine, laneKey(vehicle, key.epoch, lane));
  if (!rows.has(key.seq)) rows.set(key.seq, { lane, seq: key.seq, code });
}

/** UplinkStore over the modelled tables; every call is one transaction of `life`. */
export function createSimUplinkStore(store: SimStore, life: Life, planted: PlantedBug | null): UplinkStore {
  const { tables, world } = store;
  return {
    insertWaveforms: () => Promise.reject(new Error('not simulated')),
    insertMedia: () => Promise.reject(new Error('not simulated')),
    insertTelemetry: (entries) => {
      const stored = store.transaction(life, async (tx) => {
        await tx.statement();
        if (entries.some(isPoison)) throw badRow();
        tx.stage(() => applyTelemetry(store, entries));
      });
      if (planted !== 'ack-before-commit') return stored;
      stored.catch(() => undefined);
      return Promise.resolve();
    },
    insertGap: (item) =>
      store.transaction(life, async (tx) => {
        await tx.statement();
        tx.stage(() => void inner(tables.gaps, laneKey(item.vehicle, item.epoch, 'evt')).set(item.seq, item));
      }),
    quarantine: (entry) =>
      store.transaction(life, async (tx) => {
        await tx.statement();
        tx.stage(() => applyQuarantine(store, entry));
      }),
    held: (vehicle, epoch, lane, from) =>
      store.read(life, () => {
        const key = laneKey(vehicle, epoch, lane);
        const declared = [...inner(tables.gaps, laneKey(vehicle, epoch, 'evt')).values()];
        const rows =
          lane === 'evt'
            ? [...inner(tables.events, key).keys(), ...declared.map((item) => item.seq)]
            : [...inner(tables.telemetry, key).keys()];
        const refused = [...inner(tables.quarantine, key).values()]
          .filter((row) => row.seq >= from)
          .map(({ seq, code }) => ({ seq, code }));
        const shed = declared
          .filter(({ gap }) => gap.lane === lane)
          .flatMap(({ gap }) => gap.ranges.filter(([, to]) => to >= from));
        return { stored: rangesOf(rows.filter((seq) => seq >= from)), refused, shed: mergeRanges(shed) };
      }),
    horizon: () => store.read(life, () => tables.horizon),
    hearEpoch: (vehicle, epoch) =>
      store.transaction(life, async (tx) => {
        await tx.statement();
        const heard = inner(tables.epochs, vehicle);
        tx.stage(() => void heard.set(epoch, world.nowMs));
        return [...heard].some(([other, atMs]) => other !== epoch && atMs > world.nowMs - SECOND_EPOCH_WITHIN_MS);
      }),
    classify: classifySqlError,
  };
}
