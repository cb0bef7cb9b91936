import { Algorithms, encodeUser } from '@nats-io/jwt';
import { createAccount, fromPublic, type KeyPair } from '@nats-io/nkeys';
import type { GeoPoint } from '@pentad/geo/geo-point';
import type { Hono } from 'hono';
import { readCase } from '../cases/case-store.ts';
import { readDirectory } from '../desks/directory-store.ts';
import { readJobCard } from '../dispatch/read-job-card.ts';
import { receiveDispatchJob } from '../dispatch/receive-dispatch-job.ts';
import { PASSWORD, type PersonName } from '../people/town-people.fixture.ts';
import { createTown, type Town } from '../people/town.fixture.ts';
import { systemActor } from '../platform/actor.ts';
import { createMetrics } from '../platform/metrics.ts';
import { systemTimers } from '../platform/system-ports.ts';
import type { Offered } from '../uplink/receive-item.ts';
import { findVehicle } from '../vehicles/find-vehicle-store.ts';
import { createHttpApp } from './http-app.ts';
import type { HttpEnv } from './http-env.ts';
import type { HttpPorts } from './ports.ts';

export const ORIGIN = 'http://127.0.0.1:8080';

export interface HttpTown {
  readonly town: Town;
  readonly app: Hono<HttpEnv>;
  readonly ports: HttpPorts;
  readonly offered: Offered[];
  readonly account: KeyPair;
  readonly signer: KeyPair;
  /** A `cookie` header value of a fresh session. */
  signIn(person: PersonName): Promise<string>;
  signVehicle(
    vehicle: string,
    nkeyPublic: string,
    some?: { exp?: number; signer?: KeyPair; account?: KeyPair },
  ): Promise<string>;
  close(): Promise<void>;
}

export const asJson = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

export const cookieOf = (response: Response): string => (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';

/** The HTTP edge on a real database; what comes from the broker's side is written down by hand here. */
export async function createHttpTown(some: Partial<HttpPorts> = {}): Promise<HttpTown> {
  const town = await createTown();
  const directory = await town.database.db.withActor(systemActor('api'), readDirectory);
  const [account, signer] = [createAccount(), createAccount()];
  const offered: Offered[] = [];
  const dispatchPorts = { ...town.views, ...town.answers, findVehicle, toWgs84: (point: GeoPoint) => point };
  const ports: HttpPorts = {
    ...town.views,
    timers: systemTimers,
    installation: {
      kind: 'demo',
      nameZh: '试县',
      nameEn: 'Test county',
      centerLatitudeDeg: 31.38,
      centerLongitudeDeg: 120.98,
    },
    directory: () => directory,
    answers: town.answers,
    receiver: { receive: (item) => void offered.push(item) },
    hearEpoch: async () => false,
    horizon: () => 'horizon-1',
    downlink: {
      page: async () => {
        throw new Error('no downlink in this test');
      },
      lastNumber: async () => 0,
      wait: async () => undefined,
    },
    dispatch: {
      receive: (job, origin) => receiveDispatchJob(dispatchPorts, job, origin),
      readJobCard: (vehicle, caseId) => readJobCard({ ...town.views, readCase }, vehicle, caseId),
    },
    fleet: { accountPublicKey: account.getPublicKey(), signerPublicKeys: [signer.getPublicKey()] },
    signVehicleJwt: async (vehicle, nkeyPublic) => ({
      jwt: `jwt-of-${vehicle}-${nkeyPublic}`,
      expiresAtMs: town.clock.nowMs() + 1_000,
    }),
    allowedOrigins: () => [ORIGIN],
    staticDir: null,
    metrics: createMetrics(() => 3),
    readiness: async () => ({ postgres: true, nats: true, streams: true, feed: true }),
    version: 'test',
    ...some,
  };
  const app = createHttpApp(ports);
  return {
    town,
    app,
    ports,
    offered,
    account,
    signer,
    signIn: async (login) => cookieOf(await app.request('/v1/session', asJson({ login, password: PASSWORD }))),
    signVehicle: (vehicle, nkeyPublic, { exp, signer: by, account: of } = {}) =>
      encodeUser(
        vehicle,
        fromPublic(nkeyPublic),
        fromPublic((of ?? account).getPublicKey()),
        {},
        {
          algorithm: Algorithms.v2,
          signer: by ?? signer,
          scopedUser: true,
          exp: exp ?? Math.floor(town.clock.nowMs() / 1_000) + 60,
        },
      ),
    close: () => town.close(),
  };
}
