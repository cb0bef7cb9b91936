import * as v from 'valibot';

/** Stands in a lead's samples where nothing was measured (lead off, device sentinel): a gap is never a value. */
export const GAP_COUNT = -32_768;

/** value = count x perCount + offset, in `unit`. */
export const WaveformLead = v.looseObject({
  name: v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9 +._-]{0,15}$/)),
  unit: v.picklist(['uV', 'mmHg', 'percent', 'ohm', 'none']),
  perCount: v.pipe(v.number(), v.finite(), v.minValue(1e-9), v.maxValue(1e9)),
  offset: v.pipe(v.number(), v.finite(), v.minValue(-1e9), v.maxValue(1e9)),
});
export type WaveformLead = v.InferOutput<typeof WaveformLead>;

export const waveformKinds = ['ecg', 'pleth', 'respiration', 'co2', 'pressure'] as const;

/**
 * A stretch of one source without a break: `samples` holds `sampleCount` little-endian int16 counts of the first lead,
 * then of the next. The item's `measuredAtMs` is the instant of the first sample. What lies between two chunks is a gap.
 */
export const Waveform = v.pipe(
  v.looseObject({
    kind: v.picklist(waveformKinds),
    samplesPerSecond: v.pipe(v.number(), v.finite(), v.minValue(1), v.maxValue(4_000)),
    leads: v.pipe(v.array(WaveformLead), v.minLength(1), v.maxLength(16)),
    sampleCount: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(16_384)),
    samples: v.instance(Uint8Array),
  }),
  v.check(({ leads, sampleCount, samples }) => samples.length === leads.length * sampleCount * 2, 'waveform.length'),
);
export type Waveform = v.InferOutput<typeof Waveform>;

/** The counts of one lead; GAP_COUNT stays what it is. @param lead index into `leads` */
export function countsOf({ sampleCount, samples }: Waveform, lead: number): Int16Array {
  const view = new DataView(samples.buffer, samples.byteOffset, samples.byteLength);
  const first = lead * sampleCount * 2;
  return Int16Array.from({ length: sampleCount }, (_, at) => view.getInt16(first + at * 2, true));
}

/** @param leads counts per lead, all of one length */
export function packCounts(leads: readonly Int16Array[]): Uint8Array<ArrayBuffer> {
  const sampleCount = leads[0]?.length ?? 0;
  const packed = new Uint8Array(leads.length * sampleCount * 2);
  const view = new DataView(packed.buffer);
  leads.forEach((counts, lead) => {
    for (let at = 0; at < sampleCount; at += 1)
      view.setInt16((lead * sampleCount + at) * 2, counts[at] ?? GAP_COUNT, true);
  });
  return packed;
}
