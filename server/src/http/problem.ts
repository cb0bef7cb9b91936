import type { Problem } from '@pentad/protocol/http-api';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { DomainError, type ErrorKind } from '../platform/errors.ts';
import { errorFields, type Logger } from '../platform/logger.ts';
import type { HttpEnv } from './http-env.ts';

const statusOf: Record<ErrorKind, ContentfulStatusCode> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  limited: 429,
  unavailable: 503,
};

/** The one place an error becomes an answer. What is not an expected refusal is said as `internal` and logged. */
export function problemResponder(log: Logger): (error: Error, c: Context<HttpEnv>) => Response {
  const say = (c: Context<HttpEnv>, status: ContentfulStatusCode, code: string, message: string): Response => {
    const body: Problem = { code, message, requestId: c.get('requestId') };
    return c.json(body, status);
  };
  return (error, c) => {
    if (error instanceof DomainError) return say(c, statusOf[error.kind], error.code, error.message);
    if (error instanceof HTTPException && error.status === 400)
      return say(c, 400, 'request.invalid', 'the request cannot be read');
    log.error('http.failed', { ...errorFields(error), requestId: c.get('requestId') });
    return say(c, 500, 'internal', 'something went wrong here');
  };
}
