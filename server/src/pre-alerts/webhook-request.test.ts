import { describe, expect, test } from 'vitest';
import type { OutsideCall } from './outside-call.ts';
import { retryAfterMs } from './outside-call.ts';
import { postCall, type FetchCall } from './webhook-request.ts';

const call: OutsideCall = {
  preAlertId: 'alert-1',
  targetId: 'target-1',
  deskId: 'desk-1',
  specialty: 'stroke',
  tier: 'level-1',
  step: 'second-channel',
  round: 0,
  firedAtMs: 1,
  attempt: 1,
};
const webhook = { url: 'https://calls.example', secret: 'shared' };
const stillTimers = { after: () => () => undefined };

describe('one try', () => {
  test.each([
    [200, true],
    [299, true],
    [302, false],
    [404, false],
    [503, false],
  ])('answered with %i is taken: %s', async (status, isTaken) => {
    const fetch: FetchCall = async () => ({ status, body: null });
    expect(await postCall(webhook, call, { fetch, timers: stillTimers, nowMs: 5 })).toEqual({
      isTaken,
      code: `http-${status}`,
    });
  });

  test('that hangs is over when its five seconds are', async () => {
    let delayMs = 0;
    const timers = {
      after: (wanted: number, run: () => void) => {
        delayMs = wanted;
        queueMicrotask(run);
        return () => undefined;
      },
    };
    const fetch: FetchCall = (_url, { signal }) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
    expect(await postCall(webhook, call, { fetch, timers, nowMs: 5 })).toEqual({ isTaken: false, code: 'timeout' });
    expect(delayMs).toBe(5_000);
  });

  test('that never connects says so', async () => {
    const fetch: FetchCall = () => Promise.reject(new TypeError('fetch failed'));
    expect(await postCall(webhook, call, { fetch, timers: stillTimers, nowMs: 5 })).toEqual({
      isTaken: false,
      code: 'unreachable',
    });
  });
});

test('waits double and never pass a minute', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 100].map(retryAfterMs)).toEqual([
    2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000,
  ]);
});
