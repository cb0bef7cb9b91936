import type { MiddlewareHandler } from 'hono';
import { DomainError } from '../platform/errors.ts';
import { readVehicleToken } from '../vehicles/vehicle-token-issue.ts';
import type { VehicleTokenPorts } from '../vehicles/vehicle-token.ts';
import type { HttpEnv } from './http-env.ts';

const bearer = /^Bearer ([A-Za-z0-9_-]{20,128})$/;

/** Puts the vehicle of the bearer token into the context: in its time, and not revoked since. */
export function requireVehicle(ports: VehicleTokenPorts): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const token = bearer.exec(c.req.header('authorization') ?? '')?.[1];
    const vehicle = token === undefined ? null : await readVehicleToken(ports, token);
    if (vehicle === null) throw new DomainError('unauthenticated', 'vehicle-token.none', 'a vehicle token is needed');
    c.set('vehicle', vehicle);
    await next();
  };
}
