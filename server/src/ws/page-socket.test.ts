import { caseId, START_MS } from '@pentad/protocol/testing/boring-ids';
import { caseView } from '@pentad/protocol/testing/view-builders';
import { beforeEach, describe, expect, test } from 'vitest';
import { FakeTime } from '../platform/fake-time.fixture.ts';
import { FakeSocket } from './fake-socket.fixture.ts';
import { PageSocket } from './page-socket.ts';

const KIB = 1_024;
let time: FakeTime;
let socket: FakeSocket;
let page: PageSocket;
beforeEach(() => {
  time = new FakeTime();
  socket = new FakeSocket();
  page = new PageSocket(socket.asWebSocket(), time);
});

const alert = (n: number) =>
  ({ type: 'frame', topic: 'desk:desk-1', n, frame: { kind: 'case', case: caseView({ caseSeq: n }) } }) as const;
const telemetry = (key: string, value: number) =>
  page.sendTelemetry(key, JSON.stringify({ type: 'numerics', key, value }));
const values = () =>
  socket.sent.filter(({ type }) => type === 'numerics').map(({ key, value }) => `${String(key)}=${String(value)}`);

describe('L8: telemetry to a page', () => {
  test('that keeps up is sent as it comes', () => {
    telemetry('a', 1);
    telemetry('a', 2);
    expect(values()).toEqual(['a=1', 'a=2']);
  });

  test('512 KiB behind is held back: the newest value of each key, sent when it drains', () => {
    socket.bufferedAmount = 512 * KIB;
    for (let value = 1; value <= 100; value += 1) telemetry('a', value);
    telemetry('b', 7);
    expect(values()).toEqual([]);
    page.tick();
    expect(values()).toEqual([]);
    socket.bufferedAmount = 512 * KIB - 1;
    page.tick();
    expect(values()).toEqual(['a=100', 'b=7']);
    page.tick();
    expect(values()).toHaveLength(2);
  });

  test('never goes back in time: what was held is not sent after a newer value of its key', () => {
    socket.bufferedAmount = 512 * KIB;
    telemetry('a', 1);
    telemetry('b', 1);
    socket.bufferedAmount = 0;
    telemetry('a', 2);
    page.tick();
    expect(values()).toEqual(['a=2', 'b=1']);
  });
});

describe('L8: alerts and frames', () => {
  test('are never held back nor dropped, however slow the page', () => {
    socket.bufferedAmount = 2 * KIB * KIB - 1;
    for (let n = 1; n <= 50; n += 1) page.send(alert(n));
    expect(socket.sent.map(({ n }) => n)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect(socket.isTerminated).toBe(false);
  });

  test('keep their order among each other while telemetry is held', () => {
    socket.bufferedAmount = 600 * KIB;
    telemetry('a', 1);
    page.send(alert(1));
    telemetry('a', 2);
    page.send(alert(2));
    expect(socket.sent.map(({ n }) => n)).toEqual([1, 2]);
  });
});

describe('L8: a page too far behind is cut, so that it comes back by its cursor', () => {
  test.each<[string, () => void]>([
    ['a frame', () => page.send(alert(1))],
    ['telemetry', () => telemetry('a', 1)],
    ['the tick of a second', () => page.tick()],
  ])('at 2 MiB, when %s would be added: nothing is sent any more', (_, act) => {
    socket.bufferedAmount = 2 * KIB * KIB;
    act();
    expect([socket.isTerminated, socket.sent]).toEqual([true, []]);
    page.send(alert(2));
    expect(socket.sent).toEqual([]);
  });

  test('after 30 s behind', () => {
    socket.bufferedAmount = 512 * KIB;
    telemetry('a', 1);
    time.jump(30_000);
    page.tick();
    expect(socket.isTerminated).toBe(false);
    time.jump(1);
    page.tick();
    expect(socket.isTerminated).toBe(true);
  });

  test('not after 30 s in all: once it has caught up it counts anew', () => {
    for (let spell = 0; spell < 5; spell += 1) {
      socket.bufferedAmount = 512 * KIB;
      telemetry('a', spell);
      time.jump(20_000);
      socket.bufferedAmount = 0;
      page.tick();
    }
    expect(socket.isTerminated).toBe(false);
  });
});

test('L7: each second a page is told the server’s time: the proof that the link lives', () => {
  page.tick();
  time.jump(1_000);
  page.tick();
  expect(socket.sent).toEqual([0, 1_000].map((afterMs) => ({ type: 'tick', serverNowMs: START_MS + afterMs })));
});

test('to a socket that is closed nothing is sent', () => {
  socket.readyState = 3;
  page.send(alert(1));
  telemetry(`numerics/${caseId}`, 1);
  page.tick();
  expect([socket.sent, page.isOpen]).toEqual([[], false]);
});
