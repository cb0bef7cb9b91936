import { closeSync, existsSync, openSync, rmSync, writeSync } from 'node:fs';

const BLOCK = Buffer.alloc(64 * 1024);

/**
 * A file that only takes up room. On a full disk even deleting needs some: giving the reserve back lets the journal
 * empty its WAL and drop what may go (faults.md E3).
 */
export class DiskReserve {
  readonly #path: string;
  readonly #bytes: number;

  constructor(path: string, bytes: number) {
    this.#path = path;
    this.#bytes = bytes;
  }

  /** Makes the reserve where there is room for it. */
  fill(): void {
    if (this.#bytes === 0 || existsSync(this.#path)) return;
    try {
      const file = openSync(this.#path, 'wx', 0o600);
      try {
        for (let written = 0; written < this.#bytes; written += BLOCK.length) writeSync(file, BLOCK);
      } finally {
        closeSync(file);
      }
    } catch {
      rmSync(this.#path, { force: true });
    }
  }

  release(): void {
    rmSync(this.#path, { force: true });
  }
}
