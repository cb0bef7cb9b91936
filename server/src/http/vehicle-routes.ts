import { JobAnswer } from '@pentad/protocol/ask';
import { DownlinkPage } from '@pentad/protocol/downlink';
import { RenewedJwt, UplinkAnswer, UplinkInput, VehicleToken, VehicleTokenInput } from '@pentad/protocol/http-api';
import { CaseId, VehicleId } from '@pentad/protocol/ids';
import { InstantMs } from '@pentad/protocol/quantities';
import { Hono } from 'hono';
import * as v from 'valibot';
import { renewJwt } from '../vehicles/renew-jwt.ts';
import { issueVehicleNonce, issueVehicleToken } from '../vehicles/vehicle-token-issue.ts';
import type { VehicleTokenPorts } from '../vehicles/vehicle-token.ts';
import { describe } from './describe.ts';
import type { HttpEnv } from './http-env.ts';
import type { HttpPorts } from './ports.ts';
import type { RateLimits } from './rate-limits.ts';
import { jsonBody, queryOf } from './reading-input.ts';
import { requireVehicle } from './require-vehicle.ts';
import { receiveBatch, receiveMedia } from './uplink-batch.ts';

const MAX_WAIT_MS = 25_000;
const VehicleNonce = v.object({ nonce: v.string(), expiresAtMs: InstantMs });
const whole = v.pipe(v.string(), v.digits(), v.transform(Number), v.safeInteger());
const DownlinkQuery = v.strictObject({ after: whole, waitMs: v.optional(v.pipe(whole, v.maxValue(MAX_WAIT_MS)), '0') });

const JobCardQuery = v.strictObject({ caseId: CaseId });

/** The second path (design decision 7): the same schemas, limits and revocation as over the broker. */
export function vehicleRoutes(ports: HttpPorts, limits: RateLimits): Hono<HttpEnv> {
  const tokens: VehicleTokenPorts = ports;
  const asVehicle = requireVehicle(tokens);
  return new Hono<HttpEnv>()
    .post('/v1/vehicle-nonce', describe('vehicles', 'A nonce to sign', VehicleNonce), limits.vehicleDoor, async (c) =>
      c.json(await issueVehicleNonce(tokens)),
    )
    .post(
      '/v1/vehicle-token',
      describe('vehicles', 'A token for ten minutes', VehicleToken),
      limits.vehicleDoor,
      jsonBody(VehicleTokenInput),
      async (c) => c.json(await issueVehicleToken(tokens, c.req.valid('json'))),
    )
    .post(
      '/v1/vehicle-jwt',
      describe('vehicles', 'The next broker JWT', RenewedJwt),
      asVehicle,
      limits.vehicle,
      async (c) => c.json(await renewJwt(tokens, c.get('vehicle'), ports.signVehicleJwt)),
    )
    .post(
      '/v1/uplink',
      describe('vehicles', 'Events; the answer is the receipt', UplinkAnswer),
      asVehicle,
      limits.vehicle,
      jsonBody(UplinkInput),
      async (c) => {
        const vehicle = v.parse(VehicleId, c.get('vehicle').vehicleId);
        const { receipts, otherLaneCount } = await receiveBatch(ports, vehicle, c.req.valid('json').items);
        if (otherLaneCount > 0) ports.log.warn('uplink.lane-not-served', { vehicle, count: otherLaneCount });
        return c.json({ receipts });
      },
    )
    .post(
      '/v1/uplink/media',
      describe('vehicles', 'One piece of a picture as CBOR; the answer is the receipt', UplinkAnswer),
      asVehicle,
      limits.vehicle,
      async (c) => {
        const vehicle = v.parse(VehicleId, c.get('vehicle').vehicleId);
        return c.json({ receipts: await receiveMedia(ports, vehicle, new Uint8Array(await c.req.arrayBuffer())) });
      },
    )
    .get(
      '/v1/downlink',
      describe('vehicles', 'Frames after a cursor; waits for one', DownlinkPage),
      asVehicle,
      limits.vehicle,
      queryOf(DownlinkQuery),
      async (c) => {
        const { vehicleId } = c.get('vehicle');
        const { after, waitMs } = c.req.valid('query');
        if (waitMs > 0) await ports.downlink.wait(vehicleId, after, waitMs);
        return c.json(await ports.downlink.page(vehicleId, after));
      },
    )
    .get(
      '/v1/job-card',
      describe('vehicles', 'The sealed part of the job of its own open case; null: there is none', JobAnswer),
      asVehicle,
      limits.vehicle,
      queryOf(JobCardQuery),
      async (c) => {
        const { vehicleId } = c.get('vehicle');
        const { caseId } = c.req.valid('query');
        return c.json({ vehicle: vehicleId, caseId, card: await ports.dispatch.readJobCard(vehicleId, caseId) });
      },
    );
}
