import { CaseDetail, NumericsQuery, NumericsSeries, Region } from '@pentad/protocol/http-api';
import { CaseId } from '@pentad/protocol/ids';
import { Sha256 } from '@pentad/protocol/quantities';
import { encodeSeries, WaveformQuery } from '@pentad/protocol/waveform-series';
import { Hono } from 'hono';
import * as v from 'valibot';
import { noSuchCase } from '../people/authorize-viewing.ts';
import type { ViewPorts } from '../people/case-reads.ts';
import type { PeoplePorts } from '../people/people-ports.ts';
import { viewCase } from '../people/view-case.ts';
import { viewRegion } from '../people/view-region.ts';
import { viewMedia } from '../media/view-media.ts';
import { waveformHistory } from '../telemetry/waveform-history.ts';
import { numericsHistory } from '../telemetry/numerics-history.ts';
import { describe, describeBytes } from './describe.ts';
import type { HttpEnv } from './http-env.ts';
import type { HttpPorts } from './ports.ts';
import type { RateLimits } from './rate-limits.ts';
import { readLane } from './read-lane.ts';
import { pathOf, queryOf } from './reading-input.ts';
import { requireStaff } from './require-staff.ts';

/** Of the eight connections people share; the others are for answers. */
const READS_AT_ONCE = 4;
const CasePath = v.object({ caseId: CaseId });
const MediaPath = v.object({ caseId: CaseId, sha256: Sha256 });

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
    )
    .get(
      '/v1/cases/:caseId/waveforms',
      describeBytes('cases', 'Stored waveforms of one kind, ten minutes at most', 'application/cbor'),
      lane,
      signedIn,
      limits.read,
      onCase,
      queryOf(WaveformQuery),
      async (c) => {
        const wanted = { ...c.req.valid('param'), ...c.req.valid('query') };
        const series = await waveformHistory(views, c.get('staff'), wanted);
        return c.body(Buffer.from(encodeSeries(series)), 200, { 'Content-Type': 'application/cbor' });
      },
    )
    .get(
      '/v1/cases/:caseId/media/:sha256',
      describeBytes('cases', 'A picture or document of a case, whole', 'application/octet-stream'),
      lane,
      signedIn,
      limits.read,
      pathOf(MediaPath, noSuchCase),
      async (c) => {
        const { mediaType, content } = await viewMedia(views, c.get('staff'), c.req.valid('param'));
        // Whatever it contains, it runs nothing and names no file.
        const headers = {
          'Content-Type': mediaType,
          'Content-Security-Policy': "default-src 'none'; sandbox",
          'Cache-Control': 'no-store',
        };
        return c.body(Uint8Array.from(content), 200, headers);
      },
    );
}
