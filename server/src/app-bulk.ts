import type { Core } from './app-core.ts';
import { completeMedia, completeUnfinishedMedia } from './media/complete-media.ts';
import { Repeat } from './platform/repeat.ts';
import type { Service } from './platform/service.ts';
import { TelemetryWriter } from './telemetry/telemetry-writer.ts';
import type { UplinkStore } from './uplink/ports.ts';
import { keyOf, type MediaEntry, type UplinkEntry, type WaveformEntry } from './uplink/uplink-entry.ts';
import { readWrappedKey } from './vault/vault-store.ts';

/** Some hundred kilobytes of waveform, some megabytes of pictures in one transaction. */
const WAVEFORMS_AT_ONCE = 64;
const MEDIA_CHUNKS_AT_ONCE = 8;

const UNFINISHED_EVERY_MS = 60_000;

/** As the event lane refuses a fact of another vehicle's case. */
async function refuse(uplink: UplinkStore, { item, raw, receivedAtMs, end }: MediaEntry): Promise<void> {
  const key = keyOf(item);
  const code = 'uplink.not-assigned';
  await uplink.quarantine({ vehicle: item.vehicle, lane: item.lane, key, code, raw, receivedAtMs });
  end({ kind: 'refused', key, code });
}

const stored = (entry: UplinkEntry): void => entry.end({ kind: 'stored', key: keyOf(entry.item), shed: [] });

/** Writers of what is big, beside those of numerics and events: none of them waits behind a picture. */
export function createBulkWriters(core: Core): {
  readonly waveforms: TelemetryWriter<WaveformEntry>;
  readonly media: TelemetryWriter<MediaEntry>;
  readonly services: readonly Service[];
} {
  const { timers, log, uplink, metrics } = core;
  const shared = { store: uplink, timers, log };
  const completing = { ...core, readWrappedKey };
  const foreign = new WeakSet<MediaEntry>();
  const unfinished = new Repeat({
    name: 'unfinished-media',
    everyMs: UNFINISHED_EVERY_MS,
    timers,
    log,
    work: () => completeUnfinishedMedia(completing),
  });
  return {
    services: [unfinished],
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
      insert: async (entries) => {
        for (const entry of await uplink.insertMedia(entries)) foreign.add(entry);
      },
      onCommitted: async (entries) => {
        for (const entry of entries) {
          if (foreign.has(entry)) await refuse(uplink, entry);
          else {
            const { caseId, media, vehicle } = entry.item;
            await completeMedia(completing, { caseId, sha256: media.sha256, vehicle });
            stored(entry);
          }
        }
      },
    }),
  };
}
