/** One sentence whose checksum was right: `GNRMC` or `PSTMCPU`, and what stood between the commas. */
export interface NmeaSentence {
  readonly address: string;
  readonly fields: readonly string[];
}

export interface NmeaFraming {
  readonly accepted: number;
  readonly badChecksum: number;
  readonly withoutChecksum: number;
  readonly tooLong: number;
  /** Bytes that no sentence has, or a sentence begun before the last one ended. */
  readonly garbled: number;
}

/** NMEA 0183 says 82 characters; receivers with more digits or satellites send up to 140. */
export const MAX_SENTENCE_CHARS = 256;

const DOLLAR = 0x24;
const STAR = 0x2a;
const CR = 0x0d;
const LF = 0x0a;
const CHECKSUM_DIGITS = 2;

/** The value of a hexadecimal digit; null: it is none. */
function hexDigit(byte: number): number | null {
  const value = Number.parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(value) ? null : value;
}

/**
 * Bytes of a serial line to sentences, in chunks cut anywhere. What is not a whole sentence with a right checksum is
 * dropped and counted; binary between sentences is passed over. Holds at most MAX_SENTENCE_CHARS bytes.
 */
export class NmeaFramer {
  readonly #body: number[] = [];
  #state: 'between' | 'body' | 'checksum' = 'between';
  #sum = 0;
  #digits: number[] = [];
  readonly #counts = { accepted: 0, badChecksum: 0, withoutChecksum: 0, tooLong: 0, garbled: 0 };

  get counts(): NmeaFraming {
    return { ...this.#counts };
  }

  push(bytes: Uint8Array): NmeaSentence[] {
    const sentences: NmeaSentence[] = [];
    for (const byte of bytes) {
      const sentence = this.#take(byte);
      if (sentence) sentences.push(sentence);
    }
    return sentences;
  }

  #take(byte: number): NmeaSentence | null {
    if (byte === DOLLAR) return this.#begin();
    if (this.#state === 'body') return this.#takeBody(byte);
    if (this.#state === 'checksum') return this.#takeChecksum(byte);
    return null;
  }

  #begin(): null {
    if (this.#state !== 'between') this.#counts.garbled += 1;
    this.#state = 'body';
    this.#body.length = 0;
    this.#sum = 0;
    this.#digits = [];
    return null;
  }

  #takeBody(byte: number): null {
    if (byte === STAR) this.#state = 'checksum';
    else if (byte === CR || byte === LF) this.#drop('withoutChecksum');
    else if (byte < 0x20 || byte > 0x7e) this.#drop('garbled');
    else if (this.#body.length >= MAX_SENTENCE_CHARS) this.#drop('tooLong');
    else {
      this.#body.push(byte);
      this.#sum ^= byte;
    }
    return null;
  }

  #takeChecksum(byte: number): NmeaSentence | null {
    const digit = hexDigit(byte);
    if (digit === null) return this.#drop('withoutChecksum');
    this.#digits.push(digit);
    if (this.#digits.length < CHECKSUM_DIGITS) return null;
    const [high = 0, low = 0] = this.#digits;
    if (high * 16 + low !== this.#sum) return this.#drop('badChecksum');
    this.#drop('accepted');
    const [address = '', ...fields] = String.fromCharCode(...this.#body).split(',');
    return { address, fields };
  }

  #drop(outcome: keyof NmeaFraming): null {
    this.#counts[outcome] += 1;
    this.#state = 'between';
    return null;
  }
}
