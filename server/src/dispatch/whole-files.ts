import { lstat, open } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../platform/ports.ts';

/** A file that has not grown for so long is whole, where its writer neither renames it nor says so beside it. */
const STABLE_MS = 3_000;
const lineEnds: readonly (number | undefined)[] = [0x0a, 0x0d];

/** How a file looked, and since when it has looked so. */
interface Seen {
  /** Which file it is, whatever its name: a number that is used again has another time of birth. */
  readonly file: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly sinceMs: number;
  readonly isRenamed: boolean;
  readonly isSaid: boolean;
}

export interface FileLook {
  readonly name: string;
  /** This file with this content: another under the same name is another. */
  readonly version: string;
  /** 'unfinished': it has stopped growing in the middle of a line; said once for as long as it stays so. */
  readonly kind: 'whole' | 'unfinished' | 'not-yet';
}

async function endsWithLine(file: string, size: number): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const last = Buffer.alloc(1);
    await handle.read(last, 0, 1, size - 1);
    return lineEnds.includes(last[0]);
  } finally {
    await handle.close();
  }
}

/** Which files of a directory their writer is done with. Both encodings end a line with the same byte. */
export class WholeFiles {
  readonly #directory: string;
  readonly #clock: Clock;
  #seen = new Map<string, Seen>();

  constructor(directory: string, clock: Clock) {
    this.#directory = directory;
    this.#clock = clock;
  }

  /**
   * In the order of their names, each looked at when its turn comes: the one before it may have taken long.
   * @param isWanted which names are asked about; the others are remembered, so that a renamed file is known as one
   */
  async *look(names: readonly string[], isWanted: (name: string) => boolean): AsyncGenerator<FileLook> {
    const present = new Set(names);
    const before = this.#seen;
    const nameOf = new Map([...before].map(([name, { file }]) => [file, name]));
    this.#seen = new Map([...before].filter(([name]) => present.has(name)));
    for (const name of [...names].sort()) {
      const seen = await this.#see(name, before.get(name), nameOf);
      if (seen === null) this.#seen.delete(name);
      if (seen === null) continue;
      this.#seen.set(name, seen);
      if (!isWanted(name)) continue;
      const kind = present.has(`${name}.done`) ? 'whole' : await this.#kindOf(name, seen);
      this.#seen.set(name, { ...seen, isSaid: kind === 'unfinished' });
      const version = `${seen.file}/${seen.size}/${seen.mtimeMs}`;
      if (kind !== 'unfinished' || !seen.isSaid) yield { name, version, kind };
    }
  }

  async #see(name: string, before: Seen | undefined, nameOf: ReadonlyMap<string, string>): Promise<Seen | null> {
    // Not followed: a link laid here would have this server read and move whatever it points to.
    const found = await lstat(path.join(this.#directory, name)).catch(() => null);
    if (!found?.isFile()) return null;
    const { size, mtimeMs, dev, ino, birthtimeMs } = found;
    const file = `${dev}/${ino}/${birthtimeMs}`;
    const isSame = before?.file === file && before.size === size && before.mtimeMs === mtimeMs;
    if (isSame) return before;
    const wasNamed = nameOf.get(file);
    // One that grows after it got its name was not renamed because it was done.
    const isStillRenamed = before?.file === file && before.size === size && before.isRenamed;
    const isRenamed = isStillRenamed || (wasNamed !== undefined && wasNamed !== name);
    return { file, size, mtimeMs, isRenamed, isSaid: false, sinceMs: this.#clock.nowMs() };
  }

  async #kindOf(name: string, { size, sinceMs, isRenamed }: Seen): Promise<FileLook['kind']> {
    if (size === 0 || this.#clock.nowMs() - sinceMs < STABLE_MS) return 'not-yet';
    if (isRenamed) return 'whole';
    const isEnded = await endsWithLine(path.join(this.#directory, name), size).catch(() => false);
    return isEnded ? 'whole' : 'unfinished';
  }
}
