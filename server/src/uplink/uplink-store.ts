import type { Lane } from '@pentad/protocol/lane';
import { mergeRanges, SeqRange } from '@pentad/protocol/seq-range';
import * as v from 'valibot';
import type { Db, Tx } from '../db/transaction.ts';
import { classifySqlError } from '../db/sql-errors.ts';
import { systemActor } from '../platform/actor.ts';
import { noFailpoint, type Failpoint } from '../platform/failpoint.ts';
import type { Ids } from '../platform/ports.ts';
import type { Vault } from '../vault/vault.ts';
import type { UplinkStore } from './ports.ts';
import type { MediaEntry, TelemetryEntry, WaveformEntry } from './uplink-entry.ts';

const ingest = systemActor('ingest');
const SECOND_EPOCH_WITHIN = '10 minutes';

/** Where the seqs of a lane stand; gaps and islands turn them into ranges. */
const seqSource: Record<Lane, string> = {
  evt: `SELECT seq FROM case_event WHERE vehicle_id = $1 AND epoch = $2 AND seq >= $3
        UNION SELECT declared_seq FROM lane_gap WHERE vehicle_id = $1 AND epoch = $2 AND declared_seq >= $3`,
  vit: `SELECT seq FROM numerics WHERE day >= current_date - 11 AND vehicle_id = $1 AND epoch = $2 AND seq >= $3
        UNION SELECT seq FROM telemetry_undated WHERE vehicle_id = $1 AND epoch = $2 AND lane = 'vit' AND seq >= $3`,
  pos: `SELECT seq FROM positions WHERE day >= current_date - 11 AND vehicle_id = $1 AND epoch = $2 AND seq >= $3
        UNION SELECT seq FROM telemetry_undated WHERE vehicle_id = $1 AND epoch = $2 AND lane = 'pos' AND seq >= $3`,
  wav: `SELECT seq FROM waveform WHERE day >= current_date - 11 AND vehicle_id = $1 AND epoch = $2 AND seq >= $3
        UNION SELECT seq FROM telemetry_undated WHERE vehicle_id = $1 AND epoch = $2 AND lane = 'wav' AND seq >= $3`,
  med: 'SELECT seq FROM media_offer WHERE vehicle_id = $1 AND epoch = $2 AND seq >= $3',
};

const toRanges = (rows: readonly { from_seq: string; to_seq: string }[]): SeqRange[] =>
  mergeRanges(rows.map((row) => v.parse(SeqRange, [Number(row.from_seq), Number(row.to_seq)])));

async function readHeld(tx: Tx, vehicle: string, epoch: string, lane: Lane, from: number) {
  const stored = await tx.query<{ from_seq: string; to_seq: string }>(
    `SELECT min(seq) AS from_seq, max(seq) AS to_seq
     FROM (SELECT seq, seq - row_number() OVER (ORDER BY seq) AS island FROM (${seqSource[lane]}) AS held) AS x GROUP BY island ORDER BY 1`,
    [vehicle, epoch, from],
  );
  const refused = await tx.query<{ seq: string; code: string }>(
    'SELECT seq, code FROM quarantine WHERE vehicle_id = $1 AND epoch = $2 AND lane = $3 AND seq >= $4 ORDER BY seq LIMIT 2048',
    [vehicle, epoch, lane, from],
  );
  const shed = await tx.query<{ from_seq: string; to_seq: string }>(
    'SELECT from_seq, to_seq FROM lane_gap WHERE vehicle_id = $1 AND epoch = $2 AND lane = $3 AND to_seq >= $4 ORDER BY 1',
    [vehicle, epoch, lane, from],
  );
  return {
    stored: toRanges(stored),
    refused: refused.map((row) => ({ seq: Number(row.seq), code: row.code })),
    shed: toRanges(shed),
  };
}

export interface UplinkStoreOptions {
  readonly db: Db;
  readonly vault: Vault;
  readonly ids: Ids;
  readonly failpoint?: Failpoint;
  /** telemetry's own insert of one batch. */
  readonly insertTelemetry: (tx: Tx, entries: readonly TelemetryEntry[]) => void;
  readonly insertWaveforms: (tx: Tx, entries: readonly WaveformEntry[]) => void;
  readonly insertMedia: (tx: Tx, entries: readonly MediaEntry[]) => Promise<readonly MediaEntry[]>;
}

export function createUplinkStore({
  db,
  vault,
  ids,
  failpoint = noFailpoint,
  insertTelemetry,
  insertWaveforms,
  insertMedia,
}: UplinkStoreOptions): UplinkStore {
  return {
    insertTelemetry: (entries) =>
      db.withActor(ingest, (tx) => {
        insertTelemetry(tx, entries);
        failpoint('telemetry.before-commit');
      }),
    insertWaveforms: (entries) => db.withActor(ingest, (tx) => insertWaveforms(tx, entries)),
    insertMedia: (entries) => db.withActor(ingest, (tx) => insertMedia(tx, entries)),
    insertGap: (item, receivedAtMs) =>
      db.withActor(ingest, async (tx) => {
        await tx.query(
          `INSERT INTO lane_gap (vehicle_id, epoch, declared_seq, lane, from_seq, to_seq, cause, declared_at)
           SELECT $1, $2, $3, $4, f, t, $5, to_timestamp($6 / 1000.0) FROM unnest($7::bigint[], $8::bigint[]) AS x(f, t) ON CONFLICT DO NOTHING`,
          [
            item.vehicle,
            item.epoch,
            item.seq,
            item.gap.lane,
            item.gap.cause,
            receivedAtMs,
            item.gap.ranges.map((range) => range[0]),
            item.gap.ranges.map((range) => range[1]),
          ],
        );
      }),
    quarantine: (entry) =>
      db.withActor(ingest, async (tx) => {
        const place = `quarantine/${entry.vehicle}/${entry.lane}`;
        await tx.query(
          `INSERT INTO quarantine (quarantine_id, vehicle_id, epoch, lane, seq, code, raw, received_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, to_timestamp($8 / 1000.0)) ON CONFLICT DO NOTHING`,
          [
            ids.next(),
            entry.vehicle,
            entry.key?.epoch ?? null,
            entry.lane,
            entry.key?.seq ?? null,
            entry.code,
            vault.sealRaw(place, Buffer.from(entry.raw)),
            entry.receivedAtMs,
          ],
        );
      }),
    held: (vehicle, epoch, lane, from) => db.withActor(ingest, (tx) => readHeld(tx, vehicle, epoch, lane, from)),
    horizon: () =>
      db.withActor(ingest, async (tx) => {
        const rows = await tx.query<{ horizon: string }>('SELECT horizon FROM installation');
        if (!rows[0]) throw new Error('installation row is missing');
        return rows[0].horizon;
      }),
    hearEpoch: (vehicle, epoch) =>
      db.withActor(ingest, async (tx) => {
        await tx.query(
          `INSERT INTO vehicle_epoch (vehicle_id, epoch, first_heard_at, last_heard_at) VALUES ($1, $2, now(), now())
           ON CONFLICT (vehicle_id, epoch) DO UPDATE SET last_heard_at = now()`,
          [vehicle, epoch],
        );
        const others = await tx.query(
          `SELECT 1 FROM vehicle_epoch WHERE vehicle_id = $1 AND epoch <> $2 AND last_heard_at > now() - interval '${SECOND_EPOCH_WITHIN}'`,
          [vehicle, epoch],
        );
        return others.length > 0;
      }),
    classify: classifySqlError,
  };
}
