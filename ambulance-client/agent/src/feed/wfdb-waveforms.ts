import { GAP_COUNT, packCounts, type Waveform } from '@pentad/protocol/waveform';
import { isGap } from '@pentad/recordings/gap';
import type { WfdbChannel, WfdbRecord } from '@pentad/recordings/wfdb/wfdb-record';
import type { Bound } from './feed.ts';
import type { Recorded } from './playback.ts';
import { waveformUseOf } from './wfdb-signals.ts';

const CHUNK_SECONDS = 0.5;
const MOST_LEADS = 16;

/** Traces of one kind and rate, sent together. Counts may hold GAP_COUNT. */
export interface Traces {
  readonly kind: Waveform['kind'];
  readonly samplesPerSecond: number;
  readonly leads: readonly { readonly lead: Waveform['leads'][number]; readonly counts: Int16Array }[];
}

/** The signals of a record that are waveforms of ours, in groups. */
export function tracesOf(record: WfdbRecord, framesPerSecond: number): Traces[] {
  const groups = new Map<
    string,
    { kind: Waveform['kind']; samplesPerSecond: number; leads: Traces['leads'][number][] }
  >();
  for (const { signal, samples } of record.channels) {
    const use = waveformUseOf(signal);
    if (use.kind === 'skipped' || samples.length === 0) continue;
    const samplesPerSecond = framesPerSecond * signal.samplesPerFrame;
    const key = (part: number): string => `${use.kind} ${samplesPerSecond} ${part}`;
    let part = 0;
    while ((groups.get(key(part))?.leads.length ?? 0) >= MOST_LEADS) part += 1;
    const group = groups.get(key(part)) ?? { kind: use.kind, samplesPerSecond, leads: [] };
    group.leads.push({ lead: use.lead, counts: samples });
    groups.set(key(part), group);
  }
  return [...groups.values()];
}

/** The samples `from` until `to` of every lead; null where no lead has one: a gap. */
export function waveformBetween({ kind, samplesPerSecond, leads }: Traces, from: number, to: number): Waveform | null {
  const parts = leads.map(({ counts }) => counts.slice(from, to));
  if (!parts.some((part) => part.some((count) => !isGap(count)))) return null;
  return {
    kind,
    samplesPerSecond,
    leads: leads.map(({ lead }) => lead),
    sampleCount: to - from,
    samples: packCounts(parts.map((part) => filledUp(part, to - from))),
  };
}

/**
 * Chunks of half a second. A chunk in which no lead has a sample is not made: it is a gap. In the others a missing sample
 * is GAP_COUNT, which the decoders' own mark is.
 * @param fromMs where the traces begin in the recording
 */
export function* chunksOf(traces: Traces, fromMs: number, bound: Bound): Iterable<Recorded> {
  const { samplesPerSecond, leads } = traces;
  const length = Math.max(...leads.map(({ counts }) => counts.length));
  let from = 0;
  for (let chunk = 1; from < length; chunk += 1) {
    const to = Math.min(length, Math.max(from + 1, Math.round(chunk * CHUNK_SECONDS * samplesPerSecond)));
    const startsMs = fromMs + (from * 1_000) / samplesPerSecond;
    const endsMs = fromMs + (to * 1_000) / samplesPerSecond;
    const waveform = waveformBetween(traces, from, to);
    if (waveform !== null) {
      yield {
        offsetMs: endsMs,
        at: (baseMs) => ({ ...bound, lane: 'wav', measuredAtMs: Math.round(baseMs + startsMs), waveform }),
      };
    }
    from = to;
  }
}

function filledUp(part: Int16Array, length: number): Int16Array {
  if (part.length === length) return part;
  const whole = new Int16Array(length).fill(GAP_COUNT);
  whole.set(part);
  return whole;
}

/** Several ascending sequences as one. */
export function* inOrder(sequences: readonly Iterable<Recorded>[]): Iterable<Recorded> {
  const iterators = sequences.map((sequence) => sequence[Symbol.iterator]());
  const take = (iterator: Iterator<Recorded> | undefined): Recorded | null => {
    const read = iterator?.next();
    return read === undefined || read.done === true ? null : read.value;
  };
  const heads = iterators.map((iterator) => take(iterator));
  for (;;) {
    let first = -1;
    heads.forEach((head, at) => {
      if (head !== null && (first === -1 || head.offsetMs < (heads[first]?.offsetMs ?? Infinity))) first = at;
    });
    const head = heads[first];
    if (!head) return;
    yield head;
    heads[first] = take(iterators[first]);
  }
}

export const channelName = ({ signal }: WfdbChannel): string => signal.description.trim() || '?';
