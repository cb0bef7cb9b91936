import type { CasePlan } from '@pentad/server/cases/case-planner';
import type { CaseGuard } from '@pentad/server/cases/case-units';
import type { Actor } from '@pentad/server/platform/actor';
import type { Life } from '../world/life.ts';
import type { World } from '../world/world.ts';
import { RowLocks } from './row-locks.ts';
import { connectionBroken, connectionRefused } from './sql-error.ts';
import { Tables } from './tables.ts';

/** How ill the database is; 0 everywhere when it is well. */
export interface StoreFaults {
  /** Share of commits that end each way. */
  commitLost: number;
  commitUnknown: number;
  crashBeforeCommit: number;
  crashAfterCommit: number;
  /** Share of reads whose connection breaks. */
  readBroken: number;
  usualLatencyMs: number;
}

export interface CaseCommit {
  readonly by: string;
  readonly actor: Actor;
  readonly guard: CaseGuard | null;
  readonly plan: CasePlan;
}

const IDLE_IN_TRANSACTION_MS = 10_000;

/** A transaction in progress. What it changes is staged and applied in one step at COMMIT. */
export class SimTx {
  readonly startedAtMs: number;
  readonly #store: SimStore;
  readonly #life: Life;
  readonly #staged: (() => void)[] = [];
  isGone = false;

  constructor(store: SimStore, life: Life) {
    this.#store = store;
    this.#life = life;
    this.startedAtMs = store.world.nowMs;
  }

  /** A statement and its answer: time passes, the connection may be found broken, a held-up client keeps its locks. */
  async statement(): Promise<void> {
    const { world, faults } = this.#store;
    await world.sleep(world.rng.latencyMs(faults.usualLatencyMs));
    this.check();
    if (!this.#life.isHeldUp) return;
    const idleTooLong = world.after(IDLE_IN_TRANSACTION_MS, () => this.#store.abort(this));
    await this.#life.turn();
    idleTooLong();
    this.check();
  }

  check(): void {
    if (this.isGone) throw connectionBroken();
  }

  lock(key: string, mode: 'share' | 'update' = 'update'): Promise<void> {
    return this.#store.locks.take(key, this, mode).then(() => this.check());
  }

  tryLock(key: string): boolean {
    return this.#store.locks.tryTake(key, this);
  }

  stage(change: () => void): void {
    this.#staged.push(change);
  }

  get hasChanges(): boolean {
    return this.#staged.length > 0;
  }

  apply(): void {
    for (const change of this.#staged) change();
  }
}

/**
 * PostgreSQL as the product uses it: committed tables, transactions that take time, row locks, commits that are lost or
 * whose outcome the caller never learns, and outages. Clients are lives: one that ends rolls back unless its COMMIT
 * was already sent.
 */
export class SimStore {
  readonly world: World;
  readonly tables = new Tables();
  readonly locks: RowLocks;
  readonly faults: StoreFaults = {
    commitLost: 0,
    commitUnknown: 0,
    crashBeforeCommit: 0,
    crashAfterCommit: 0,
    readBroken: 0,
    usualLatencyMs: 2,
  };
  readonly caseCommitted: ((commit: CaseCommit) => void)[] = [];
  readonly notified: (() => void)[] = [];
  readonly #running = new Set<SimTx>();
  #isDown = false;

  constructor(world: World) {
    this.world = world;
    this.locks = new RowLocks(world);
  }

  get isDown(): boolean {
    return this.#isDown;
  }

  goDown(): void {
    this.#isDown = true;
    for (const tx of this.#running) this.abort(tx);
  }

  comeUp(): void {
    this.#isDown = false;
  }

  /** One statement that only reads: the snapshot is taken somewhere between question and answer. */
  read<T>(life: Life, from: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.world.after(this.world.rng.latencyMs(this.faults.usualLatencyMs), () => {
        const isBroken = this.world.rng.isTrue(this.faults.readBroken);
        if (this.#isDown || isBroken) {
          life.deliver(() => reject(isBroken ? connectionBroken() : connectionRefused()));
          return;
        }
        const rows = from();
        life.deliver(() => resolve(rows));
      });
    });
  }

  /** Answers reach only the life that asked, and only while it lives. */
  transaction<T>(life: Life, work: (tx: SimTx) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#run(life, work).then(
        (result) => life.deliver(() => resolve(result)),
        (error: unknown) => life.deliver(() => reject(error instanceof Error ? error : new Error(String(error)))),
      );
    });
  }

  async #run<T>(life: Life, work: (tx: SimTx) => Promise<T>): Promise<T> {
    if (this.#isDown) {
      await this.world.sleep(this.world.rng.latencyMs(5));
      throw connectionRefused();
    }
    const tx = new SimTx(this, life);
    this.#running.add(tx);
    const forget = life.onEnd(() => this.abort(tx));
    try {
      await tx.statement();
      const result = await work(tx);
      forget();
      await this.#commit(tx, life);
      return result;
    } finally {
      forget();
      this.#end(tx);
    }
  }

  async #commit(tx: SimTx, life: Life): Promise<void> {
    const { rng } = this.world;
    const { commitLost, commitUnknown, crashBeforeCommit, crashAfterCommit, usualLatencyMs } = this.faults;
    if (life.isHeldUp) await life.turn();
    tx.check();
    if (!life.isAlive) throw connectionBroken();
    // What only read has nothing to lose.
    const draw = tx.hasChanges ? rng.fraction() : 1;
    await this.world.sleep(rng.latencyMs(usualLatencyMs));
    tx.check();
    const isOf = (from: number, share: number) => draw >= from && draw < from + share;
    if (isOf(0, commitLost)) throw connectionBroken();
    if (isOf(commitLost + commitUnknown, crashBeforeCommit) && this.#mayCrash(life)) {
      this.world.note('crash', `${life.name} before commit`);
      life.end();
      throw connectionBroken();
    }
    tx.apply();
    this.#end(tx);
    if (isOf(commitLost, commitUnknown)) throw connectionBroken();
    if (isOf(commitLost + commitUnknown + crashBeforeCommit, crashAfterCommit) && this.#mayCrash(life)) {
      this.world.note('crash', `${life.name} after commit`);
      life.end();
    }
  }

  #mayCrash(life: Life): boolean {
    return life.isAlive && life.name.startsWith('server');
  }

  abort(tx: SimTx): void {
    tx.isGone = true;
    this.#end(tx);
  }

  #end(tx: SimTx): void {
    this.#running.delete(tx);
    this.locks.release(tx);
  }
}
