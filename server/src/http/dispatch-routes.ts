import { DispatchJobInput } from '@pentad/protocol/dispatch-job';
import { CaseId, Uuid } from '@pentad/protocol/ids';
import { InstantMs } from '@pentad/protocol/quantities';
import { parseBoundedJson } from '@pentad/protocol/uplink';
import { Hono, type MiddlewareHandler } from 'hono';
import * as v from 'valibot';
import { listDispatchJobs } from '../dispatch/list-dispatch-jobs.ts';
import type { PeoplePorts } from '../people/people-ports.ts';
import { DomainError } from '../platform/errors.ts';
import { describe } from './describe.ts';
import type { HttpEnv } from './http-env.ts';
import type { HttpPorts } from './ports.ts';
import type { RateLimits } from './rate-limits.ts';
import { jsonBody } from './reading-input.ts';
import { requireApiClient } from './require-api-client.ts';
import { requireStaff } from './require-staff.ts';

const JobState = v.picklist(['unmatched', 'taken', 'withdrawn']);
const DispatchJobAnswer = v.object({
  jobId: Uuid,
  state: JobState,
  caseId: v.nullable(CaseId),
  isChanged: v.boolean(),
});
const OpenDispatchJobs = v.object({
  jobs: v.array(
    v.object({
      jobId: Uuid,
      centre: v.string(),
      jobNumber: v.string(),
      state: JobState,
      namedVehicle: v.nullable(v.string()),
      code: v.nullable(v.string()),
      receivedAtMs: InstantMs,
      changedAtMs: InstantMs,
    }),
  ),
});

/** A machine's JSON is looked at for depth and unsafe keys before any tree is built of it. */
const boundedJson: MiddlewareHandler<HttpEnv> = async (c, next) => {
  const parsed = parseBoundedJson(new Uint8Array(await c.req.arrayBuffer()));
  if (!parsed.ok) throw new DomainError('invalid', 'request.invalid', 'the request does not fit the interface');
  await next();
};

/** The 120 dispatch centre's machine tells its jobs; the region's coordinators see those that opened no case. */
export function dispatchRoutes(
  ports: Pick<HttpPorts, 'db' | 'clock' | 'ids' | 'dispatch'>,
  people: PeoplePorts,
  limits: RateLimits,
): Hono<HttpEnv> {
  return new Hono<HttpEnv>()
    .post(
      '/v1/dispatch-jobs',
      describe('dispatch', 'A job of the dispatch centre, told once or again', DispatchJobAnswer),
      limits.dispatchDoor,
      requireApiClient(ports),
      limits.dispatch,
      boundedJson,
      jsonBody(DispatchJobInput),
      async (c) => {
        const { clientId, name } = c.get('apiClient');
        const origin = { centre: name, source: 'http' as const, actorId: `api-client:${clientId}` };
        return c.json(await ports.dispatch.receive(c.req.valid('json'), origin));
      },
    )
    .get(
      '/v1/dispatch-jobs',
      describe('dispatch', 'Jobs that opened no case, of the last 72 hours', OpenDispatchJobs),
      requireStaff(people),
      limits.read,
      async (c) => c.json({ jobs: await listDispatchJobs(ports, c.get('staff')) }),
    );
}
