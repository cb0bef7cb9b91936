import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSharedDataHere, sharedData } from '@pentad/recordings/shared-data.fixture';
import { expect, test } from 'vitest';
import { quietLog } from '../platform/virtual-time.fixture.ts';
import { MllpClient, verdictOf } from '../sources/hl7-monitor/mllp-client.fixture.ts';
import { feedBench } from './feed-bench.fixture.ts';
import { onNoCase } from './feed.ts';
import { hearMonitors, numericsOf } from './hl7-feed.ts';

if (!isSharedDataHere) process.stderr.write('NOT RUN: real HL7 messages through the feed need shared/data\n');

const noTimes = { bloodPressureAtMs: null, temperatureAtMs: null };

test('instants of a monitor whose clock is ahead are brought to the clock of the vehicle', () => {
  const reading = {
    measuredAtMs: 1_000_000,
    vitals: { heartRateBpm: 60, systolicMmHg: 120 },
    times: { bloodPressureAtMs: 900_000, temperatureAtMs: null },
  };
  expect(numericsOf(reading, 50_000, onNoCase)).toMatchObject({
    measuredAtMs: 950_000,
    vitals: { heartRateBpm: 60, systolicMmHg: 120, spo2Percent: null },
    times: { bloodPressureAtMs: 850_000, temperatureAtMs: null },
  });
});

test('a pressure and a temperature of unknown age are left out, and so is a reading of nothing', () => {
  const reading = {
    measuredAtMs: 1_000,
    vitals: { heartRateBpm: 60, systolicMmHg: 90, temperatureC: 37 },
    times: noTimes,
  };
  expect(numericsOf(reading, 0, onNoCase)?.vitals).toMatchObject({
    heartRateBpm: 60,
    systolicMmHg: null,
    temperatureC: null,
  });
  expect(numericsOf({ ...reading, vitals: { systolicMmHg: 90 } }, 0, onNoCase)).toBeNull();
  expect(numericsOf({ ...reading, measuredAtMs: null }, 0, onNoCase)).toBeNull();
});

test.skipIf(!isSharedDataHere)(
  'every real message is answered; those of monitors arrive now, and nothing else is taken',
  async () => {
    const { ports, captured, said, time } = feedBench();
    const folder = join(sharedData, 'hl7v2');
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(hl7|txt)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    const feed = await hearMonitors({ ...ports, log: quietLog }, { port: 0, zoneOffsetMinutes: null }, onNoCase);
    const client = await MllpClient.connectTo(feed.port);
    for (const path of files) {
      client.send('\u000b');
      client.send(readFileSync(path));
      client.send('\u001c\r');
    }
    const verdicts = (await client.answers(files.length)).map((answer) => verdictOf(answer).slice(0, 2));
    client.destroy();
    await feed.stop();
    expect(verdicts).toHaveLength(files.length);
    expect(verdicts.filter((verdict) => verdict === 'AA')).toHaveLength(1);
    expect(new Set(verdicts)).toEqual(new Set(['AA', 'AE', 'AR']));
    expect(said).toHaveLength(files.length - 1);
    // Its monitor's clock is of 2021: the reading was 1.4 s old when it was sent.
    expect(captured).toMatchObject([{ lane: 'vit', vitals: { heartRateBpm: 60 }, measuredAtMs: time.nowMs() - 1_376 }]);
  },
);
