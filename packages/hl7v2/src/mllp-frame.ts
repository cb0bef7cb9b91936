/** Minimal Lower Layer Protocol (HL7 v2.5.1 appendix C.4): `<VT> message <FS><CR>`. */
const VT = 0x0b;
const FS = 0x1c;
const CR = 0x0d;

export const MAX_FRAME_BYTES = 1_048_576;
const HEAD_BYTES = 4_096;

export type FrameOutcome =
  | { readonly kind: 'message'; readonly content: Uint8Array }
  /** Another VT, or the end of the stream, came before FS: what there is of it. */
  | { readonly kind: 'unterminated'; readonly content: Uint8Array }
  /** Over MAX_FRAME_BYTES; the rest of it is dropped unread, the head is for answering. */
  | { readonly kind: 'oversize'; readonly content: Uint8Array };

const isFrameByte = (byte: number | undefined): boolean => byte === VT || byte === FS;

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part.subarray(0, length - at), at);
    at += Math.min(part.length, length - at);
  }
  return whole;
}

/**
 * Takes a byte stream in pieces cut anywhere. A message is complete at FS: a sender that leaves the CR out is not
 * waited for. Holds at most MAX_FRAME_BYTES and one chunk.
 */
export class MllpDeframer {
  #state: 'outside' | 'inside' | 'dropping' = 'outside';
  #isAfterBlock = false;
  #parts: Uint8Array[] = [];
  #length = 0;
  #skippedBytes = 0;

  /** Bytes that stood outside every frame. */
  get skippedBytes(): number {
    return this.#skippedBytes;
  }

  push(chunk: Uint8Array): FrameOutcome[] {
    const outcomes: FrameOutcome[] = [];
    let at = 0;
    while (at < chunk.length)
      at = this.#state === 'outside' ? this.#skip(chunk, at) : this.#collect(chunk, at, outcomes);
    return outcomes;
  }

  /** The stream is over. */
  end(): FrameOutcome[] {
    const outcomes: FrameOutcome[] = [];
    this.#close('unterminated', outcomes);
    this.#isAfterBlock = false;
    return outcomes;
  }

  #skip(chunk: Uint8Array, from: number): number {
    let start = from;
    if (this.#isAfterBlock && chunk[start] === CR) start += 1;
    this.#isAfterBlock = false;
    const found = chunk.indexOf(VT, start);
    this.#skippedBytes += (found < 0 ? chunk.length : found) - start;
    if (found < 0) return chunk.length;
    this.#state = 'inside';
    return found + 1;
  }

  #collect(chunk: Uint8Array, from: number, outcomes: FrameOutcome[]): number {
    let end = from;
    while (end < chunk.length && !isFrameByte(chunk[end])) end += 1;
    if (this.#state === 'inside') {
      // Copied: the caller's buffer may be reused, and a small piece must not hold a large one.
      this.#parts.push(chunk.slice(from, end));
      this.#length += end - from;
      if (this.#length > MAX_FRAME_BYTES) {
        outcomes.push({ kind: 'oversize', content: joined(this.#parts, HEAD_BYTES) });
        this.#forget('dropping');
      }
    }
    if (end === chunk.length) return end;
    if (chunk[end] === FS) {
      this.#close('message', outcomes);
      this.#isAfterBlock = true;
    } else {
      this.#close('unterminated', outcomes);
      this.#state = 'inside';
    }
    return end + 1;
  }

  #close(kind: 'message' | 'unterminated', outcomes: FrameOutcome[]): void {
    if (this.#state === 'inside') outcomes.push({ kind, content: joined(this.#parts, this.#length) });
    this.#forget('outside');
  }

  #forget(state: 'outside' | 'dropping'): void {
    this.#state = state;
    this.#parts = [];
    this.#length = 0;
  }
}

export const framed = (content: Uint8Array): Uint8Array => Uint8Array.from([VT, ...content, FS, CR]);
