import * as v from 'valibot';
import { SequenceNumber } from './quantities.ts';

/** Inclusive [from, to]. */
export const SeqRange = v.pipe(
  v.tuple([SequenceNumber, SequenceNumber]),
  v.check(([from, to]) => from <= to, 'range.reversed'),
);
export type SeqRange = v.InferOutput<typeof SeqRange>;

/** Sorted, disjoint and not touching: the one form in which sets of sequence numbers are kept and compared. */
export function mergeRanges(ranges: readonly SeqRange[]): SeqRange[] {
  const merged: SeqRange[] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

export const rangesOf = (seqs: readonly number[]): SeqRange[] => mergeRanges(seqs.map((seq) => [seq, seq]));

export const includesSeq = (ranges: readonly SeqRange[], seq: number): boolean =>
  ranges.some(([from, to]) => from <= seq && seq <= to);

/** The last seq of the unbroken prefix 1..n, or 0. */
export function unbrokenThrough(merged: readonly SeqRange[]): number {
  const first = merged[0];
  return first && first[0] === 1 ? first[1] : 0;
}
