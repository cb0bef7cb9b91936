import { Hono } from 'hono';
import { generateSpecs } from 'hono-openapi';
import * as v from 'valibot';
import { describe } from './describe.ts';
import type { HttpEnv } from './http-env.ts';
import type { HttpPorts } from './ports.ts';

const Health = v.object({ status: v.literal('up') });
const Ready = v.object({ postgres: v.boolean(), nats: v.boolean(), streams: v.boolean(), feed: v.boolean() });

/** What machines ask: is the process up, may work be sent here, how is it doing, what can be asked. No ids in any of it. */
export function systemRoutes(
  ports: Pick<HttpPorts, 'readiness' | 'metrics' | 'version'>,
  api: Hono<HttpEnv>,
): Hono<HttpEnv> {
  let specs: ReturnType<typeof generateSpecs> | null = null;
  return new Hono<HttpEnv>()
    .get('/healthz', describe('system', 'The process is up', Health), (c) => c.json({ status: 'up' }))
    .get('/readyz', describe('system', 'What this instance stands on', Ready), async (c) => {
      const ready = await ports.readiness();
      return c.json(ready, Object.values(ready).every(Boolean) ? 200 : 503);
    })
    .get('/metrics', async (c) =>
      c.body(await ports.metrics.registry.metrics(), 200, { 'Content-Type': ports.metrics.registry.contentType }),
    )
    .get('/openapi.json', async (c) => {
      specs ??= generateSpecs(api, {
        documentation: { info: { title: 'Pentad 五中心联动', version: ports.version } },
        defaultValidationErrorResponse: false,
      });
      return c.json(await specs);
    });
}
