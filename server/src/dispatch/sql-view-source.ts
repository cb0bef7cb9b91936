import { holdDuty } from '../audit/audit-chain-store.ts';
import { systemActor } from '../platform/actor.ts';
import { DomainError } from '../platform/errors.ts';
import type { Timers } from '../platform/ports.ts';
import { Repeat } from '../platform/repeat.ts';
import { derivedUuid, type JobOrigin } from './dispatch-job.ts';
import { readJobRow } from './job-row.ts';
import { receiveDispatchJob, type DispatchPorts } from './receive-dispatch-job.ts';
import {
  keepCursor,
  keepRefused,
  readCursor,
  withView,
  type ViewCursor,
  type ViewPlace,
  type ViewReader,
  type ViewRow,
} from './sql-view-store.ts';

const ingest = systemActor('ingest');
const clockRole = systemActor('clock');
const EVERY_MS = 5_000;
const LEASE_MS = 15_000;
const PAGE = 200;
/** A row is stamped when it is written and seen when it is committed: so long after its own time it may still appear. */
const LATE_MS = 60_000;
const DUTY = 'dispatch-sql-view';

export interface SqlViewOptions extends DispatchPorts {
  readonly place: ViewPlace;
  readonly centre: string;
  /** This instance's id: one of them polls. */
  readonly holder: string;
}

/** Reads the centre's view and tells its rows as jobs, in order; what was told is remembered by the cursor. */
export class SqlViewSource {
  readonly #options: SqlViewOptions;
  readonly #origin: JobOrigin;
  /** Rows met within the last LATE_MS, so that meeting them again costs nothing. Told twice they would do no harm. */
  #told = new Set<string>();

  constructor(options: SqlViewOptions) {
    this.#options = options;
    this.#origin = { centre: options.centre, source: 'sql-view', actorId: 'dispatch-sql-view' };
  }

  asService(timers: Timers): Repeat {
    const { log } = this.#options;
    return new Repeat({ name: 'dispatch-sql-view', everyMs: EVERY_MS, timers, log, work: () => this.poll() });
  }

  /** One look: everything there is after the cursor. Throws what is not a row's own fault, and goes on from there. */
  async poll(): Promise<void> {
    const { db, holder, place, log } = this.#options;
    if (!(await db.withActor(clockRole, (tx) => holdDuty(tx, DUTY, holder, LEASE_MS)))) return;
    const from = await db.withActor(ingest, (tx) => readCursor(tx, DUTY));
    const code = await withView(place, (reader) => this.#readFrom(reader, from));
    if (code !== null) log.error('dispatch-view.unreadable', { code });
  }

  async #readFrom(reader: ViewReader, from: ViewCursor | null): Promise<void> {
    const { db, holder } = this.#options;
    const met = new Set<string>();
    let after = from === null ? null : await reader.earlier(from, LATE_MS);
    for (;;) {
      const rows = await reader.rowsAfter(after, PAGE);
      for (const row of rows) {
        const key = JSON.stringify(row.cursor);
        if (!this.#told.has(key)) await this.#tell(row);
        this.#told.add(key);
        met.add(key);
      }
      const last = rows.at(-1)?.cursor;
      if (!last) break;
      after = last;
      const isOurs = await db.withActor(clockRole, (tx) => holdDuty(tx, DUTY, holder, LEASE_MS));
      await db.withActor(ingest, (tx) => keepCursor(tx, DUTY, last));
      if (!isOurs || rows.length < PAGE) break;
    }
    this.#told = met;
  }

  async #tell({ cells, cursor }: ViewRow): Promise<void> {
    const { job, problems } = readJobRow(cells);
    let codes = [...problems];
    if (job !== null) {
      try {
        await receiveDispatchJob(this.#options, job, this.#origin);
      } catch (error) {
        if (!(error instanceof DomainError) || error.kind === 'unavailable') throw error;
        codes = [...codes, error.code];
      }
    }
    if (codes.length > 0) await this.#quarantine(cells, cursor, codes);
  }

  async #quarantine(cells: ViewRow['cells'], cursor: ViewCursor, codes: readonly string[]): Promise<void> {
    const { db, vault, clock, log, centre } = this.#options;
    const code = codes.at(-1) ?? '';
    const refusedId = derivedUuid('dispatch-refused', DUTY, cursor.changedAt, cursor.jobNumber, code);
    const raw = vault.sealRaw(`dispatch_refused/${refusedId}`, Buffer.from(JSON.stringify(cells)));
    log.warn('dispatch-view.row-refused', { refusedId, code });
    await db.withActor(ingest, (tx) => keepRefused(tx, { refusedId, centre, code, raw, atMs: clock.nowMs() }));
  }
}
