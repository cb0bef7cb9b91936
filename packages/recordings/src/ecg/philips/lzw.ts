import { refuse } from '../../recording-error.ts';

const CODE_BITS = 10;
const CODES = 1 << CODE_BITS;
const STOP = CODES - 1;
const FIRST_FREE = 256;

/**
 * LZW with fixed 10-bit codes, most significant bit first, table from 256 up to 1022 and then frozen, 1023 = end.
 * Source: description of the XLI compression in the wiki of sierra-ecg-tools. Returns at most `mostBytes`; more, or a
 * code that cannot exist yet, is `ecg.waveform-corrupt`. Input that ends without the end code gives what it holds.
 */
export function decodeLzw(input: Uint8Array, mostBytes: number): Uint8Array {
  // An entry is the entry `prefix` and one byte more; `length` and `head` save walking the chain for them.
  const prefix = new Int16Array(CODES).fill(-1);
  const suffix = new Uint8Array(CODES);
  const head = new Uint8Array(CODES);
  const length = new Int32Array(CODES);
  for (let code = 0; code < FIRST_FREE; code += 1) {
    suffix[code] = code;
    head[code] = code;
    length[code] = 1;
  }
  const output = new Uint8Array(mostBytes);
  let written = 0;
  let free = FIRST_FREE;
  let previous = -1;
  let bits = 0;
  let held = 0;

  const add = (first: number): void => {
    if (previous < 0 || free >= STOP) return;
    prefix[free] = previous;
    suffix[free] = first;
    head[free] = head[previous] ?? 0;
    length[free] = (length[previous] ?? 0) + 1;
    free += 1;
  };
  const emit = (code: number): void => {
    const end = written + (length[code] ?? 0);
    if (end > mostBytes) refuse('ecg.waveform-corrupt');
    for (let at = end - 1, entry = code; at >= written; at -= 1, entry = prefix[entry] ?? 0)
      output[at] = suffix[entry] ?? 0;
    written = end;
  };

  for (const byte of input) {
    bits = ((bits << 8) | byte) & 0x3ffff;
    held += 8;
    if (held < CODE_BITS) continue;
    held -= CODE_BITS;
    const code = (bits >> held) & (CODES - 1);
    if (code === STOP) break;
    if (code > free || (code === free && previous < 0)) return refuse('ecg.waveform-corrupt');
    // A code may name the entry that it completes: previous, and the first byte of previous again.
    const isNew = code === free;
    if (isNew && free >= STOP) return refuse('ecg.waveform-corrupt');
    add(head[isNew ? previous : code] ?? 0);
    emit(code);
    previous = code;
  }
  return output.subarray(0, written);
}
