import { expect, test } from 'vitest';
import { seededRandom } from '../platform/virtual-time.fixture.ts';
import { Backoff, RECONNECT } from './backoff.ts';

const delays = (seed: number, count: number) => {
  const backoff = new Backoff(seededRandom(seed), RECONNECT);
  return Array.from({ length: count }, () => backoff.nextMs());
};

test('E11: no delay is over 30 s, and each is drawn from the whole range below its ceiling', () => {
  const rounds = Array.from({ length: 500 }, (_, seed) => delays(seed + 1, 12));
  const last = rounds.map((round) => round[11] ?? 0);
  expect(Math.max(...rounds.flat())).toBeLessThan(30_000);
  expect(Math.max(...rounds.map((round) => round[0] ?? 0))).toBeLessThan(500);
  expect(Math.min(...last)).toBeLessThan(1_500);
  expect(Math.max(...last)).toBeGreaterThan(28_500);
});

test('E11: five hundred vehicles that lost one broker do not come back in one moment', () => {
  const perSecond = new Map<number, number>();
  for (let seed = 1; seed <= 500; seed += 1) {
    const at = delays(seed, 8).reduce((sum, delay) => sum + delay, 0);
    perSecond.set(Math.floor(at / 1_000), (perSecond.get(Math.floor(at / 1_000)) ?? 0) + 1);
  }
  expect(Math.max(...perSecond.values())).toBeLessThan(50);
});

test('after a stable connection the delays begin short again', () => {
  const backoff = new Backoff(seededRandom(1), RECONNECT);
  for (let failure = 0; failure < 10; failure += 1) backoff.nextMs();
  backoff.reset();
  expect(backoff.nextMs()).toBeLessThan(500);
});
