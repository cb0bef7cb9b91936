import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSharedDataHere, sharedData } from '@pentad/recordings/shared-data.fixture';
import { expect, test } from 'vitest';
import { quietLog } from '../platform/virtual-time.fixture.ts';
import { inFrame, MllpClient, verdictOf } from '../sources/hl7-monitor/mllp-client.fixture.ts';
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

const monitorMessage = (rows: readonly string[], { processingId = 'P', sentAt = '20260726120000+0000' } = {}): string =>
  inFrame(
    [
      `MSH|^~\\&|MON|BED|||${sentAt}||ORU^R01|7|${processingId}|2.6`,
      'PID|1||123||Li^Ming',
      'OBR|1||1|x|||20260726115959+0000',
      ...rows.map((row) => `${row}|||||R`),
      '',
    ].join('\r'),
  );
const heart = 'OBX||NM|147842^MDC_ECG_HEART_RATE^MDC||61|264864^MDC_DIM_BEAT_PER_MIN^MDC';

/** What the feed captured, said and answered, one message after the other on one connection. */
async function fed(messages: readonly string[], place: { readonly takesTestMessages?: boolean } = {}) {
  const { ports, captured, said } = feedBench();
  const feed = await hearMonitors(
    { ...ports, log: quietLog },
    { port: 0, zoneOffsetMinutes: null, ...place },
    onNoCase,
  );
  const client = await MllpClient.connectTo(feed.port);
  for (const message of messages) client.send(message);
  const verdicts = (await client.answers(messages.length)).map(verdictOf);
  client.destroy();
  await feed.stop();
  return { captured, said: said.map(({ en }) => en), verdicts };
}

test('of a test or training message nothing is taken unless it is asked for, and it is said', async () => {
  const notOfPatients = [
    monitorMessage([heart], { processingId: 'T' }),
    monitorMessage([heart], { processingId: 'D' }),
  ];
  expect(await fed(notOfPatients)).toEqual({
    captured: [],
    said: ['monitor: a message was not taken (message.not-production)', expect.stringContaining('not-production')],
    verdicts: ['AR 7', 'AR 7'],
  });
  const asked = await fed(notOfPatients, { takesTestMessages: true });
  expect(asked.verdicts).toEqual(['AA 7', 'AA 7']);
  expect(asked.captured).toMatchObject([{ vitals: { heartRateBpm: 61 } }, { vitals: { heartRateBpm: 61 } }]);
  expect(asked.said).toEqual(['monitor: notes: message.not-production 1']);
});

test('without a clock of the monitor no instant is taken, and no reading', async () => {
  const { captured, said, verdicts } = await fed([monitorMessage([heart], { sentAt: '' })]);
  expect(captured).toEqual([]);
  expect(said).toEqual(['monitor: a message was not taken (message.no-clock)']);
  expect(verdicts).toEqual(['AR 7']);
});

test('what was not understood of a message is said by code and count, once as long as it is the same, and no value with it', async () => {
  const low = 'OBX||NM|150456^MDC_PULS_OXIM_SAT_O2^MDC||-100|%';
  const other = 'OBX||NM|9^Li^X||4711|%';
  const messages = [[heart, low, other, other], [heart, low, other, other], [heart], [heart, low]];
  const { captured, said } = await fed(
    messages.map((rows, second) => monitorMessage(rows, { sentAt: `2026072612000${second}+0000` })),
  );
  expect(captured).toHaveLength(4);
  expect(said).toEqual(['monitor: notes: value.sentinel 1, code.unknown 2', 'monitor: notes: value.sentinel 1']);
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
    const place = { port: 0, zoneOffsetMinutes: null, takesTestMessages: true };
    const feed = await hearMonitors({ ...ports, log: quietLog }, place, onNoCase);
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
    const notTaken = said.filter(({ en }) => en.includes('not taken'));
    expect(notTaken).toHaveLength(files.length - 1);
    expect(said.filter((line) => !notTaken.includes(line)).map(({ en }) => en)).toEqual([
      'monitor: notes: message.not-production 1, code.unknown 4',
    ]);
    // Its monitor's clock is of 2021: the reading was 1.4 s old when it was sent.
    expect(captured).toMatchObject([{ lane: 'vit', vitals: { heartRateBpm: 60 }, measuredAtMs: time.nowMs() - 1_376 }]);
  },
);
