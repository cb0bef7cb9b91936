const KEPT = 40;

/** What happened, in order: a hash of all of it, the last lines, and counts by kind. */
export class Trace {
  readonly counts = new Map<string, number>();
  readonly #last: string[] = [];
  readonly #isVerbose: boolean;
  #a = 0x811c9dc5;
  #b = 0x1b873593;

  constructor(isVerbose: boolean) {
    this.#isVerbose = isVerbose;
  }

  note(atMs: number, kind: string, detail: string): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    const line = `${(atMs / 1000).toFixed(3)} ${kind} ${detail}`;
    for (let at = 0; at < line.length; at += 1) {
      const code = line.charCodeAt(at);
      this.#a = Math.imul(this.#a ^ code, 0x01000193);
      this.#b = Math.imul(this.#b + code, 0x85ebca6b) ^ (this.#b >>> 13);
    }
    if (this.#isVerbose) console.log(line);
    this.#last.push(line);
    if (this.#last.length > KEPT) this.#last.shift();
  }

  get hash(): string {
    return [this.#a, this.#b].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }

  get lastLines(): readonly string[] {
    return this.#last;
  }
}
