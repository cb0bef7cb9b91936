import { CaseDetail, NumericsQuery, NumericsSeries, Region } from '@pentad/protocol/http-api';
import { CaseId } from '@pentad/protocol/ids';
import { Hono } from 'hono';
import * as v from 'valibot';
import { noSuchCase } from '../people/authorize-viewing.ts';
import type { ViewPorts } from '../people/case-reads.ts';
import type { PeoplePorts } from '../people/people-ports.ts';
import { viewCase } from '../people/view-case.ts';
import { viewRegion } from '../people/view-region.ts';
import { numericsHistory } from '../telemetry/numerics-history.ts';
import { describe } from './describe.ts';
import type { HttpEnv } from './http-env.ts';
import type { HttpPorts } from './ports.ts';
import type { RateLimits } from './rate-limits.ts';
import { readLane } from './read-lane.ts';
import { pathOf, queryOf } from './reading-input.ts';
import { requireStaff } from './require-staff.ts';

/** Of the eight connections people share; the others are for answers. */
const READS_AT_ONCE = 4;
const CasePath = v.object({ caseId: CaseId });

export function caseRoutes(
  ports: Pick<HttpPorts, 'installation' | 'directory'>,
  views: ViewPorts,
  people: PeoplePorts,
  limits: RateLimits,
): Hono<HttpEnv> {
  const lane = readLane(READS_AT_ONCE);
  const signedIn = requireStaff(people);
  const onCase = pathOf(CasePath, noSuchCase);
  return new Hono<HttpEnv>()
    .get(
      '/v1/region',
      describe('region', 'Places, vehicles, units', Region),
      lane,
      signedIn,
      limits.read,
      async (c) => {
        const { actor, chain } = c.get('signedIn');
        const { vehicles, units } = await viewRegion(views, actor, chain);
        const hospitals = [...ports.directory().hospitals];
        const { kind, nameZh, nameEn, centerLatitudeDeg, centerLongitudeDeg } = ports.installation;
        return c.json({ kind, nameZh, nameEn, centerLatitudeDeg, centerLongitudeDeg, hospitals, vehicles, units });
      },
    )
    .get(
      '/v1/cases/:caseId',
      describe('cases', 'A case with its timeline', CaseDetail),
      lane,
      signedIn,
      limits.read,
      onCase,
      async (c) => c.json(await viewCase(views, c.get('staff'), c.req.valid('param').caseId)),
    )
    .get(
      '/v1/cases/:caseId/numerics',
      describe('cases', 'Stored numerics of a case, six hours at most', NumericsSeries),
      lane,
      signedIn,
      limits.read,
      onCase,
      queryOf(NumericsQuery),
      async (c) => {
        const items = await numericsHistory(views, c.get('staff'), {
          ...c.req.valid('param'),
          ...c.req.valid('query'),
        });
        return c.json({ items });
      },
    );
}
