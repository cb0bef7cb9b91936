import type { CaseState } from '@pentad/protocol/case-state';
import { topicOf } from '@pentad/protocol/console-feed';
import { isOver } from '@pentad/protocol/case-reading';
import type { DownlinkFrame, DownlinkPage } from '@pentad/protocol/downlink';
import type { NumericsItem } from '@pentad/protocol/lane-item';
import { CaseId, Epoch, VehicleId } from '@pentad/protocol/ids';
import type { FeedSource } from '@pentad/server/events/feed-reader';
import type { FeedPointer } from '@pentad/server/events/feed-pointer';
import { shardOf } from '@pentad/server/shards/shard-of';
import type { VehicleDownlink } from '@pentad/server/vehicles/vehicle-downlink';
import type { DueSteps } from '@pentad/server/pre-alerts/fire-due-steps';
import type { Clock } from '@pentad/server/platform/ports';
import * as v from 'valibot';
import type { PlantedBug } from '../planted-bug.ts';
import type { Life } from '../world/life.ts';
import type { SimStore } from './sim-store.ts';

const PAGE = 200;
const ENDED_WITHIN_MS = 3_600_000;

const read = <T>(store: SimStore, life: Life, from: () => T): Promise<T> => store.read(life, from);

export const createSimFeedSource = (store: SimStore, life: Life, planted: PlantedBug | null): FeedSource => ({
  changes: (cursors, limit) =>
    read(store, life, () =>
      [...cursors].flatMap(([topic, after]) => {
        const n = store.tables.topics.get(topic) ?? after;
        if (n === after) return [];
        const entries = (store.tables.feed.get(topic) ?? [])
          .slice(after, after + limit)
          .filter((_, at) => planted !== 'feed-skips-a-number' || at !== 1);
        return [{ topic, after, n, entries }];
      }),
    ),
});

/** What a new holder of a shard reads: where its feed was so long ago, and the open cases of its vehicles. */
export const readSimTakeOver = (
  store: SimStore,
  life: Life,
  shard: number,
  sinceMs: number,
): Promise<{ readonly cursor: number; readonly open: readonly CaseId[] }> =>
  read(store, life, () => {
    const { feed, feedAtMs, cases } = store.tables;
    const entries = feed.get(topicOf.shard(shard)) ?? [];
    const first = entries.find((entry) => (feedAtMs.get(entry) ?? 0) >= sinceMs);
    const isOpenHere = (state: CaseState) =>
      state.vehicle !== null && shardOf(state.vehicle) === shard && !isOver(state);
    return {
      cursor: first ? first.n - 1 : entries.length,
      open: [...cases.values()].filter((row) => isOpenHere(row.state)).map((row) => row.state.caseId),
    };
  });

export const createSimDueSteps = (store: SimStore, life: Life): DueSteps => ({
  due: (nowMs, limit) =>
    read(store, life, () =>
      [...store.tables.steps.values()]
        .filter((row) => row.firedAtMs === null && !row.isWithdrawn && row.dueAtMs <= nowMs)
        .sort((a, b) => a.dueAtMs - b.dueAtMs || (a.targetId < b.targetId ? -1 : 1))
        .slice(0, limit)
        .map((row) => ({ ...row })),
    ),
});

export const readSimCase = (store: SimStore, life: Life, caseId: CaseId): Promise<CaseState | null> =>
  read(store, life, () => store.tables.cases.get(caseId)?.state ?? null);

/** Committed numerics of one case, the vehicle's own, measured from `fromMs` on, in measured order. */
export const readSimNumerics = (
  store: SimStore,
  life: Life,
  wanted: { caseId: CaseId; vehicle: string; fromMs: number; toMs: number },
): Promise<readonly NumericsItem[]> =>
  read(store, life, () =>
    (store.tables.numericsOfCase.get(wanted.caseId) ?? [])
      .map((row) => row.item)
      .filter(
        (item): item is NumericsItem =>
          item.lane === 'vit' &&
          item.vehicle === wanted.vehicle &&
          item.measuredAtMs >= wanted.fromMs &&
          item.measuredAtMs <= wanted.toMs,
      )
      .sort((a, b) => a.measuredAtMs - b.measuredAtMs),
  );

/** The vehicle's topic as frames and pages, as events/vehicle-downlink.ts. */
export function createSimDownlink(store: SimStore, life: Life, clock: Clock): VehicleDownlink {
  const { tables } = store;
  const lastNumber = (vehicle: string) => read(store, life, () => tables.topics.get(topicOf.vehicle(vehicle)) ?? 0);
  const eventsOf = (caseId: string, fromSeq: number, toSeq: number) =>
    (tables.cases.get(caseId)?.log ?? []).slice(fromSeq - 1, toSeq).map((row) => row.recorded);
  const latestEpoch = (vehicle: string): Epoch | null => {
    const heard = [...(tables.epochs.get(vehicle) ?? [])].sort((a, b) => b[1] - a[1])[0];
    return heard ? v.parse(Epoch, heard[0]) : null;
  };
  const frameOf = (vehicle: string, n: number, pointer: FeedPointer): Promise<DownlinkFrame> =>
    read(store, life, () => ({
      vehicle: v.parse(VehicleId, vehicle),
      epoch: latestEpoch(vehicle),
      n,
      caseId: v.parse(CaseId, pointer.caseId),
      events: eventsOf(pointer.caseId, pointer.fromSeq, pointer.toSeq),
    }));

  return {
    lastNumber,
    async page(vehicle, after): Promise<DownlinkPage> {
      const named = v.parse(VehicleId, vehicle);
      const n = await lastNumber(vehicle);
      const entries = await read(store, life, () =>
        (tables.feed.get(topicOf.vehicle(vehicle)) ?? []).slice(after, after + PAGE),
      );
      const isWhole = entries.length > 0 ? entries[0]?.n === after + 1 : n <= after;
      if (isWhole) {
        const frames = [];
        for (const entry of entries) frames.push(await frameOf(vehicle, entry.n, entry.pointer));
        return {
          vehicle: named,
          n: frames.at(-1)?.n ?? after,
          frames,
          isSnapshot: false,
          cases: [],
          serverNowMs: clock.nowMs(),
        };
      }
      const cases = await read(store, life, () =>
        [...tables.cases.values()]
          .filter(
            (row) =>
              row.state.vehicle === vehicle &&
              (!isOver(row.state) || row.changedAtMs > store.world.nowMs - ENDED_WITHIN_MS),
          )
          .map((row) => ({ caseId: row.state.caseId, events: row.log.map((entry) => entry.recorded) })),
      );
      return { vehicle: named, n, frames: [], isSnapshot: true, cases, serverNowMs: clock.nowMs() };
    },
    async wait(vehicle, after, timeoutMs) {
      const untilMs = clock.nowMs() + timeoutMs;
      while ((await lastNumber(vehicle)) <= after && clock.nowMs() < untilMs) {
        await new Promise<void>((resolve) => void life.after(500, resolve));
      }
    },
    frame: (pointer) =>
      pointer.vehicle === null ? Promise.resolve(null) : frameOf(pointer.vehicle.vehicle, pointer.vehicle.n, pointer),
  };
}
