import { byPriority, type Priority } from './priority.ts';

/** One pulse of a burst, in milliseconds from its beginning. */
export interface Pulse {
  readonly startMs: number;
  readonly durationMs: number;
}

export interface Burst {
  readonly pitchHz: number;
  readonly pulses: readonly Pulse[];
  readonly repeatMs: number;
}

const train = (durationMs: number, starts: readonly number[]): readonly Pulse[] =>
  starts.map((startMs) => ({ startMs, durationMs }));

/**
 * screens.md Alarms (IEC 60601-1-8 / YY 9706.108, figures to be checked against the text before sign-off).
 * High: 3 + 2, pause 600 ms, 3 + 2; gap 80 ms, 280 ms after the third pulse.
 */
export const bursts: Readonly<Record<Priority, Burst>> = {
  high: { pitchHz: 523, repeatMs: 15_000, pulses: train(120, [0, 200, 400, 800, 1000, 1720, 1920, 2120, 2520, 2720]) },
  med: { pitchHz: 392, repeatMs: 30_000, pulses: train(160, [0, 340, 680]) },
  low: { pitchHz: 330, repeatMs: 60_000, pulses: train(200, [0]) },
};

/** Gains of the fundamental and its overtones: four parts within 15 dB, all between 300 and 4000 Hz. */
export const partials: readonly number[] = [1, 0.7, 0.5, 0.35];

export const burstLengthMs = (burst: Burst): number =>
  Math.max(...burst.pulses.map((pulse) => pulse.startMs + pulse.durationMs));

/** A condition that asks for sound; `key` is stable for its life. */
export interface SoundCause {
  readonly key: string;
  readonly priority: Priority;
}

export interface SoundMemory {
  readonly lastAtMs: Readonly<Record<string, number>>;
  readonly playing: { readonly priority: Priority; readonly untilMs: number } | null;
}
export const silentMemory: SoundMemory = { lastAtMs: {}, playing: null };

export interface SoundPlan {
  readonly play: Priority | null;
  readonly memory: SoundMemory;
}

/**
 * What sounds now: the most urgent condition whose turn has come. A burst is never cut by a lesser or an equal one;
 * a cause that is gone is forgotten, so that it sounds at once when it comes back.
 */
export function planSound(causes: readonly SoundCause[], memory: SoundMemory, nowMs: number): SoundPlan {
  const kept = Object.fromEntries(
    causes.flatMap((cause) => {
      const last = memory.lastAtMs[cause.key];
      return last === undefined ? [] : [[cause.key, last]];
    }),
  );
  const playing = memory.playing && memory.playing.untilMs > nowMs ? memory.playing : null;
  const due = causes
    .filter((cause) => nowMs - (kept[cause.key] ?? -Infinity) >= bursts[cause.priority].repeatMs)
    .sort((a, b) => byPriority(a.priority, b.priority));
  const first = due[0];
  if (!first || (playing && byPriority(first.priority, playing.priority) >= 0)) {
    return { play: null, memory: { lastAtMs: kept, playing } };
  }
  const lastAtMs = { ...kept, ...Object.fromEntries(due.map((cause) => [cause.key, nowMs])) };
  const untilMs = nowMs + burstLengthMs(bursts[first.priority]);
  return { play: first.priority, memory: { lastAtMs, playing: { priority: first.priority, untilMs } } };
}

/** A ladder step fired: the cause sounds at the next look, whenever it sounded last. */
export function soundAgain(memory: SoundMemory, key: string): SoundMemory {
  const lastAtMs = { ...memory.lastAtMs };
  delete lastAtMs[key];
  return { ...memory, lastAtMs };
}
