import type { Core } from './app-core.ts';
import { completeMedia } from './media/complete-media.ts';
import { TelemetryWriter } from './telemetry/telemetry-writer.ts';
import { keyOf, type MediaEntry, type UplinkEntry, type WaveformEntry } from './uplink/uplink-entry.ts';
import { readWrappedKey } from './vault/vault-store.ts';

/** Some hundred kilobytes of waveform, some megabytes of pictures in one transaction. */
const WAVEFORMS_AT_ONCE = 64;
const MEDIA_CHUNKS_AT_ONCE = 8;

const stored = (entry: UplinkEntry): void => entry.end({ kind: 'stored', key: keyOf(entry.item), shed: [] });

/** Writers of what is big, beside those of numerics and events: none of them waits behind a picture. */
export function createBulkWriters(core: Core): {
  readonly waveforms: TelemetryWriter<WaveformEntry>;
  readonly media: TelemetryWriter<MediaEntry>;
} {
  const { timers, log, uplink, metrics } = core;
  const shared = { store: uplink, timers, log };
  return {
    waveforms: new TelemetryWriter<WaveformEntry>({
      ...shared,
      maxRows: WAVEFORMS_AT_ONCE,
      insert: (entries) => uplink.insertWaveforms(entries),
      onCommitted: (entries) => {
        metrics.waveformsStored.inc(entries.length);
        entries.forEach(stored);
        return Promise.resolve();
      },
    }),
    media: new TelemetryWriter<MediaEntry>({
      ...shared,
      maxRows: MEDIA_CHUNKS_AT_ONCE,
      insert: (entries) => uplink.insertMedia(entries),
      onCommitted: async (entries) => {
        for (const entry of entries) {
          await completeMedia({ ...core, readWrappedKey }, entry);
          stored(entry);
        }
      },
    }),
  };
}
