import type { NumericsView } from '@pentad/protocol/console-feed';
import type { StaffId } from '@pentad/protocol/ids';
import { vitalNames } from '@pentad/protocol/vitals';
import { classifySqlError } from '@pentad/server/db/sql-errors';
import { systemActor, type StaffActor } from '@pentad/server/platform/actor';
import { createLogger } from '@pentad/server/platform/logger';
import { systemTimers } from '@pentad/server/platform/system-ports';
import { readHistory } from '@pentad/server/telemetry/numerics-history-store';
import { columnOf, insertTelemetry } from '@pentad/server/telemetry/telemetry-store';
import { TelemetryWriter } from '@pentad/server/telemetry/telemetry-writer';
import type { NumericsEntry, TelemetryEntry } from '@pentad/server/uplink/uplink-entry';
import type pg from 'pg';
import type { Database } from '@pentad/server/app-database';
import { vehicleOf } from '../fleet/fleet.ts';
import { watcherLogin } from '../stand/seed-stand.ts';
import { HISTORY_VEHICLES, HistoryFleet, type CaseWindow } from './history-fleet.ts';

/** As the route of a case's numerics asks for it (server, numerics-history). */
const MAX_ROWS = 5_000;
const MAX_WAITING = 4_000;
/** Of the whole fleet, in one batch of the writer. */
const SECONDS_A_BATCH = 2;
const copied = ['vehicle_id', 'epoch', 'patient_slot', 'boot_id', 'clock_offset_ms', 'clock_error_ms', 'is_backfill'];

export interface TableSize {
  readonly heapBytes: number;
  /** Bytes of each index, all partitions together. */
  readonly indexBytes: Readonly<Record<string, number>>;
  readonly totalBytes: number;
}

/** `numerics` of one database, written by the server's own writer and read by its own query. */
export class HistoryTable {
  readonly #database: Database;
  readonly #sql: pg.Client;
  readonly #fleet: HistoryFleet;
  readonly #watcher: StaffActor;
  readonly #writer: TelemetryWriter<TelemetryEntry>;
  #waiting = 0;
  #refused = 0;
  #onRoom: (() => void) | null = null;

