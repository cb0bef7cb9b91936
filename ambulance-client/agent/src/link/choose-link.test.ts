import { expect, test } from 'vitest';
import { quietLog, seededRandom, VirtualTime } from '../platform/virtual-time.fixture.ts';
import type { BrokerKind, DownlinkKind } from '../ports.ts';
import type { Line, Way } from './broker-way.ts';
import { ChosenLink } from './choose-link.ts';

const beat = Buffer.from('beat');
const away = () => new Error('away');

/** One way as a road: open or closed, answering or silent, and slow by choice. */
class FakeWay implements Way {
  readonly kind: BrokerKind;
  readonly #time: VirtualTime;
  readonly lines = new Set<() => void>();
  readonly openedAtMs: number[] = [];
  isOpen = true;
  isAnswering = true;
  isOverEarly = false;
  roundTripMs = 20;
  push: (kind: DownlinkKind, bytes: Uint8Array) => void = () => undefined;

  constructor(time: VirtualTime, kind: BrokerKind) {
    this.#time = time;
    this.kind = kind;
  }

  close(): void {
    this.isOpen = false;
    for (const end of this.lines) end();
  }

  async open(): Promise<Line> {
    this.openedAtMs.push(this.#time.monotonicMs());
    if (!this.isOpen) {
      await this.#later(5_000);
      throw away();
    }
    await this.#later(this.roundTripMs);
    let end = () => undefined as void;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const over = () => {
      this.lines.delete(over);
      end();
    };
    this.lines.add(over);
    return {
      ended,
      hear: (downlink) => {
        if (this.isOverEarly) throw away();
        this.push = downlink;
      },
      publish: () => Promise.resolve(),
      ask: async (_ask, bytes, timeoutMs) => {
        const isInTime = this.isAnswering && this.roundTripMs <= timeoutMs;
        await this.#later(isInTime ? this.roundTripMs : timeoutMs);
        if (!isInTime) throw away();
        return bytes;
      },
      close: () => Promise.resolve(over()),
    };
  }

  #later(delayMs: number): Promise<void> {
    return new Promise((resolve) => void this.#time.after(delayMs, resolve));
  }
}

/** A vehicle with both ways, whose heartbeat goes every five seconds as the conversation's does. */
async function setUp(kinds: readonly BrokerKind[] = ['wss', 'tls'], prepare?: (tls: FakeWay, wss: FakeWay) => void) {
  const time = new VirtualTime();
  const [tls, wss] = [new FakeWay(time, 'tls'), new FakeWay(time, 'wss')];
  prepare?.(tls, wss);
  const ways = kinds.map((kind) => (kind === 'tls' ? tls : wss));
  const link = new ChosenLink({ ways, clock: time, timers: time, random: seededRandom(5), log: quietLog });
  const heard: string[] = [];
  const kind = () => link.measured().kind;
  link.start({
    connected: () => heard.push(`up ${kind()}`),
    disconnected: () => heard.push('down'),
    downlink: (_, bytes) => heard.push(Buffer.from(bytes).toString()),
  });
  const say = (): void => {
    time.after(5_000, say);
    if (link.isConnected()) void link.ask('hb', beat, 4_500).catch(() => undefined);
  };
  say();
  await time.advance(6_000);
  return { time, tls, wss, link, heard, kind };
}
const closed = (way: FakeWay): void => {
  way.isOpen = false;
};

test('TLS is taken where it opens, whatever the order of the addresses, and WebSocket is measured every 30 s', async () => {
  const { time, wss, link, heard } = await setUp();
  await time.advance(180_000);
  expect(heard).toEqual(['up tls']);
  expect(wss.openedAtMs).toHaveLength(6);
  expect(new Set(wss.openedAtMs.slice(1).map((atMs, index) => atMs - (wss.openedAtMs[index] ?? 0)))).toEqual(
    new Set([30_000]),
  );
  expect(wss.lines.size).toBe(0);
  expect(link.measured()).toMatchObject({
    kind: 'tls',
    probes: [
      { link: 'tls', isGood: true, roundTripMs: 20 },
      { link: 'wss', isGood: true, roundTripMs: 20 },
    ],
  });
});

test('the live link’s own heartbeats are its probe: none is made of it', async () => {
  const { time, tls, link } = await setUp();
  await time.advance(120_000);
  expect(tls.openedAtMs).toHaveLength(1);
  expect(link.measured().probes[0]?.ageMs).toBeLessThanOrEqual(5_000);
});

test('where TLS is closed it is WebSocket after one try', async () => {
  const { heard, tls } = await setUp(['tls', 'wss'], closed);
  expect(heard).toEqual(['up wss']);
  expect(tls.openedAtMs).toEqual([0]);
});

test('a better way is taken after two good probes in a row, the new line heard before the old one is closed', async () => {
  const { time, tls, wss, heard } = await setUp(['tls', 'wss'], closed);
  await time.advance(60_000);
  tls.isOpen = true;
  const probesBefore = tls.openedAtMs.length;
  while (tls.openedAtMs.length < probesBefore + 1) await time.advance(1_000);
  await time.advance(5_000);
  expect(heard).toEqual(['up wss']);
  await time.advance(30_000);
  expect(heard).toEqual(['up wss', 'up tls']);
  expect([tls.lines.size, wss.lines.size]).toEqual([1, 0]);
  wss.push('rcpt', Buffer.from('from the old line'));
  tls.push('rcpt', Buffer.from('from the new one'));
  expect(heard.slice(2)).toEqual(['from the new one']);
});

test('a way that is good only every other time is never changed to', async () => {
  const { time, tls, heard } = await setUp(['tls', 'wss'], closed);
  for (let probe = 0; probe < 20; probe += 1) {
    const before = tls.openedAtMs.length;
    while (tls.openedAtMs.length === before) await time.advance(1_000);
    await time.advance(10_000);
    tls.isOpen = !tls.isOpen;
  }
  expect(heard).toEqual(['up wss']);
});

test('a way that answers slower than two seconds is not good, and is not changed to', async () => {
  const { time, tls, link, heard } = await setUp(['tls', 'wss'], closed);
  tls.isOpen = true;
  tls.roundTripMs = 2_100;
  await time.advance(300_000);
  expect(heard).toEqual(['up wss']);
  expect(link.measured().probes[0]).toMatchObject({ link: 'tls', isGood: false, roundTripMs: 2_100 });
});

test('a link that ends is left at once, and the next that opens is taken', async () => {
  const { time, tls, heard } = await setUp();
  tls.close();
  await time.advance(0);
  expect(heard).toEqual(['up tls', 'down']);
  await time.advance(6_000);
  expect(heard).toEqual(['up tls', 'down', 'up wss']);
});

test('a link whose round trip is so bad that two heartbeats fail is left for one that answers, within 15 s', async () => {
  const { time, tls, wss, heard } = await setUp();
  await time.advance(20_000);
  tls.roundTripMs = 6_000;
  await time.advance(15_000);
  expect(heard).toEqual(['up tls', 'up wss']);
  expect([tls.lines.size, wss.lines.size]).toEqual([0, 1]);
  await time.advance(300_000);
  expect(heard).toEqual(['up tls', 'up wss']);
  tls.roundTripMs = 20;
  await time.advance(65_000);
  expect(heard).toEqual(['up tls', 'up wss', 'up tls']);
});

test('while the server answers on no way nothing is changed: the broker still carries what is published', async () => {
  const { time, tls, wss, heard } = await setUp();
  tls.isAnswering = false;
  wss.isAnswering = false;
  await time.advance(600_000);
  expect(heard).toEqual(['up tls']);
  wss.isAnswering = true;
  await time.advance(35_000);
  expect(heard).toEqual(['up tls', 'up wss']);
});

test('a line that ends before it is heard is none: the next way is taken, and a live one is kept', async () => {
  const { time, tls, heard } = await setUp(['tls', 'wss'], (first) => {
    first.isOverEarly = true;
  });
  expect(heard).toEqual(['up wss']);
  await time.advance(120_000);
  expect(heard).toEqual(['up wss']);
  tls.isOverEarly = false;
  await time.advance(120_000);
  expect(heard).toEqual(['up wss', 'up tls']);
});

test('with no way open all are tried again without end, the delays drawn up to 30 s', async () => {
  const { time, tls, wss, heard, link } = await setUp(['tls', 'wss'], (...ways) => ways.forEach(closed));
  await time.advance(600_000);
  expect(heard).toEqual([]);
  expect(tls.openedAtMs.length).toBeGreaterThan(15);
  expect(link.measured()).toMatchObject({ kind: null, probes: [{ isGood: false }, { isGood: false }] });
  wss.isOpen = true;
  await time.advance(41_000);
  expect(heard).toEqual(['up wss']);
});

test('stopped, it closes its line and a probe’s, and tries nothing more', async () => {
  const { time, tls, wss, link, heard } = await setUp();
  wss.roundTripMs = 1_000;
  const before = wss.openedAtMs.length;
  while (wss.openedAtMs.length === before) await time.advance(500);
  await link.stop();
  const opened = tls.openedAtMs.length + wss.openedAtMs.length;
  await time.advance(120_000);
  expect([tls.lines.size, wss.lines.size]).toEqual([0, 0]);
  expect(tls.openedAtMs.length + wss.openedAtMs.length).toBe(opened);
  expect(heard).toEqual(['up tls']);
});
