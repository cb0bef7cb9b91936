import type { World } from '../world/world.ts';
import { connectionBroken, lockTimeout } from './sql-error.ts';

type Mode = 'share' | 'update';
interface Waiting {
  readonly owner: object;
  readonly mode: Mode;
  grant(): void;
  refuse(error: Error): void;
}
interface Row {
  readonly holders: Map<object, Mode>;
  readonly waiting: Waiting[];
}

const LOCK_TIMEOUT_MS = 2_000;

/** Row locks of PostgreSQL as far as the product takes them: held to the end of the transaction, first come first served. */
export class RowLocks {
  readonly #world: World;
  readonly #rows = new Map<string, Row>();

  constructor(world: World) {
    this.#world = world;
  }

  /** @throws SqlError 55P03 after the lock timeout */
  async take(key: string, owner: object, mode: Mode = 'update'): Promise<void> {
    if (this.tryTake(key, owner, mode)) return;
    const row = this.#row(key);
    await new Promise<void>((resolve, reject) => {
      const grant = () => {
        withdraw();
        row.holders.set(owner, mode);
        resolve();
      };
      const refuse = (error: Error) => {
        withdraw();
        reject(error);
      };
      const waiting: Waiting = { owner, mode, grant, refuse };
      row.waiting.push(waiting);
      const withdraw = this.#world.after(LOCK_TIMEOUT_MS, () => {
        row.waiting.splice(row.waiting.indexOf(waiting), 1);
        reject(lockTimeout());
      });
    });
  }

  /** SKIP LOCKED: false where it would have to wait. */
  tryTake(key: string, owner: object, mode: Mode = 'update'): boolean {
    const row = this.#row(key);
    const held = row.holders.get(owner);
    if (held === 'update' || held === mode) return true;
    if (row.waiting.length > 0 || !this.#fits(row, owner, mode)) return false;
    row.holders.set(owner, mode);
    return true;
  }

  release(owner: object): void {
    for (const [key, row] of this.#rows) {
      const place = row.waiting.findIndex((waiting) => waiting.owner === owner);
      if (place >= 0) row.waiting.splice(place, 1)[0]?.refuse(connectionBroken());
      if (!row.holders.delete(owner) && place < 0) continue;
      while (row.waiting[0] && this.#fits(row, row.waiting[0].owner, row.waiting[0].mode)) row.waiting.shift()?.grant();
      if (row.holders.size === 0 && row.waiting.length === 0) this.#rows.delete(key);
    }
  }

  #row(key: string): Row {
    const known = this.#rows.get(key);
    if (known) return known;
    const made: Row = { holders: new Map(), waiting: [] };
    this.#rows.set(key, made);
    return made;
  }

  #fits(row: Row, owner: object, mode: Mode): boolean {
    return [...row.holders].every(([holder, held]) => holder === owner || (mode === 'share' && held === 'share'));
  }
}
