import { PassThrough } from 'node:stream';
import type { TimedPosition } from '@pentad/geo/jump';
import { expect, test } from 'vitest';
import { RECONNECT } from '../../link/backoff.ts';
import type { LogFields } from '../../ports.ts';
import { quietLog, seededRandom, VirtualTime } from '../../platform/virtual-time.fixture.ts';
import { sentence } from './nmea.fixture.ts';
import { BURST_OVER_AFTER_MS, NmeaSource } from './nmea-source.ts';

const burst = (second: number) => {
  const time = `1200${String(second).padStart(2, '0')}.00`;
  return (
    sentence(`GNRMC,${time},A,3118.${1_000 + second * 50},N,12036.0000,E,20.0,0.0,010126,,,A`) +
    sentence(`GNGGA,${time},3118.${1_000 + second * 50},N,12036.0000,E,1,10,0.9,5.0,M,,M,,`)
  );
};

function listen() {
  const time = new VirtualTime();
  const lines: PassThrough[] = [];
  const heard: TimedPosition[] = [];
  const closed: LogFields[] = [];
  const source = new NmeaSource({
    timers: time,
    random: seededRandom(3),
    log: { ...quietLog, info: (_code, fields) => void closed.push(fields ?? {}) },
    open: () => {
      const line = new PassThrough();
      lines.push(line);
      return line;
    },
    hear: (fix) => void heard.push(fix),
  });
  source.start();
  return { source, time, lines, heard, closed };
}

test('a fix is heard when its burst is over, once, with what the whole burst said', async () => {
  const { time, lines, heard } = listen();
  const [first, second] = [burst(0).slice(0, 90), burst(0).slice(90)];
  lines[0]?.write(first);
  await time.advance(BURST_OVER_AFTER_MS - 1);
  expect(heard).toEqual([]);
  lines[0]?.write(second);
  await time.advance(BURST_OVER_AFTER_MS);
  expect(heard).toHaveLength(1);
  expect(heard[0]).toMatchObject({ measuredAtMs: Date.UTC(2026, 0, 1, 12), position: { accuracyM: 7.2 } });
  await time.advance(10_000);
  expect(heard).toHaveLength(1);
});

test('a receiver that never pauses is heard when its next instant begins', async () => {
  const { time, lines, heard } = listen();
  lines[0]?.write(burst(0) + burst(1) + burst(2));
  await time.advance(0);
  expect(heard).toHaveLength(2);
});

test('an unplugged receiver gives its last fix, is opened again, and the track goes on', async () => {
  const { time, lines, heard, closed } = listen();
  lines[0]?.write(burst(0));
  await time.advance(0);
  lines[0]?.destroy(new Error('EIO'));
  await time.advance(0);
  expect(heard).toHaveLength(1);
  expect(closed).toMatchObject([{ accepted: 2, fixes: 1, passed: 1 }]);
  await time.advance(RECONNECT.firstMs);
  expect(lines).toHaveLength(2);
  lines[1]?.write(burst(0) + burst(1));
  await time.advance(BURST_OVER_AFTER_MS);
  expect(heard.map(({ measuredAtMs }) => measuredAtMs % 60_000)).toEqual([0, 1_000]);
});

test('a receiver that ended is opened again until stopped', async () => {
  const { source, time, lines } = listen();
  lines[0]?.end();
  await time.advance(RECONNECT.firstMs);
  expect(lines).toHaveLength(2);
  source.stop();
  expect(lines[1]?.destroyed).toBe(true);
  await time.advance(600_000);
  expect(lines).toHaveLength(2);
});
