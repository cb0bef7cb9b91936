import { beforeEach, describe, expect, test } from 'vitest';
import { deferred, FakeTime, recordingLog, settle } from './fake-time.fixture.ts';
import { Repeat } from './repeat.ts';

let time: FakeTime;
let log: ReturnType<typeof recordingLog>;
let runs: number;
let work: () => Promise<void>;
beforeEach(() => {
  time = new FakeTime();
  log = recordingLog();
  runs = 0;
  work = () => Promise.resolve();
});

const make = () =>
  new Repeat({
    name: 'poll',
    everyMs: 1_000,
    timers: time,
    log,
    work: () => {
      runs += 1;
      return work();
    },
  });

async function started(): Promise<Repeat> {
  const repeat = make();
  await repeat.start();
  await settle();
  return repeat;
}

test('work runs at the start, then again each time after it ended', async () => {
  await started();
  expect(runs).toBe(1);
  await time.advance(2_999);
  expect(runs).toBe(3);
});

test('one run at a time: what takes longer than its turn is waited for', async () => {
  const slow = deferred();
  work = () => slow.promise;
  await started();
  await time.advance(10_000);
  expect(runs).toBe(1);
  slow.resolve();
  await time.advance(999);
  expect(runs).toBe(1);
  await time.advance(1);
  expect(runs).toBe(2);
});

test('P17: a failing run is logged, without its message, and tried again at its next turn', async () => {
  work = () => Promise.reject(new Error('张建国'));
  await started();
  await time.advance(1_000);
  expect(log.codes()).toEqual(['poll.failed', 'poll.failed']);
  expect(JSON.stringify(log.lines)).not.toContain('张建国');
});

test('P17: work that throws before it returns a promise is a failed run, not the end of all runs', async () => {
  work = () => {
    throw new Error('at once');
  };
  await started();
  await time.advance(1_000);
  expect(runs).toBe(2);
});

describe('a nudge', () => {
  test('runs it at once and puts the next turn off', async () => {
    const repeat = await started();
    await time.advance(600);
    repeat.nudge();
    await settle();
    expect(runs).toBe(2);
    await time.advance(999);
    expect(runs).toBe(2);
    await time.advance(1);
    expect(runs).toBe(3);
  });

  test('while it runs makes it run once more, however many there were', async () => {
    const slow = deferred();
    work = () => slow.promise;
    const repeat = await started();
    for (let nudges = 0; nudges < 5; nudges += 1) repeat.nudge();
    work = () => Promise.resolve();
    slow.resolve();
    await time.advance(0);
    expect(runs).toBe(2);
    await time.advance(999);
    expect(runs).toBe(2);
  });

  test('before the start and after the stop does nothing', async () => {
    const repeat = make();
    repeat.nudge();
    expect(runs).toBe(0);
    await repeat.start();
    await repeat.stop();
    repeat.nudge();
    await time.advance(5_000);
    expect(runs).toBe(1);
  });
});

describe('a stop', () => {
  test('waits for the run that is under way and leaves no timer', async () => {
    const slow = deferred();
    work = () => slow.promise;
    const repeat = await started();
    let isStopped = false;
    const stopping = repeat.stop().then(() => (isStopped = true));
    await settle();
    expect(isStopped).toBe(false);
    slow.resolve();
    await stopping;
    expect(time.pendingDelaysMs).toEqual([]);
  });

  test('can be followed by another start', async () => {
    const repeat = await started();
    await repeat.stop();
    await repeat.start();
    await time.advance(1_000);
    expect(runs).toBe(3);
  });
});
