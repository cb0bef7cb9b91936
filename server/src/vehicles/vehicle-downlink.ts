import { DownlinkFrame, DownlinkPage } from '@pentad/protocol/downlink';
import { CaseId } from '@pentad/protocol/ids';
import { topicOf } from '@pentad/protocol/console-feed';
import * as v from 'valibot';
import type { RecordedEvent } from '@pentad/protocol/case-event';
import type { Db, Tx } from '../db/transaction.ts';
import { systemActor } from '../platform/actor.ts';
import type { Clock, Timers } from '../platform/ports.ts';
import type { FeedPointer } from '../events/feed-pointer.ts';
import { entriesAfter, topicNumbers } from '../events/feed-store.ts';
import { latestEpoch } from './vehicle-store.ts';

const ingest = systemActor('ingest');
const PAGE = 200;

/** What a vehicle is told: its gapless topic, as frames pushed over the broker or pages asked for over either path. */
export interface VehicleDownlink {
  lastNumber(vehicle: string): Promise<number>;
  page(vehicle: string, after: number): Promise<DownlinkPage>;
  /** Resolves when the topic has something after the cursor, or when the time is over. */
  wait(vehicle: string, after: number, timeoutMs: number): Promise<void>;
  /** The frame of one committed pointer. */
  frame(pointer: FeedPointer): Promise<DownlinkFrame | null>;
}

const POLL_MS = 500;

export interface DownlinkSources {
  readonly db: Db;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly readEvents: (tx: Tx, caseId: CaseId, afterSeq?: number) => Promise<RecordedEvent[]>;
  readonly openCasesOfVehicle: (tx: Tx, vehicle: string) => Promise<CaseId[]>;
}

export function createVehicleDownlink(sources: DownlinkSources): VehicleDownlink {
  const { db, clock, timers, readEvents, openCasesOfVehicle } = sources;
  const lastNumber = (vehicle: string): Promise<number> =>
    db.withActor(
      ingest,
      async (tx) => (await topicNumbers(tx, [topicOf.vehicle(vehicle)])).get(topicOf.vehicle(vehicle)) ?? 0,
    );

  const frameOf = (vehicle: string, n: number, pointer: FeedPointer): Promise<DownlinkFrame> =>
    db.withActor(ingest, async (tx) => {
      const events = await readEvents(tx, v.parse(CaseId, pointer.caseId), pointer.fromSeq - 1);
      const epoch = await latestEpoch(tx, vehicle);
      return v.parse(DownlinkFrame, {
        vehicle,
        epoch,
        n,
        caseId: pointer.caseId,
        events: events.filter((event) => event.caseSeq <= pointer.toSeq),
      });
    });

  return {
    lastNumber,
    async page(vehicle, after) {
      const topic = topicOf.vehicle(vehicle);
      const n = await lastNumber(vehicle);
      const entries = await db.withActor(ingest, (tx) => entriesAfter(tx, topic, after, PAGE));
      const isWhole = entries.length > 0 ? entries[0]?.n === after + 1 : n === after;
      if (isWhole) {
        const frames = [];
        for (const entry of entries) frames.push(await frameOf(vehicle, entry.n, entry.pointer));
        return v.parse(DownlinkPage, {
          vehicle,
          n: frames.at(-1)?.n ?? after,
          frames,
          isSnapshot: false,
          cases: [],
          serverNowMs: clock.nowMs(),
        });
      }
      const cases = await db.withActor(ingest, async (tx) => {
        const ids = await openCasesOfVehicle(tx, vehicle);
        const logs = [];
        for (const caseId of ids) logs.push({ caseId, events: await readEvents(tx, caseId) });
        return logs;
      });
      return v.parse(DownlinkPage, { vehicle, n, frames: [], isSnapshot: true, cases, serverNowMs: clock.nowMs() });
    },
    async wait(vehicle, after, timeoutMs) {
      const untilMs = clock.nowMs() + timeoutMs;
      while ((await lastNumber(vehicle)) <= after && clock.nowMs() < untilMs) {
        await new Promise<void>((resolve) => void timers.after(POLL_MS, resolve));
      }
    },
    async frame(pointer) {
      return pointer.vehicle === null ? null : frameOf(pointer.vehicle.vehicle, pointer.vehicle.n, pointer);
    },
  };
}
