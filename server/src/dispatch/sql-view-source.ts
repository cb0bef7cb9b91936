import { holdDuty } from '../audit/audit-chain-store.ts';
import { systemActor } from '../platform/actor.ts';
import { DomainError } from '../platform/errors.ts';
import { errorFields } from '../platform/logger.ts';
import type { Timers } from '../platform/ports.ts';
import { Repeat } from '../platform/repeat.ts';
import { derivedUuid, type JobOrigin } from './dispatch-job.ts';
import { isPassing } from './dispatch-job-store.ts';
import { readJobRow } from './job-row.ts';
import { receiveDispatchJob, type DispatchPorts } from './receive-dispatch-job.ts';
import { keepRefused } from './refused-row-store.ts';
import {
  chinaTime,
  keepCursor,
  readCursor,
  withView,
  type ViewCursor,
  type ViewFrom,
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
/** Where nothing was read yet: what runs now began within so long. The history before it opens no case and rings nobody. */
const FIRST_LOOK_MS = 6 * 3_600_000;
/** Counting may look at the whole view: not with every poll. */
const COUNT_EVERY_MS = 60_000;
const DUTY = 'dispatch-sql-view';

export interface SqlViewOptions extends DispatchPorts {
  readonly place: ViewPlace;
  readonly centre: string;
  /** This instance's id: one of them polls. */
  readonly holder: string;
}

/** What a row is known by: its place and all it says. The same second may hold two states of one job. */
const keyOf = ({ cells, cursor }: ViewRow): string =>
  derivedUuid('dispatch-view-row', cursor.changedAt, cursor.jobNumber, JSON.stringify(cells));

/** Reads the centre's view and tells its rows as jobs, in order; what was told is remembered by the cursor. */
export class SqlViewSource {
  readonly #options: SqlViewOptions;
  readonly #origin: JobOrigin;
  /** Rows met within the last LATE_MS, so that meeting them again costs nothing. Told twice they would do no harm. */
  #told = new Set<string>();
  #countedAtMs: number | null = null;

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
    const { db, holder, clock } = this.#options;
    const met = new Set<string>();
    const begin: ViewFrom =
      from === null
        ? { changedAt: chinaTime(clock.nowMs() - FIRST_LOOK_MS), jobNumber: null }
        : await reader.earlier(from, LATE_MS);
    let after = begin;
    for (;;) {
      const rows = await reader.rowsAfter(after, PAGE);
      for (const row of rows) {
        const key = keyOf(row);
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
    await this.#countUnplaced(reader, begin);
  }

  /** A row without a time or a number is never met in their order: its job is missing until somebody mends the view. */
  async #countUnplaced(reader: ViewReader, from: ViewFrom): Promise<void> {
    const { clock, log } = this.#options;
    const nowMs = clock.nowMs();
    if (this.#countedAtMs !== null && nowMs - this.#countedAtMs < COUNT_EVERY_MS) return;
    this.#countedAtMs = nowMs;
    try {
      const { withoutTime, withoutNumber } = await reader.unplaced(from);
      if (withoutTime + withoutNumber > 0) log.error('dispatch-view.rows-unplaced', { withoutTime, withoutNumber });
    } catch (error) {
      log.warn('dispatch-view.uncounted', errorFields(error));
    }
  }

  /** Throws only what passes: then the same row is told again. A row that fails by itself stands in nobody's way. */
  async #tell(row: ViewRow): Promise<void> {
    const { clock, log } = this.#options;
    const { job, problems } = readJobRow(row.cells, clock.nowMs());
    let codes = [...problems];
    if (job !== null) {
      try {
        await receiveDispatchJob(this.#options, job, this.#origin);
      } catch (error) {
        if (isPassing(error)) throw error;
        const isRefusal = error instanceof DomainError;
        if (!isRefusal) log.error('dispatch-view.row-failed', { rowId: keyOf(row), ...errorFields(error) });
        codes = [...codes, isRefusal ? error.code : 'dispatch-job.failed'];
      }
    }
    if (codes.length > 0) await this.#quarantine(row, codes);
  }

  async #quarantine(row: ViewRow, codes: readonly string[]): Promise<void> {
    const { db, vault, clock, log, centre } = this.#options;
    const code = codes.at(-1) ?? '';
    const refusedId = derivedUuid('dispatch-refused', DUTY, keyOf(row), code);
    const raw = vault.sealRaw(`dispatch_refused/${refusedId}`, Buffer.from(JSON.stringify(row.cells)));
    log.warn('dispatch-view.row-refused', { refusedId, rowId: keyOf(row), code });
    await db.withActor(ingest, (tx) =>
      keepRefused(tx, { refusedId, centre, source: 'sql-view', code, raw, atMs: clock.nowMs() }),
    );
  }
}