  private constructor(database: Database, sql: pg.Client, fleet: HistoryFleet, watcher: StaffActor) {
    this.#database = database;
    this.#sql = sql;
    this.#fleet = fleet;
    this.#watcher = watcher;
    this.#writer = new TelemetryWriter<TelemetryEntry>({
      store: { classify: classifySqlError, quarantine: () => Promise.resolve() },
      insert: (entries) =>
        database.db.withActor(systemActor('ingest'), (tx) => {
          insertTelemetry(tx, entries);
        }),
      timers: systemTimers,
      log: createLogger('error'),
      onCommitted: (entries) => {
        for (const { end } of entries) end({ kind: 'given-up' });
        return Promise.resolve();
      },
    });
  }

  /** @param sql the owner's connection to the same database */
  static async open(database: Database, sql: pg.Client, fleet: HistoryFleet): Promise<HistoryTable> {
    const { rows } = await sql.query<{ staff_id: string }>('SELECT staff_id FROM staff WHERE login = $1', [
      watcherLogin(0),
    ]);
    const staffId = (rows[0]?.staff_id ?? '') as StaffId;
    return new HistoryTable(database, sql, fleet, {
      kind: 'staff',
      staffId,
      name: watcherLogin(0),
      role: 'dispatcher',
      desks: [],
    });
  }

  /** The fleet drives on for `rows` samples; returns when all are committed. */
  async grow(rows: number): Promise<void> {
    for (let added = 0; added < rows; added += 1) {
      const item = this.#fleet.next();
      this.#waiting += 1;
      const entry: NumericsEntry = {
        item,
        road: 'vit',
        shard: 0,
        receivedAtMs: item.measuredAtMs + 40,
        raw: new Uint8Array(),
        end: ({ kind }) => {
          this.#waiting -= 1;
          if (kind === 'refused') this.#refused += 1;
          if (this.#waiting < MAX_WAITING / 2) this.#onRoom?.();
        },
      };
      this.#writer.add(entry);
      if (this.#waiting >= MAX_WAITING) await this.#until(() => this.#waiting < MAX_WAITING / 2);
    }
    await this.#until(() => this.#waiting === 0);
  }

  /** What the writer has written so far, once more and later, in the order it would have come: a seed is a matter of minutes. */
  async repeat(rows: number): Promise<void> {
    const seconds = rows / HISTORY_VEHICLES;
    const { fromSecond, cases } = this.#fleet.driveOn(seconds);
    const vehicles = Array.from(cases, (_, index) => vehicleOf(index));
    const columns = [...copied, ...vitalNames.map((name) => columnOf[name])].map((name) => `n.${name}`).join(', ');
    await this.#sql.query(
      `INSERT INTO numerics (day, seq, case_id, measured_at, captured_at, received_at, monotonic_ms, blood_pressure_at, temperature_at, ${columns.replaceAll('n.', '')})
       SELECT ((n.measured_at + later) AT TIME ZONE 'UTC')::date, n.seq + $3::bigint, x.case_id, n.measured_at + later, n.captured_at + later,
         n.received_at + later, n.monotonic_ms + 1000 * $3::bigint, n.blood_pressure_at + later, n.temperature_at + later, ${columns}
       FROM numerics n JOIN unnest($1::text[], $2::uuid[]) AS x(vehicle_id, case_id) USING (vehicle_id),
         make_interval(secs => $3::float8) AS later
       WHERE n.seq <= $4 ORDER BY n.seq / $5, n.vehicle_id, n.seq`,
      [vehicles, cases, fromSecond, seconds, SECONDS_A_BATCH],
    );
  }

  /** As long after: hint bits written, statistics taken, nothing left for a checkpoint. */
  async settle(): Promise<void> {
    await this.#sql.query('VACUUM (ANALYZE) numerics');
    await this.#sql.query('CHECKPOINT');
  }

  window = (share: number): CaseWindow => this.#fleet.window(share);

  /** @throws Error when the window is not full */
  async read({ caseId, vehicle, fromMs, toMs, rows }: CaseWindow): Promise<readonly NumericsView[]> {
    const views = await this.#database.db.withActor(this.#watcher, (tx) =>
      readHistory(tx, { caseId, vehicle, fromMs, toMs, maxRows: MAX_ROWS }),
    );
    if (views.length !== rows) throw new Error(`${views.length} of ${rows} rows in a window`);
    return views;
  }

  /** Rows == samples. @throws Error saying what is missing */
  async check(): Promise<number> {
    const { rows } = await this.#sql.query<{ n: string; undated: string }>(
      'SELECT (SELECT count(*) FROM numerics) AS n, (SELECT count(*) FROM telemetry_undated) AS undated',
    );
    const n = Number(rows[0]?.n);
    if (n !== this.#fleet.made || rows[0]?.undated !== '0' || this.#refused > 0)
      throw new Error(`${n} of ${this.#fleet.made} rows; undated ${rows[0]?.undated}, refused ${this.#refused}`);
    return n;
  }

  async size(): Promise<TableSize> {
    const heap = await this.#sql.query<{ heap: string; total: string }>(
      `SELECT sum(pg_table_size(inhrelid)) AS heap, sum(pg_total_relation_size(inhrelid)) AS total
       FROM pg_inherits WHERE inhparent = 'numerics'::regclass`,
    );
    const indexes = await this.#sql.query<{ name: string; bytes: string }>(
      `SELECT p.relname AS name, sum(pg_relation_size(i.inhrelid)) AS bytes
       FROM pg_index x JOIN pg_inherits i ON i.inhparent = x.indexrelid JOIN pg_class p ON p.oid = x.indexrelid
       WHERE x.indrelid = 'numerics'::regclass GROUP BY 1 ORDER BY 1`,
    );
    return {
      heapBytes: Number(heap.rows[0]?.heap),
      indexBytes: Object.fromEntries(indexes.rows.map(({ name, bytes }) => [name, Number(bytes)])),
      totalBytes: Number(heap.rows[0]?.total),
    };
  }

  /** @returns the bytes of all indexes after it */
  async rebuildIndexes(): Promise<number> {
    await this.#sql.query('REINDEX TABLE numerics');
    const { indexBytes } = await this.size();
    return Object.values(indexBytes).reduce((sum, bytes) => sum + bytes, 0);
  }

  async #until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await new Promise<void>((resolve) => (this.#onRoom = resolve));
      this.#onRoom = null;
    }
  }
}
