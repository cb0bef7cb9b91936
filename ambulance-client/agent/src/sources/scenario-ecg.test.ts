import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isEventItem } from '@pentad/protocol/lane-item';
import { countsOf } from '@pentad/protocol/waveform';
import { expect, test } from 'vitest';
import { readEcgFile } from '../feed/ecg-feed.ts';
import { seededRandom } from '../platform/virtual-time.fixture.ts';
import { vehicleDay } from '../vehicle-day.fixture.ts';
import { readScenarios } from './recordings.ts';
import { ScenarioPlayer } from './scenario.ts';

const fixtures = fileURLToPath(new URL('../../../../fixtures/', import.meta.url));
const recordings = `${fixtures}recordings`;
const withEcg = readScenarios(`${fixtures}demo`).flatMap((scenario) =>
  scenario.events.flatMap(({ type, atSeconds, data }) =>
    type === 'ecg.recorded' ? [[scenario.id, { scenario, atSeconds, file: String(data['file']) }] as const] : [],
  ),
);
const UNDER_WAY_SECONDS = 200;

/** What the region stored of a case that was under way for a while when it was played. */
async function played(scenario: (typeof withEcg)[number][1]['scenario']) {
  const { agent, region, time } = vehicleDay();
  region.connect();
  const startMs = time.nowMs() - UNDER_WAY_SECONDS * 1_000;
  new ScenarioPlayer({ agent, clock: time, random: seededRandom(3) }, scenario, recordings).playUntil(
    UNDER_WAY_SECONDS,
  );
  await time.advance(30_000);
  const events = region.stored('evt').flatMap((item) => (isEventItem(item) ? [item.event] : []));
  const ecg = events.find(({ envelope }) => envelope.type === 'ecg.recorded');
  return { region, startMs, ecg };
}

test.each(withEcg)(
  '%s sends its 12-lead ECG as taken at its second, once, whole',
  async (_, { scenario, atSeconds, file }) => {
    const { region, startMs, ecg } = await played(scenario);
    const takenAtMs = startMs + atSeconds * 1_000;
    const { recording, contentId, bytes } = readEcgFile(join(recordings, 'ecg12', file));
    expect(ecg?.clinical).toMatchObject({ ecgId: contentId, source: 'device-waveform', acquiredAtMs: takenAtMs });
    expect(ecg?.envelope.occurredAtMs).toBe(takenAtMs);
    if (file.endsWith('.xml')) {
      const pieces = region.stored('med').flatMap((item) => (item.lane === 'med' ? [item.media] : []));
      expect(new Set(pieces.map(({ sha256 }) => sha256))).toEqual(new Set([ecg?.clinical['sha256']]));
      expect(pieces.reduce((sum, piece) => sum + piece.bytes.length, 0)).toBe(bytes.length);
      return;
    }
    const chunks = region.stored('wav').flatMap((item) => (item.lane === 'wav' ? [item] : []));
    expect(chunks[0]?.measuredAtMs).toBe(takenAtMs - 10_000);
    expect(takenAtMs - 10_000).toBeGreaterThanOrEqual(startMs);
    recording?.leads.forEach(({ samples }, lead) => {
      expect(chunks.flatMap(({ waveform }) => [...countsOf(waveform, lead)])).toEqual([...samples]);
    });
  },
);
