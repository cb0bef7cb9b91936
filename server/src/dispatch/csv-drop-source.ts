import { lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { holdDuty } from '../audit/audit-chain-store.ts';
import { systemActor } from '../platform/actor.ts';
import { DomainError } from '../platform/errors.ts';
import type { Timers } from '../platform/ports.ts';
import { Repeat } from '../platform/repeat.ts';
import { readCsv, type CsvRow } from './csv-text.ts';
import type { JobOrigin } from './dispatch-job.ts';
import { readJobRow } from './job-row.ts';
import { receiveDispatchJob, type DispatchPorts } from './receive-dispatch-job.ts';

const clockRole = systemActor('clock');
const DUTY = 'dispatch-csv';
const EVERY_MS = 2_000;
const LEASE_MS = 15_000;
/** A file that has not grown for so long is whole, where its writer neither renames it nor says so beside it. */
const STABLE_MS = 3_000;
const MAX_BYTES = 16 * 1024 * 1024;
const LEASE_EVERY_ROWS = 100;

export interface CsvDropOptions extends DispatchPorts {
  readonly directory: string;
  readonly centre: string;
  readonly holder: string;
}

interface Problem {
  readonly line: number | null;
  readonly code: string;
  /** The job was taken all the same, without this field. */
  readonly isTaken: boolean;
}

/** How a file looked, and since when it has looked so. */
interface Seen {
  readonly size: number;
  readonly mtimeMs: number;
  readonly sinceMs: number;
}

const isCsv = (name: string): boolean => /^[^.].*\.csv$/i.test(name);

/**
 * Takes whole CSV files out of a directory and tells their rows as jobs. A file goes to done/, or with a list of lines
 * and codes to failed/; what was told of it before a crash is told again and changes nothing.
 */
export class CsvDropSource {
  readonly #options: CsvDropOptions;
  readonly #origin: JobOrigin;
  #seen = new Map<string, Seen>();

  constructor(options: CsvDropOptions) {
    this.#options = options;
    this.#origin = { centre: options.centre, source: 'csv', actorId: 'dispatch-csv' };
  }

  asService(timers: Timers): Repeat {
    const { log } = this.#options;
    return new Repeat({ name: 'dispatch-csv', everyMs: EVERY_MS, timers, log, work: () => this.look() });
  }

  /** One look into the directory: every file that is whole is taken, the oldest name first. */
  async look(): Promise<void> {
    const { directory } = this.#options;
    if (!(await this.#holdDuty())) return;
    for (const folder of ['done', 'failed']) await mkdir(path.join(directory, folder), { recursive: true });
    const names = await readdir(directory);
    const present = new Set(names);
    const seen = new Map<string, Seen>();
    for (const name of names.filter(isCsv).sort()) {
      if (await this.#isWhole(name, present.has(`${name}.done`), seen)) await this.#take(name);
    }
    this.#seen = seen;
  }

  #holdDuty(): Promise<boolean> {
    const { db, holder } = this.#options;
    return db.withActor(clockRole, (tx) => holdDuty(tx, DUTY, holder, LEASE_MS));
  }

  async #isWhole(name: string, isSaidToBe: boolean, seen: Map<string, Seen>): Promise<boolean> {
    // Not followed: a link laid here would have this server read and move whatever it points to.
    const file = await lstat(path.join(this.#options.directory, name)).catch(() => null);
    if (!file?.isFile()) return false;
    if (isSaidToBe) return true;
    const { size, mtimeMs } = file;
    const nowMs = this.#options.clock.nowMs();
    const before = this.#seen.get(name);
    const isSame = before?.size === size && before.mtimeMs === mtimeMs;
    const sinceMs = isSame ? before.sinceMs : nowMs;
    seen.set(name, { size, mtimeMs, sinceMs });
    return size > 0 && nowMs - sinceMs >= STABLE_MS;
  }

  async #take(name: string): Promise<void> {
    const file = path.join(this.#options.directory, name);
    const { size } = await lstat(file);
    const read =
      size > MAX_BYTES ? ({ kind: 'refused', code: 'csv.too-large' } as const) : readCsv(await readFile(file));
    const problems: Problem[] =
      read.kind === 'refused' ? [{ line: null, code: read.code, isTaken: false }] : await this.#tellAll(read.rows);
    const rows = read.kind === 'rows' ? read.rows.length : 0;
    await this.#moveAway(name, problems);
    const fields = { rows, problems: problems.length };
    if (problems.length > 0) this.#options.log.warn('dispatch-csv.file-failed', fields);
    else this.#options.log.info('dispatch-csv.file-done', fields);
  }

  async #tellAll(rows: readonly CsvRow[]): Promise<Problem[]> {
    const problems: Problem[] = [];
    for (const [index, row] of rows.entries()) {
      if (index % LEASE_EVERY_ROWS === LEASE_EVERY_ROWS - 1) await this.#holdDuty();
      problems.push(...(await this.#tell(row)));
    }
    return problems;
  }

  async #tell({ line, cells }: CsvRow): Promise<Problem[]> {
    const { job, problems } = readJobRow(cells);
    if (job === null) return problems.map((code) => ({ line, code, isTaken: false }));
    try {
      await receiveDispatchJob(this.#options, job, this.#origin);
      return problems.map((code) => ({ line, code, isTaken: true }));
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind === 'unavailable') throw error;
      return [...problems, error.code].map((code) => ({ line, code, isTaken: false }));
    }
  }

  /** Lines and codes only: what stands in the file stands in the file. A name already there is not written over. */
  async #moveAway(name: string, problems: readonly Problem[]): Promise<void> {
    const { directory, ids } = this.#options;
    const folder = path.join(directory, problems.length > 0 ? 'failed' : 'done');
    const isTaken = (await readdir(folder)).includes(name);
    const kept = isTaken ? `${path.parse(name).name}.${ids.next()}.csv` : name;
    if (problems.length > 0)
      await writeFile(path.join(folder, `${kept}.errors.json`), `${JSON.stringify(problems, null, 2)}\n`, {
        mode: 0o600,
      });
    await rename(path.join(directory, name), path.join(folder, kept));
    await rm(path.join(directory, `${name}.done`), { force: true });
  }
}
