import type { Hono } from 'hono';
import type { Broker } from './app-broker.ts';
import type { Core } from './app-core.ts';
import { createDispatchDoor } from './app-dispatch.ts';
import type { Ingest } from './app-ingest.ts';
import type { Pages } from './app-pages.ts';
import { caseReads } from './app-reads.ts';
import type { Config } from './config.ts';
import { createHttpApp } from './http/http-app.ts';
import type { HttpEnv } from './http/http-env.ts';
import { signVehicleJwt } from './nats/vehicle-credentials.ts';
import type { SignVehicleJwt } from './vehicles/renew-jwt.ts';
import { systemActor } from './platform/actor.ts';

const VEHICLE_JWT_MS = 7 * 86_400_000;
const FEED_STALE_MS = 5_000;

export interface HttpParts {
  readonly config: Config;
  readonly broker: Broker;
  readonly ingest: Ingest;
  readonly pages: Pages;
  readonly staticDir: string | null;
}

/** Seven days, renewed daily by the vehicle. */
export const signFor = (core: Core, broker: Broker): SignVehicleJwt => {
  return async (vehicleId, userPublicKey) => {
    const expiresAtMs = core.clock.nowMs() + VEHICLE_JWT_MS;
    const expiresAtSeconds = Math.floor(expiresAtMs / 1_000);
    return {
      jwt: await signVehicleJwt({ chain: broker.chain, vehicleId, userPublicKey, expiresAtSeconds }),
      expiresAtMs,
    };
  };
};

export function createHttp(core: Core, parts: HttpParts): Hono<HttpEnv> {
  const { db, clock, ids, timers, log } = core;
  const { broker, ingest, pages, config } = parts;
  const { fleetAccount, vehicleSigner } = broker.chain;
  const isPostgresUp = () =>
    db
      .withActor(systemActor('ingest'), (tx) => tx.query('SELECT 1'))
      .then(
        () => true,
        () => false,
      );
  return createHttpApp({
    db,
    clock,
    ids,
    timers,
    log,
    installation: core.installation,
    directory: () => core.directory(),
    answers: { units: core.units, plans: core.plans },
    ladder: core.ladder,
    vault: core.vault,
    reads: caseReads,
    receiver: ingest.receiver,
    hearEpoch: (vehicle, epoch) => core.uplink.hearEpoch(vehicle, epoch),
    horizon: () => core.installation.horizon,
    downlink: core.downlink,
    dispatch: createDispatchDoor(core),
    fleet: { accountPublicKey: fleetAccount.getPublicKey(), signerPublicKeys: [vehicleSigner.getPublicKey()] },
    signVehicleJwt: signFor(core, broker),
    allowedOrigins: () => config.allowedOrigins,
    staticDir: parts.staticDir,
    metrics: core.metrics,
    readiness: async () => ({
      postgres: await isPostgresUp(),
      nats: broker.link.isUp(),
      streams: config.role === 'api' || config.role === 'clock' || ingest.areStreamsMade(),
      feed:
        config.role === 'ingest' ||
        config.role === 'clock' ||
        clock.nowMs() - pages.reader.lastReadAtMs < FEED_STALE_MS,
    }),
    version: '0.1.0',
  });
}
