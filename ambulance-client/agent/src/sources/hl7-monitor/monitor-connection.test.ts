import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { framed } from '@pentad/hl7v2/mllp-frame';
import { describe, expect, it } from 'vitest';
import { quietLog, VirtualTime } from '../../platform/virtual-time.fixture.ts';
import { MessageDesk } from './message-desk.ts';
import { serveMonitor } from './monitor-connection.ts';

class FakeSocket extends EventEmitter {
  readonly calls: string[] = [];
  isTaking = true;
  destroyed = false;
  setNoDelay(): void {}
  setTimeout(): void {}
  write(): boolean {
    this.calls.push('write');
    return this.isTaking;
  }
  pause(): void {
    this.calls.push('pause');
  }
  resume(): void {
    this.calls.push('resume');
  }
  end(): void {
    this.calls.push('end');
  }
  destroy(): void {
    this.destroyed = true;
    this.calls.push('destroy');
    this.emit('close');
  }
}

function serve() {
  const socket = new FakeSocket();
  const clock = new VirtualTime();
  const codes: string[] = [];
  const desk = new MessageDesk(
    clock,
    quietLog,
    { zoneOffsetMinutes: null },
    { onReading: () => undefined, onUnreadable: ({ code }) => void codes.push(code) },
  );
  serveMonitor(socket as unknown as Socket, 1, desk, { clock, log: quietLog, idleTimeoutMs: 1_000 });
  return { socket, codes };
}

const message = framed(new TextEncoder().encode('MSH|^~\\&|||||||ADT^A01|1|P|2.6\r'));

describe('the connection of a monitor', () => {
  it('reads no more while its answers are not read', () => {
    const { socket } = serve();
    socket.emit('data', message);
    socket.isTaking = false;
    socket.emit('data', message);
    expect(socket.calls).toEqual(['write', 'write', 'pause']);
    socket.emit('drain');
    expect(socket.calls.at(-1)).toBe('resume');
  });

  it('keeps once what had begun when nothing moves any more', () => {
    const { socket, codes } = serve();
    socket.emit('data', message.subarray(0, 20));
    socket.emit('timeout');
    expect(codes).toEqual(['frame.unterminated']);
    expect(socket.destroyed).toBe(true);
  });

  it('keeps what had begun when the line breaks, and writes nothing to it', () => {
    const { socket, codes } = serve();
    socket.emit('data', message.subarray(0, 20));
    socket.emit('error', new Error('ECONNRESET'));
    socket.destroy();
    expect(codes).toEqual(['frame.unterminated']);
    expect(socket.calls).toEqual(['destroy']);
  });
});
