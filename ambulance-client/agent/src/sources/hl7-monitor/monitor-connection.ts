import type { Socket } from 'node:net';
import { framed, MllpDeframer, type FrameOutcome } from '@pentad/hl7v2/mllp-frame';
import type { Clock, Log } from '../../ports.ts';
import { DeviceClock } from '../device-clock.ts';
import type { MessageDesk } from './message-desk.ts';

/**
 * One monitor's socket. Answers go out in the order of the messages; while the monitor does not read them nothing more is
 * read from it, and a connection on which nothing moves for `idleTimeoutMs` is ended.
 */
export function serveMonitor(
  socket: Socket,
  connection: number,
  desk: MessageDesk,
  { clock, log, idleTimeoutMs }: { readonly clock: Clock; readonly log: Log; readonly idleTimeoutMs: number },
): void {
  const deframer = new MllpDeframer();
  const deviceClock = new DeviceClock(clock);

  const answer = (outcomes: readonly FrameOutcome[]): void => {
    for (const outcome of outcomes) {
      const content = desk.take(outcome, connection, deviceClock);
      if (content === null || socket.destroyed) continue;
      if (!socket.write(framed(content))) socket.pause();
    }
  };

  socket.setNoDelay(true);
  socket.setTimeout(idleTimeoutMs);
  socket.on('data', (chunk) => answer(deframer.push(chunk)));
  socket.on('drain', () => socket.resume());
  socket.on('end', () => {
    answer(deframer.end());
    socket.end();
  });
  socket.on('timeout', () => {
    log.warn('hl7-monitor.idle', { connection });
    answer(deframer.end());
    socket.destroy();
  });
  // What 'close' follows; a monitor that is switched off is no fault of ours.
  socket.on('error', () => log.warn('hl7-monitor.broken-off', { connection }));
  socket.on('close', () => {
    answer(deframer.end());
    log.info('hl7-monitor.closed', { connection, skippedBytes: deframer.skippedBytes });
  });
}
