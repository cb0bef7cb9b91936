import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ViewPorts } from '../people/case-reads.ts';
import type { PeoplePorts } from '../people/people-ports.ts';
import { DomainError } from '../platform/errors.ts';
import { caseRoutes } from './case-routes.ts';
import { consoleFiles } from './console-files.ts';
import { dispatchRoutes } from './dispatch-routes.ts';
import type { HttpEnv } from './http-env.ts';
import { originCheck } from './origin-check.ts';
import type { HttpPorts } from './ports.ts';
import { preAlertRoutes } from './pre-alert-routes.ts';
import { problemResponder } from './problem.ts';
import { createRateLimits } from './rate-limits.ts';
import { securityHeaders } from './security-headers.ts';
import { sessionRoutes } from './session-routes.ts';
import { systemRoutes } from './system-routes.ts';
import { vehicleRoutes } from './vehicle-routes.ts';

const BODY_BYTES = 256 * 1024;
const UPLINK_BYTES = 4 * 1024 * 1024;
const DISPATCH_JOB_BYTES = 64 * 1024;

const limitBody = (maxSize: number) =>
  bodyLimit({
    maxSize,
    onError: () => {
      throw new DomainError('invalid', 'request.too-large', 'the request is too large');
    },
  });

/** Every route decodes, authorises, calls a verb and encodes; nothing else happens at this edge. */
export function createHttpApp(ports: HttpPorts): Hono<HttpEnv> {
  const people: PeoplePorts = { ...ports, kind: ports.installation.kind };
  const views: ViewPorts = ports;
  const limits = createRateLimits(ports.clock);
  const small = limitBody(BODY_BYTES);
  const bodyLimits = new Map([
    ['/v1/uplink', limitBody(UPLINK_BYTES)],
    ['/v1/dispatch-jobs', limitBody(DISPATCH_JOB_BYTES)],
  ]);
  const app = new Hono<HttpEnv>();

  app.use('*', async (c, next) => {
    c.set('requestId', ports.ids.next());
    await next();
    c.res.headers.set('X-Request-Id', c.get('requestId'));
  });
  const origins = () => ports.allowedOrigins();
  app.use('*', securityHeaders(origins));
  app.use('*', originCheck(origins));
  app.use('*', (c, next) => (bodyLimits.get(c.req.path) ?? small)(c, next));
  app.onError(problemResponder(ports.log));
  app.notFound(() => {
    throw new DomainError('not-found', 'route.not-found', 'there is no such thing here');
  });

  app.route('/', sessionRoutes(people, limits));
  app.route('/', caseRoutes(ports, views, people, limits));
  app.route('/', preAlertRoutes(ports.answers, views, people, limits));
  app.route('/', vehicleRoutes(ports, limits));
  app.route('/', dispatchRoutes(ports, people, limits));
  app.route('/', systemRoutes(ports, app));
  app.route('/', consoleFiles(ports.staticDir));
  return app;
}
