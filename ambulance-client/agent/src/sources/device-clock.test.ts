import { describe, expect, it } from 'vitest';
import { VirtualTime } from '../platform/virtual-time.fixture.ts';
import { DeviceClock } from './device-clock.ts';

describe("the monitor's clock", () => {
  it('is unknown before a message said it', () => {
    expect(new DeviceClock(new VirtualTime()).reading()).toBeNull();
  });

  it('is judged by the message that was late the least', () => {
    const time = new VirtualTime();
    const clock = new DeviceClock(time);
    for (const lateMs of [90_000, 40, 700]) clock.note(time.nowMs() + 5_000 - lateMs);
    expect(clock.reading()).toEqual({ offsetMs: 4_960, samples: 3 });
  });

  it('forgets what it knew when our own clock steps, and what is older than sixteen messages', async () => {
    const time = new VirtualTime();
    const clock = new DeviceClock(time);
    clock.note(time.nowMs() + 1_000);
    time.wallOffsetMs += 60_000;
    await time.advance(10);
    clock.note(time.nowMs() - 59_000);
    expect(clock.reading()).toEqual({ offsetMs: -59_000, samples: 1 });
    for (let count = 0; count < 16; count += 1) clock.note(time.nowMs() - 59_500);
    expect(clock.reading()).toEqual({ offsetMs: -59_500, samples: 16 });
  });
});
