import type { MiddlewareHandler } from 'hono';
import { DomainError } from '../platform/errors.ts';
import type { HttpEnv } from './http-env.ts';

const readOnly = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Acts come from our own pages, or from what is no browser (no Origin, no Fetch Metadata): vehicles and other
 * machines, which carry a token and never a cookie a browser would add (faults.md H19).
 */
export function originCheck(allowedOrigins: () => readonly string[]): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    if (!readOnly.has(c.req.method)) {
      const origin = c.req.header('origin');
      const site = c.req.header('sec-fetch-site');
      const isOurs =
        origin === undefined ? site === undefined || site === 'same-origin' : allowedOrigins().includes(origin);
      if (!isOurs) throw new DomainError('forbidden', 'request.origin-refused', 'this origin may not act here');
    }
    await next();
  };
}
