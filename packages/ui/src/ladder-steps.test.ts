import { describe, expect, test } from 'vitest';
import { readLadder } from './ladder-steps.ts';

const AT = 1_000_000;
const step = (name: string, afterS: number, isFired: boolean) => ({
  step: name,
  round: 0,
  dueAtMs: AT + afterS * 1_000,
  firedAtMs: isFired ? AT + afterS * 1_000 : null,
});

describe('reading a ladder', () => {
  const ladder = [
    step('duty-desk', 0, true),
    step('all-on-duty', 30, true),
    step('second-channel', 60, false),
    step('director-and-region', 120, false),
  ];

  test('the next step is the first that has not fired, with the way there', () => {
    const reading = readLadder(ladder, AT, AT + 45_000);
    expect(reading.next?.step).toBe('second-channel');
    expect(reading.progress).toBeCloseTo(0.5);
    expect(reading.steps.map((each) => each.state)).toEqual(['done', 'done', 'next', 'later']);
  });

  test('an overdue step stays next and is full, not fired', () => {
    expect(readLadder(ladder, AT, AT + 90_000)).toMatchObject({ progress: 1, next: { step: 'second-channel' } });
  });

  test('a ladder that has ended has no next step', () => {
    expect(readLadder([step('duty-desk', 0, true)], AT, AT + 9_000).next).toBeNull();
  });

  test('of an endless ladder the part where it stands is shown', () => {
    const long = [
      ...Array.from({ length: 20 }, (_, index) => step('repeat', index * 60, true)),
      step('repeat', 1_200, false),
    ];
    const reading = readLadder(long, AT, AT + 1_190_000);
    expect(reading.steps).toHaveLength(6);
    expect(reading.steps.at(-1)?.state).toBe('next');
  });
});
