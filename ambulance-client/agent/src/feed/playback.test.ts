import { noVitals } from '@pentad/protocol/vitals';
import { expect, test } from 'vitest';
import { feedBench } from './feed-bench.fixture.ts';
import { onNoCase } from './feed.ts';
import { playRecording, type Recording } from './playback.ts';

const times = { bloodPressureAtMs: null, temperatureAtMs: null };
const everyTenSeconds = (count: number): Recording => ({
  durationMs: (count - 1) * 10_000,
  readings: () =>
    Array.from({ length: count }, (_, at) => ({
      offsetMs: at * 10_000,
      at: (baseMs: number) =>
        ({ ...onNoCase, lane: 'vit', measuredAtMs: baseMs + at * 10_000, vitals: noVitals, times }) as const,
    })),
});

test('as it was recorded: each reading when it is due, of the instant it is handed out at', async () => {
  const { time, ports, captured } = feedBench();
  const startMs = time.nowMs();
  const feed = playRecording(ports, everyTenSeconds(4), { speed: 1, limitMs: null });
  await time.advance(15_000);
  expect(captured.map(({ measuredAtMs }) => measuredAtMs - startMs)).toEqual([0, 10_000]);
  await time.advance(15_000);
  await feed.done;
  expect(captured).toHaveLength(4);
});

test('ten times as fast: the spacing stays, it begins in the past and ends now', async () => {
  const { time, ports, captured } = feedBench();
  const feed = playRecording(ports, everyTenSeconds(11), { speed: 10, limitMs: null });
  await time.advance(10_000);
  await feed.done;
  expect(captured.map(({ measuredAtMs }) => measuredAtMs - time.nowMs())).toEqual(
    Array.from({ length: 11 }, (_, at) => -100_000 + at * 10_000),
  );
});

test('a limit ends it, with the last reading handed out then', async () => {
  const { time, ports, captured } = feedBench();
  const feed = playRecording(ports, everyTenSeconds(100), { speed: 10, limitMs: 5_000 });
  await time.advance(5_000);
  await feed.done;
  expect(captured).toHaveLength(6);
  expect(captured.at(-1)?.measuredAtMs).toBe(time.nowMs());
});

test('stopped it hands out nothing more; what the agent cannot take ends it with that error', async () => {
  const stopped = feedBench();
  const feed = playRecording(stopped.ports, everyTenSeconds(10), { speed: 1, limitMs: null });
  await stopped.time.advance(5_000);
  await feed.stop();
  await stopped.time.advance(60_000);
  expect(stopped.captured).toHaveLength(1);

  const { time, ports } = feedBench();
  const full = { ...ports, agent: { capture: () => expect.unreachable('journal.full') } };
  const failing = playRecording(full, everyTenSeconds(2), { speed: 1, limitMs: null });
  const outcome = expect(failing.done).rejects.toThrow('journal.full');
  await time.advance(1);
  await outcome;
});
