import type { MiddlewareHandler } from 'hono';
import { DomainError } from '../platform/errors.ts';
import type { HttpEnv } from './http-env.ts';

const MAX_WAITING = 200;

/**
 * At most `width` reads at once; the rest wait their turn, too many are refused. The connections left over are the
 * answers' own: a thousand open case pages never make 接收 wait (faults.md P5).
 */
export function readLane(width: number): MiddlewareHandler<HttpEnv> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (_c, next) => {
    if (running >= width) {
      if (waiting.length >= MAX_WAITING)
        throw new DomainError('unavailable', 'request.busy', 'too many readers; try again');
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    try {
      await next();
    } finally {
      const following = waiting.shift();
      if (following) following();
      else running -= 1;
    }
  };
}
