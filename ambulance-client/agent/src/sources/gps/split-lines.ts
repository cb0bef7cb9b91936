/** gpsd's longest report (SKY with every constellation) is about 10 KB. */
export const MAX_LINE_BYTES = 65_536;
const LF = 0x0a;

/** Chunks cut anywhere to whole lines of text; a line over the limit is dropped to its end and counted. */
export class LineSplitter {
  #parts: Uint8Array[] = [];
  #length = 0;
  #isSkipping = false;
  #tooLong = 0;

  get tooLong(): number {
    return this.#tooLong;
  }

  /** Forgets the line begun: what comes next does not continue it. */
  reset(): void {
    this.#parts = [];
    this.#length = 0;
    this.#isSkipping = false;
  }

  push(bytes: Uint8Array): string[] {
    const lines: string[] = [];
    let from = 0;
    for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, from)) {
      this.#keep(bytes.subarray(from, end));
      if (!this.#isSkipping) lines.push(Buffer.concat(this.#parts).toString('utf8'));
      this.reset();
      from = end + 1;
    }
    this.#keep(bytes.subarray(from));
    return lines;
  }

  #keep(part: Uint8Array): void {
    if (this.#isSkipping) return;
    if (this.#length + part.length > MAX_LINE_BYTES) {
      this.reset();
      this.#isSkipping = true;
      this.#tooLong += 1;
      return;
    }
    this.#parts.push(Buffer.from(part));
    this.#length += part.length;
  }
}
