import { createHash } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { holdDuty } from '../audit/audit-chain-store.ts';
import { systemActor } from '../platform/actor.ts';
import { DomainError } from '../platform/errors.ts';
import { errorFields } from '../platform/logger.ts';
import type { Timers } from '../platform/ports.ts';
import { Repeat } from '../platform/repeat.ts';
import { readCsv, type CsvRow } from './csv-text.ts';
import type { JobOrigin } from './dispatch-job.ts';
import { isPassing } from './dispatch-job-store.ts';
import { readJobRow } from './job-row.ts';
import { receiveDispatchJob, type DispatchPorts } from './receive-dispatch-job.ts';
import { WholeFiles } from './whole-files.ts';

const clockRole = systemActor('clock');
const DUTY = 'dispatch-csv';
const EVERY_MS = 2_000;
const LEASE_MS = 15_000;
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

interface Told {
  readonly rows: number;
  readonly problems: readonly Problem[];
}

/** A name may hold a patient's: logs say the beginning of its SHA-256. */
const fileIdOf = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 16);

const isCsv = (name: string): boolean => /^[^.].*\.csv$/i.test(name);

/**
 * Takes whole CSV files out of a directory and tells their rows as jobs. A file goes to done/, or with a list of lines
 * and codes to failed/; what was told of it before a crash is told again and changes nothing.
 */
export class CsvDropSource {
  readonly #options: CsvDropOptions;
  readonly #origin: JobOrigin;
  readonly #files: WholeFiles;
  /** Files whose rows were told and that could not be put away yet, by name. */
  readonly #told = new Map<string, Told & { readonly version: string }>();

  constructor(options: CsvDropOptions) {
    this.#options = options;
    this.#files = new WholeFiles(options.directory, options.clock);
    this.#origin = { centre: options.centre, source: 'csv', actorId: 'dispatch-csv' };
  }

  asService(timers: Timers): Repeat {
    const { log } = this.#options;
    return new Repeat({ name: 'dispatch-csv', everyMs: EVERY_MS, timers, log, work: () => this.look() });
  }

  /**
   * One look into the directory: every file that is whole is taken, the oldest name first. What passes by itself ends the
   * look, so that the next one begins with the same file and none is told before an older one; a file that fails by
   * itself is logged, and those behind it are taken.
   */
  async look(): Promise<void> {
    const { directory, log } = this.#options;
    if (!(await this.#holdDuty())) return;
    for (const folder of ['done', 'failed']) await mkdir(path.join(directory, folder), { recursive: true });
    const names = await readdir(directory);
    for (const name of this.#told.keys()) if (!names.includes(name)) this.#told.delete(name);
    for await (const { name, version, kind } of this.#files.look(names, isCsv)) {
      if (kind === 'unfinished') log.warn('dispatch-csv.file-unfinished', { fileId: fileIdOf(name) });
      if (kind !== 'whole') continue;
      try {
        await this.#take(name, version);
      } catch (error) {
        if (isPassing(error)) throw error;
        log.error('dispatch-csv.file-stuck', { fileId: fileIdOf(name), ...errorFields(error) });
      }
    }
  }

  #holdDuty(): Promise<boolean> {
    const { db, holder } = this.#options;
    return db.withActor(clockRole, (tx) => holdDuty(tx, DUTY, holder, LEASE_MS));
  }

  /** Told once; what stands in the way of its being put away is tried again, and the file is not told again for it. */
  async #take(name: string, version: string): Promise<void> {
    const before = this.#told.get(name);
    const told = before?.version === version ? before : { version, ...(await this.#tellFile(name)) };
    this.#told.set(name, told);
    await this.#moveAway(name, told.problems);
    this.#told.delete(name);
    const fields = { rows: told.rows, problems: told.problems.length };
    if (told.problems.length > 0) this.#options.log.warn('dispatch-csv.file-failed', fields);
    else this.#options.log.info('dispatch-csv.file-done', fields);
  }

  async #tellFile(name: string): Promise<Told> {
    const file = path.join(this.#options.directory, name);
    const { size } = await lstat(file);
    const read =
      size > MAX_BYTES ? ({ kind: 'refused', code: 'csv.too-large' } as const) : readCsv(await readFile(file));
    if (read.kind === 'refused') return { rows: 0, problems: [{ line: null, code: read.code, isTaken: false }] };
    return { rows: read.rows.length, problems: await this.#tellAll(fileIdOf(name), read.rows) };
  }

  async #tellAll(fileId: string, rows: readonly CsvRow[]): Promise<Problem[]> {
    const problems: Problem[] = [];
    for (const [index, row] of rows.entries()) {
      if (index % LEASE_EVERY_ROWS === LEASE_EVERY_ROWS - 1) await this.#holdDuty();
      problems.push(...(await this.#tell(fileId, row)));
    }
    return problems;
  }

  async #tell(fileId: string, { line, cells }: CsvRow): Promise<Problem[]> {
    if (cells === null) return [{ line, code: 'csv.row-length', isTaken: false }];
    const { job, problems } = readJobRow(cells, this.#options.clock.nowMs());
    if (job === null) return problems.map((code) => ({ line, code, isTaken: false }));
    try {
      await receiveDispatchJob(this.#options, job, this.#origin);
      return problems.map((code) => ({ line, code, isTaken: true }));
    } catch (error) {
      if (isPassing(error)) throw error;
      const isRefusal = error instanceof DomainError;
      if (!isRefusal) this.#options.log.error('dispatch-csv.row-failed', { fileId, line, ...errorFields(error) });
      return [...problems, isRefusal ? error.code : 'dispatch-job.failed'].map((code) => ({
        line,
        code,
        isTaken: false,
      }));
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
