import type { MiddlewareHandler } from 'hono';
import type { PeoplePorts } from '../people/people-ports.ts';
import { readSession } from '../people/read-session.ts';
import { DomainError } from '../platform/errors.ts';
import type { HttpEnv } from './http-env.ts';
import { readSessionCookie } from './session-cookie.ts';

/** Puts the signed-in person into the context, as their rows say at this moment; nobody passes without. */
export function requireStaff(people: PeoplePorts): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const token = readSessionCookie(c);
    const signedIn = token === null ? null : await readSession(people, token);
    if (signedIn === null) throw new DomainError('unauthenticated', 'session.none', 'sign in first');
    c.set('signedIn', signedIn);
    c.set('staff', signedIn.actor);
    await next();
  };
}
