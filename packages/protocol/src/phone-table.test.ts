import { describe, expect, test } from 'vitest';
import { phoneAdvice, phoneTableMs, type AlertProgress, type PhoneAdvice } from './phone-table.ts';

const progress = (some: Partial<AlertProgress>): AlertProgress => ({
  tier: 'level-1',
  elapsedMs: 0,
  isStored: true,
  isOnLiveDesk: true,
  isAnswered: false,
  ...some,
});
const phone = (because: 'not-stored' | 'on-no-live-desk' | 'no-person'): PhoneAdvice => ({
  kind: 'phone-the-center',
  because,
});
const director: PhoneAdvice = { kind: 'director-and-region-called' };
const nextCenter: PhoneAdvice = { kind: 'next-center-asked' };

test('the terms are those of the design: 15, 30, 60, 120 and 180 seconds', () => {
  expect(phoneTableMs).toEqual({
    notStored: 15_000,
    onNoLiveDesk: 30_000,
    noPerson: 60_000,
    directorAndRegion: 120_000,
    nextCenter: 180_000,
  });
});

describe.each([
  ['level-1', 1],
  ['level-2', 2],
  ['advice', 2],
] as const)('tier %s', (tier, factor) => {
  const on = (seconds: number, some: Partial<AlertProgress> = {}) =>
    phoneAdvice(progress({ tier, elapsedMs: seconds * factor * 1_000, ...some }));
  const justBefore = (seconds: number, some: Partial<AlertProgress> = {}) =>
    phoneAdvice(progress({ tier, elapsedMs: seconds * factor * 1_000 - 1, ...some }));

  test('not stored: 15 s, never doubled, and nothing else while it is not stored (E17)', () => {
    const notStored = (elapsedMs: number) =>
      phoneAdvice(progress({ tier, elapsedMs, isStored: false, isOnLiveDesk: false }));
    expect(notStored(14_999)).toEqual([]);
    expect(notStored(15_000)).toEqual([phone('not-stored')]);
    expect(notStored(600_000)).toEqual([phone('not-stored')]);
  });

  test('stored but on no live desk: 30 s', () => {
    expect(justBefore(30, { isOnLiveDesk: false })).toEqual([]);
    expect(on(30, { isOnLiveDesk: false })).toEqual([phone('on-no-live-desk')]);
    expect(on(60, { isOnLiveDesk: false })).toEqual([phone('on-no-live-desk')]);
  });

  test('shown but no person: 60 s', () => {
    expect(on(30)).toEqual([]);
    expect(justBefore(60)).toEqual([]);
    expect(on(60)).toEqual([phone('no-person')]);
  });

  test('director and region: 120 s', () => {
    expect(justBefore(120)).toEqual([phone('no-person')]);
    expect(on(120)).toEqual([phone('no-person'), director]);
    expect(on(120, { isOnLiveDesk: false })).toEqual([phone('on-no-live-desk'), director]);
  });

  test('next center: 180 s, the most urgent last', () => {
    expect(justBefore(180)).toEqual([phone('no-person'), director]);
    expect(on(180)).toEqual([phone('no-person'), director, nextCenter]);
  });

  test('answered: nothing at any time', () => {
    for (const seconds of [0, 15, 30, 60, 120, 180, 3_600]) {
      for (const isStored of [true, false]) expect(on(seconds, { isAnswered: true, isStored })).toEqual([]);
    }
  });
});

test('more time never takes advice away', () => {
  for (const isOnLiveDesk of [true, false]) {
    for (let elapsedMs = 0; elapsedMs < 400_000; elapsedMs += 5_000) {
      const now = phoneAdvice(progress({ elapsedMs, isOnLiveDesk }));
      const later = phoneAdvice(progress({ elapsedMs: elapsedMs + 5_000, isOnLiveDesk }));
      for (const advice of now) expect(later).toContainEqual(advice);
    }
  }
});
