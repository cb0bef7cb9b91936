import { codeOf } from '../agent-error.ts';
import type { Log } from '../ports.ts';

const STOP_WITHIN_MS = 3_000;

export interface Running {
  /** Sent to a parent process that listens. */
  readonly ready: Readonly<Record<string, string | number>>;
  stop(): Promise<void>;
}

/** Starts, tells the parent, and stops once on SIGTERM, SIGINT or when the parent is gone; never later than 3 s. */
export async function runUntilSignal(log: Log, start: () => Promise<Running>): Promise<void> {
  const running = await start().catch((error: unknown) => {
    log.error('process.start-failed', { code: codeOf(error) });
    process.exit(1);
  });
  let isStopping = false;
  const stop = (reason: string): void => {
    if (isStopping) return;
    isStopping = true;
    log.info('process.stopping', { reason });
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error('process.stop-failed', { code: codeOf(error) });
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  process.on('disconnect', () => stop('parent-gone'));
  process.send?.({ ready: running.ready });
}
