import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { HttpEnv } from './http-env.ts';

/** Set as `__Host-pentad`: this host alone, over TLS or loopback alone, out of reach of scripts. */
const NAME = 'pentad';
/**
 * Longer than any session, and kept at sign-out: a spent secret opens nothing, but tells this browser from a
 * stranger's when somebody else has made tries at the same login slow.
 */
const MAX_AGE_S = 30 * 86_400;

export const readSessionCookie = (c: Context<HttpEnv>): string | null => getCookie(c, NAME, 'host') ?? null;

export const writeSessionCookie = (c: Context<HttpEnv>, token: string): void =>
  setCookie(c, NAME, token, {
    prefix: 'host',
    path: '/',
    secure: true,
    httpOnly: true,
    sameSite: 'Strict',
    maxAge: MAX_AGE_S,
  });
