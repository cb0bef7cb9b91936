import { createSignal, type Accessor } from 'solid-js';

export interface ClockPorts {
  /** Milliseconds that never jump (performance.now), whatever the desk's wall clock does. */
  readonly monotonicMs: () => number;
  readonly wallMs: () => number;
  readonly every: (ms: number, run: () => void) => () => void;
}

export interface Clock {
  /** Server time as an integer of milliseconds; changes once a second, for everything on the page together. */
  readonly nowMs: Accessor<number>;
  /** The same reading without waiting for the next second. */
  readonly exactMs: () => number;
  readonly sync: (serverNowMs: number) => void;
  readonly dispose: () => void;
}

const browserPorts: ClockPorts = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  every: (ms, run) => {
    const timer = setInterval(run, ms);
    return () => clearInterval(timer);
  },
};

/** One clock for all ages and countdowns. It goes on while the link is down, so that values age on. */
export function createClock(ports: ClockPorts = browserPorts): Clock {
  let offsetMs = ports.wallMs() - ports.monotonicMs();
  const exactMs = () => Math.round(ports.monotonicMs() + offsetMs);
  const [nowMs, setNowMs] = createSignal(exactMs());
  const stop = ports.every(1_000, () => setNowMs(exactMs()));
  return {
    nowMs,
    exactMs,
    sync: (serverNowMs) => {
      const isFar = Math.abs(serverNowMs - exactMs()) > 1_000;
      offsetMs = serverNowMs - ports.monotonicMs();
      if (isFar) setNowMs(exactMs());
    },
    dispose: stop,
  };
}
