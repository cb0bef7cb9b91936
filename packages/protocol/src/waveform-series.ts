import * as v from 'valibot';
import { decode, encode } from 'cborg';
import { InstantMs } from './quantities.ts';
import { Waveform, waveformKinds } from './waveform.ts';

export const StoredWaveform = v.looseObject({
  measuredAtMs: InstantMs,
  /** It came by the backlog road: it was not seen live. */
  isBackfill: v.boolean(),
  waveform: Waveform,
});
export type StoredWaveform = v.InferOutput<typeof StoredWaveform>;

/** `application/cbor` answer of GET /v1/cases/{caseId}/waveforms. `isCut`: there are more; ask again from the last one. */
export const WaveformSeries = v.looseObject({ items: v.array(StoredWaveform), isCut: v.boolean() });
export type WaveformSeries = v.InferOutput<typeof WaveformSeries>;

export const WaveformQuery = v.object({
  kind: v.picklist(waveformKinds),
  fromMs: v.pipe(v.string(), v.regex(/^\d{1,13}$/), v.transform(Number), InstantMs),
  toMs: v.pipe(v.string(), v.regex(/^\d{1,13}$/), v.transform(Number), InstantMs),
});

export const encodeSeries = (series: WaveformSeries): Uint8Array => encode(series);
/** @throws Error when the bytes are no series */
export const decodeSeries = (bytes: Uint8Array): WaveformSeries => v.parse(WaveformSeries, decode(bytes));
