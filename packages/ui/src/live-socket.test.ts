import { describe, expect, test } from 'vitest';
import { createLiveSocket, type LinkState, type SocketEvents } from './live-socket.ts';
import { DEAD_AFTER_MS, retryDelayMs } from './reconnect-policy.ts';

function bench(tickets: (string | null | Error)[]) {
  const states: LinkState[] = [];
  const timers: { ms: number; run: () => void; isCancelled: boolean }[] = [];
  const sockets: { events: SocketEvents; sent: string[]; isClosed: boolean }[] = [];
  let opens = 0;
  const live = createLiveSocket({
    ticket: async () => {
      const next = tickets.shift();
      if (next === undefined) throw new Error('no ticket left');
      if (next instanceof Error) throw next;
      return next;
    },
    open: (_, events) => {
      const socket = { events, sent: [] as string[], isClosed: false };
      sockets.push(socket);
      return { send: (text) => socket.sent.push(text), close: () => (socket.isClosed = true) };
    },
    after: (ms, run) => {
      const timer = { ms, run, isCancelled: false };
      timers.push(timer);
      return () => (timer.isCancelled = true);
    },
    random: () => 0.5,
    onState: (state) => states.push(state),
    onOpen: () => (opens += 1),
    onText: () => undefined,
  });
  const settle = async () => {
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  };
  const pending = () => timers.filter((timer) => !timer.isCancelled).at(-1)!;
  return { live, states, sockets, settle, pending, opens: () => opens };
}

describe('the live socket', () => {
  test('is live only when the first message came', async () => {
    const { live, states, sockets, settle } = bench(['t']);
    live.start();
    await settle();
    sockets[0]!.events.opened();
    expect(states.at(-1)).toBe('connecting');
    sockets[0]!.events.text('{}');
    expect(states.at(-1)).toBe('live');
  });

  test('is dead after ten silent seconds and asks for a fresh ticket', async () => {
    const { live, states, sockets, settle, pending } = bench(['one', 'two']);
    live.start();
    await settle();
    sockets[0]!.events.opened();
    sockets[0]!.events.text('{}');
    expect(pending().ms).toBe(DEAD_AFTER_MS);
    pending().run();
    expect(states.at(-1)).toBe('down');
    expect(sockets[0]!.isClosed).toBe(true);
    pending().run();
    await settle();
    expect(sockets).toHaveLength(2);
  });

  test('a closed socket is tried again; what the old one still says is ignored', async () => {
    const { live, states, sockets, settle, pending } = bench(['one', 'two']);
    live.start();
    await settle();
    sockets[0]!.events.closed();
    pending().run();
    await settle();
    sockets[0]!.events.text('late');
    expect(states.at(-1)).toBe('down');
  });

  test('without a session it says so and stops', async () => {
    const { live, states, sockets, settle } = bench([null]);
    live.start();
    await settle();
    expect(states.at(-1)).toBe('signed-out');
    expect(sockets).toHaveLength(0);
  });

  test('a server that is away is tried again', async () => {
    const { live, states, settle, pending, sockets } = bench([new Error('away'), 'two']);
    live.start();
    await settle();
    expect(states.at(-1)).toBe('down');
    pending().run();
    await settle();
    expect(sockets).toHaveLength(1);
  });

  test('nothing is sent before it is open, and the caller knows', async () => {
    const { live, sockets, settle } = bench(['t']);
    live.start();
    await settle();
    expect(live.send({ type: 'x' })).toBe(false);
    sockets[0]!.events.opened();
    expect(live.send({ type: 'x' })).toBe(true);
    expect(sockets[0]!.sent).toEqual(['{"type":"x"}']);
  });
});

describe('the reconnect policy', () => {
  test.each([
    [0, 500],
    [1, 1_000],
    [4, 8_000],
    [5, 10_000],
    [50, 10_000],
  ])('attempt %i waits less than %i ms', (attempt, ceiling) => {
    expect(retryDelayMs(attempt, 0)).toBe(0);
    expect(retryDelayMs(attempt, 0.999_999)).toBeLessThan(ceiling);
    expect(retryDelayMs(attempt, 0.5)).toBe(ceiling / 2);
  });
});
