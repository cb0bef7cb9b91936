import type { MiddlewareHandler } from 'hono';
import { readApiClient } from '../dispatch/read-api-client.ts';
import { DomainError } from '../platform/errors.ts';
import type { HttpEnv } from './http-env.ts';
import type { HttpPorts } from './ports.ts';

const bearer = /^Bearer ([A-Za-z0-9._-]{20,128})$/;

/** Puts the machine of the bearer token into the context; one that was revoked is out with this request. */
export function requireApiClient(ports: Pick<HttpPorts, 'db' | 'clock' | 'ids'>): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const token = bearer.exec(c.req.header('authorization') ?? '')?.[1];
    const client = token === undefined ? null : await readApiClient(ports, token);
    if (client === null) throw new DomainError('unauthenticated', 'api-token.none', 'a token of this centre is needed');
    c.set('apiClient', client);
    await next();
  };
}
