import type { MiddlewareHandler } from 'hono';
import type { HttpEnv } from './http-env.ts';

/** `ws:` and `wss:` name our own origins alone: browsers before CSP 3 do not count them as 'self'. */
function contentSecurityPolicy(origins: readonly string[]): string {
  const sockets = origins.map((origin) => origin.replace(/^http/, 'ws'));
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self' blob:",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    ["connect-src 'self'", ...sockets].join(' '),
    "font-src 'self'",
    "manifest-src 'self'",
    "media-src 'self' blob:",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');
}

export function securityHeaders(allowedOrigins: () => readonly string[]): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    // A route that serves what others sent has a stricter one of its own.
    if (!headers.has('Content-Security-Policy'))
      headers.set('Content-Security-Policy', contentSecurityPolicy(allowedOrigins()));
    headers.set('X-Content-Type-Options', 'nosniff');
    headers.set('Referrer-Policy', 'no-referrer');
    headers.set('Cross-Origin-Opener-Policy', 'same-origin');
    headers.set('Cross-Origin-Resource-Policy', 'same-origin');
    headers.set('Permissions-Policy', 'camera=(self), microphone=(self), geolocation=(self), payment=(), usb=()');
    headers.set('X-Frame-Options', 'DENY');
    if (c.req.path.startsWith('/v1/')) headers.set('Cache-Control', 'no-store');
  };
}
