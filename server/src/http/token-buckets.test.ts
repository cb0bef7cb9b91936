import { expect, test } from 'vitest';
import { TokenBuckets } from './token-buckets.ts';

function buckets(burst: number, perSecond: number) {
  let nowMs = 0;
  const made = new TokenBuckets({ burst, perSecond }, { nowMs: () => nowMs });
  return { take: (who: string) => made.take(who), wait: (ms: number) => void (nowMs += ms) };
}

test('gives a burst, then as many as the rate, to each identity by itself', () => {
  const { take, wait } = buckets(3, 2);
  expect([take('a'), take('a'), take('a'), take('a')]).toEqual([true, true, true, false]);
  expect(take('b')).toBe(true);
  wait(499);
  expect(take('a')).toBe(false);
  wait(1);
  expect([take('a'), take('a')]).toEqual([true, false]);
  wait(60_000);
  expect([take('a'), take('a'), take('a'), take('a')]).toEqual([true, true, true, false]);
});

test('a clock that steps back gives nothing and takes nothing', () => {
  const { take, wait } = buckets(1, 1);
  expect(take('a')).toBe(true);
  wait(-5_000);
  expect(take('a')).toBe(false);
  wait(1_000);
  expect(take('a')).toBe(true);
});

test('any number of identities keeps a bounded number of buckets', () => {
  const { take } = buckets(2, 1);
  for (let n = 0; n < 25_000; n += 1) take(`identity-${n}`);
  expect(take('identity-24999')).toBe(true);
  expect(take('identity-24999')).toBe(false);
});
