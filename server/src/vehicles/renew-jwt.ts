import type { RenewedJwt } from '@pentad/protocol/http-api';
import type * as v from 'valibot';
import { REGION_CHAIN } from '../audit/audit-entry.ts';
import { writeAudit } from '../audit/audit-store.ts';
import { systemActor } from '../platform/actor.ts';
import type { VehicleTokenPorts } from './vehicle-token.ts';
import type { VehicleRow } from './known-vehicles.ts';

const api = systemActor('api');

/** Signs a vehicle's next broker JWT for the key in its row; what is signed never depends on what was asked. */
export type SignVehicleJwt = (vehicle: string, nkeyPublic: string) => Promise<v.InferOutput<typeof RenewedJwt>>;

/** @param vehicle as read from its token: known and not revoked a moment ago */
export async function renewJwt(
  ports: VehicleTokenPorts,
  vehicle: VehicleRow,
  sign: SignVehicleJwt,
): Promise<v.InferOutput<typeof RenewedJwt>> {
  const renewed = await sign(vehicle.vehicleId, vehicle.nkeyPublic);
  await ports.db.withActor(api, (tx) =>
    writeAudit(
      tx,
      [
        {
          chain: REGION_CHAIN,
          actorKind: 'vehicle',
          actorId: vehicle.vehicleId,
          action: 'vehicle.jwt-renewed',
          objectId: vehicle.vehicleId,
          caseId: null,
          purpose: 'system',
        },
      ],
      ports.clock,
      ports.ids,
    ),
  );
  return renewed;
}
