import type { Capture } from '../agent-types.ts';
import type { Cancel } from '../ports.ts';
import type { Feed, FeedPorts } from './feed.ts';

/** One reading of a recording. */
export interface Recorded {
  /** Milliseconds from the recording's start at which it was whole: it is handed out then. */
  readonly offsetMs: number;
  /** @param baseMs the instant the recording's start is laid on */
  at(baseMs: number): Capture;
}
export interface Recording {
  readonly durationMs: number;
  /** In ascending order of `offsetMs`; may read its files as it goes. */
  readings(): Iterable<Recorded>;
}
export interface Pace {
  /** 1: as it was recorded. */
  readonly speed: number;
  /** Real milliseconds after which playing ends; null: at the recording's end. */
  readonly limitMs: number | null;
}

const LEAST_WAIT_MS = 20;
/** Of one synced transaction; a waveform chunk has some kilobytes. */
const MOST_AT_ONCE = 64;

/**
 * Plays a recording into the agent. Readings keep the spacing they were recorded with. Played faster, the recording begins
 * in the past and ends now: no reading is of the future, and an old one has its true age.
 */
export function playRecording(ports: FeedPorts, recording: Recording, { speed, limitMs }: Pace): Feed {
  const { agent, clock, timers } = ports;
  const startedMs = clock.monotonicMs();
  const lastsMs = Math.min(recording.durationMs, limitMs === null ? Infinity : limitMs * speed);
  const baseMs = Math.round(clock.nowMs() - Math.max(0, lastsMs - lastsMs / speed));
  const readings = recording.readings()[Symbol.iterator]();
  let next: Recorded | null = null;
  let cancel: Cancel = () => undefined;
  let isOver = false;
  let resolve: () => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const done = new Promise<void>((whole, broken) => {
    resolve = whole;
    reject = broken;
  });

  const take = (): Recorded | null => {
    const read = readings.next();
    return read.done === true || read.value.offsetMs > lastsMs ? null : read.value;
  };
  const end = (): void => {
    if (isOver) return;
    isOver = true;
    cancel();
    readings.return?.();
    resolve();
  };
  const tick = (): void => {
    if (isOver) return;
    try {
      const playedMs = (clock.monotonicMs() - startedMs) * speed;
      const due: Capture[] = [];
      while (next !== null && next.offsetMs <= playedMs && due.length < MOST_AT_ONCE) {
        due.push(next.at(baseMs));
        next = take();
      }
      agent.capture(due);
      if (next === null) return end();
      const waitMs = (next.offsetMs - playedMs) / speed;
      cancel = timers.after(due.length === MOST_AT_ONCE ? 0 : Math.max(LEAST_WAIT_MS, waitMs), tick);
    } catch (error) {
      isOver = true;
      reject(error);
    }
  };
  cancel = timers.after(0, () => {
    try {
      next = take();
      tick();
    } catch (error) {
      isOver = true;
      reject(error);
    }
  });
  return {
    done,
    stop: () => {
      end();
      return Promise.resolve();
    },
  };
}
