import { Problem } from '@pentad/protocol/http-api';
import type { MiddlewareHandler } from 'hono';
import { describeRoute, resolver } from 'hono-openapi';
import type * as v from 'valibot';

const json = (schema: v.GenericSchema) => ({
  'application/json': { schema: resolver(schema, { errorMode: 'ignore' }) },
});

/** A route that answers with bytes. */
export const describeBytes = (tag: string, summary: string, contentType: string): MiddlewareHandler =>
  describeRoute({
    tags: [tag],
    summary,
    responses: {
      200: { description: 'done', content: { [contentType]: {} } },
      default: { description: 'refused; `code` is stable', content: json(Problem) },
    },
  });

/** One route in /openapi.json: what it answers with (null: 204, nothing), and the one error body of all routes. */
export function describe(tag: string, summary: string, answer: v.GenericSchema | null): MiddlewareHandler {
  return describeRoute({
    tags: [tag],
    summary,
    responses: {
      ...(answer === null ? { 204: { description: 'done' } } : { 200: { description: 'done', content: json(answer) } }),
      default: { description: 'refused; `code` is stable', content: json(Problem) },
    },
  });
}
