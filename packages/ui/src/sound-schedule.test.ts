import { describe, expect, test } from 'vitest';
import {
  burstLengthMs,
  bursts,
  partials,
  planSound,
  silentMemory,
  soundAgain,
  type SoundCause,
} from './sound-schedule.ts';

const high: SoundCause = { key: 'a', priority: 'high' };
const med: SoundCause = { key: 'b', priority: 'med' };
const low: SoundCause = { key: 'c', priority: 'low' };

describe('bursts of screens.md', () => {
  test('high is ten pulses of 523 Hz in 3 + 2, pause, 3 + 2', () => {
    const { pulses, pitchHz } = bursts.high;
    expect(pitchHz).toBe(523);
    expect(pulses).toHaveLength(10);
    const gaps = pulses
      .slice(1)
      .map((pulse, index) => pulse.startMs - (pulses[index]!.startMs + pulses[index]!.durationMs));
    expect(gaps).toEqual([80, 80, 280, 80, 600, 80, 80, 280, 80]);
    expect(pulses.every((pulse) => pulse.durationMs === 120)).toBe(true);
  });

  test('medium is three pulses of 160 ms, 180 ms apart, at 392 Hz', () => {
    expect(bursts.med.pitchHz).toBe(392);
    expect(bursts.med.pulses).toEqual([0, 340, 680].map((startMs) => ({ startMs, durationMs: 160 })));
  });

  test('low is one pulse of 200 ms at 330 Hz', () => {
    expect(bursts.low).toMatchObject({ pitchHz: 330, pulses: [{ startMs: 0, durationMs: 200 }] });
  });

  test('each pitch has four parts within 15 dB between 300 and 4000 Hz', () => {
    for (const { pitchHz } of Object.values(bursts)) {
      const parts = partials.map((gain, index) => ({
        hz: pitchHz * (index + 1),
        db: 20 * Math.log10(gain / partials[0]!),
      }));
      expect(parts.filter((part) => part.hz >= 300 && part.hz <= 4_000 && part.db >= -15)).toHaveLength(4);
    }
  });
});

describe('planning', () => {
  test('a new cause sounds at once', () => {
    expect(planSound([high], silentMemory, 1_000).play).toBe('high');
  });

  test.each([
    ['high', high, 15_000],
    ['medium', med, 30_000],
    ['low', low, 60_000],
  ])('%s repeats at its period and not before', (_, cause, periodMs) => {
    const first = planSound([cause], silentMemory, 0);
    expect(planSound([cause], first.memory, periodMs - 1).play).toBeNull();
    expect(planSound([cause], first.memory, periodMs).play).toBe(cause.priority);
  });

  test('nothing sounds without a cause', () => {
    expect(planSound([], planSound([high], silentMemory, 0).memory, 60_000).play).toBeNull();
  });

  test('a lesser burst waits until the greater has ended', () => {
    const first = planSound([high], silentMemory, 0);
    const during = planSound([high, med], first.memory, 500);
    expect(during.play).toBeNull();
    expect(planSound([high, med], during.memory, burstLengthMs(bursts.high)).play).toBe('med');
  });

  test('a greater burst cuts a lesser one', () => {
    const first = planSound([med], silentMemory, 0);
    expect(planSound([med, high], first.memory, 100).play).toBe('high');
  });

  test('two causes of one priority make one burst', () => {
    const first = planSound([high, { key: 'z', priority: 'high' }], silentMemory, 0);
    expect(planSound([high, { key: 'z', priority: 'high' }], first.memory, 4_000).play).toBeNull();
  });

  test('a cause that went and came back sounds at once', () => {
    const gone = planSound([], planSound([high], silentMemory, 0).memory, 5_000);
    expect(planSound([high], gone.memory, 6_000).play).toBe('high');
  });

  test('a ladder step makes its cause sound before its period is over', () => {
    const first = planSound([high], silentMemory, 0);
    expect(planSound([high], soundAgain(first.memory, 'a'), 5_000).play).toBe('high');
  });
});
