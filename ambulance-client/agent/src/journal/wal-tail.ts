import { existsSync, readFileSync } from 'node:fs';

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
const MAGIC_LITTLE_ENDIAN = 0x377f0682;
const MAGIC_BIG_ENDIAN = 0x377f0683;

type Sums = readonly [number, number];

/** SQLite's WAL checksum, https://www.sqlite.org/fileformat2.html#checksum_algorithm */
function checksum(bytes: Buffer, [first, second]: Sums, isBigEndian: boolean): Sums {
  const word = (at: number) => (isBigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at));
  let s0 = first;
  let s1 = second;
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    s0 = (s0 + word(at) + s1) >>> 0;
    s1 = (s1 + word(at + 4) + s0) >>> 0;
  }
  return [s0, s1];
}

const sumsAt = (bytes: Buffer, at: number): Sums => [bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4)];
const areSame = (a: Sums, b: Sums): boolean => a[0] === b[0] && a[1] === b[1];

/**
 * SQLite drops everything after the first bad frame of a WAL without a word. A torn end is one transaction that was
 * never reported durable; two commits after the bad frame mean that a synced one is lost, and with it sequence numbers
 * that were given. Then the epoch must not be continued.
 */
export function hasLostCommits(walPath: string): boolean {
  if (!existsSync(walPath)) return false;
  const wal = readFileSync(walPath);
  if (wal.length <= HEADER_BYTES) return false;
  const magic = wal.readUInt32BE(0);
  const isBigEndian = magic === MAGIC_BIG_ENDIAN;
  const isKnown = isBigEndian || magic === MAGIC_LITTLE_ENDIAN;
  let sums = checksum(wal.subarray(0, HEADER_BYTES - 8), [0, 0], isBigEndian);
  if (!isKnown || !areSame(sums, sumsAt(wal, HEADER_BYTES - 8))) return true;
  const frameBytes = FRAME_HEADER_BYTES + wal.readUInt32BE(8);
  let isBroken = false;
  let commitsAfter = 0;
  for (let at = HEADER_BYTES; at + frameBytes <= wal.length; at += frameBytes) {
    const isOfThisRound = wal.compare(wal, 16, 24, at + 8, at + 16) === 0;
    if (!isBroken) {
      sums = checksum(wal.subarray(at, at + 8), sums, isBigEndian);
      sums = checksum(wal.subarray(at + FRAME_HEADER_BYTES, at + frameBytes), sums, isBigEndian);
      isBroken = !isOfThisRound || !areSame(sums, sumsAt(wal, at + 16));
      if (!isBroken) continue;
    }
    if (isOfThisRound && wal.readUInt32BE(at + 4) !== 0) commitsAfter += 1;
  }
  return commitsAfter >= 2;
}
