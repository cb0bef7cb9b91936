import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, jwtAuthenticator, PermissionViolationError, type NatsConnection } from '@nats-io/transport-node';
import { createUser, type KeyPair } from '@nats-io/nkeys';
import { createLogger } from '../platform/logger.ts';
import { findFreePort } from '../embedded/loopback-port.ts';
import { findNatsBinary } from '../embedded/nats-binary.ts';
import { startEmbeddedNats } from '../embedded/nats.ts';
import { signCoreClaims, signFleetClaims, signOperatorClaims, signSysClaims } from './account-claims.ts';
import { writeBrokerConfig } from './broker-config.ts';
import { signCoreUser, signSysUser, type BrokerUser } from './operator-chain-users.ts';
import { makeOperatorChain } from './operator-chain.ts';
import { signVehicleJwt } from './vehicle-credentials.ts';

const JWT_LIFE_SECONDS = 3_600;
const MEGABYTE = 1024 * 1024;

export type TestVehicle = { connection: NatsConnection; key: KeyPair };
export type TestBroker = Awaited<ReturnType<typeof startTestBroker>>;

/** A real broker with the accounts of production, in a directory of its own. */
export async function startTestBroker(
  env: NodeJS.ProcessEnv,
  { diskBytes, streams } = { diskBytes: 64 * MEGABYTE, streams: 8 },
) {
  const dataDir = mkdtempSync(join(tmpdir(), 'pentad-broker-'));
  const binary = await findNatsBinary({ explicitPath: null, env, dataDir });
  const chain = makeOperatorChain();
  const [port, websocketPort] = [await findFreePort(), await findFreePort()];
  const config = writeBrokerConfig({
    host: '127.0.0.1',
    port,
    websocketPort,
    monitorPort: null,
    operatorJwt: await signOperatorClaims(chain),
    sys: { publicKey: chain.sysAccount.getPublicKey(), jwt: await signSysClaims(chain) },
    core: {
      publicKey: chain.coreAccount.getPublicKey(),
      jwt: await signCoreClaims(chain, { memoryBytes: MEGABYTE, diskBytes, streams, consumers: 256 }),
    },
    fleet: { publicKey: chain.fleetAccount.getPublicKey(), jwt: await signFleetClaims(chain, {}) },
    resolverDir: join(dataDir, 'nats', 'accounts'),
    storeDir: join(dataDir, 'nats', 'store'),
    maxStoreBytes: diskBytes,
  });
  const broker = await startEmbeddedNats({
    dataDir,
    binary: binary.path,
    config,
    port,
    log: createLogger('silent'),
  });
  const opened: NatsConnection[] = [];

  const connectAs = async ({ jwt, seed }: BrokerUser, inboxPrefix = '_INBOX') => {
    const authenticator = jwtAuthenticator(jwt, seed);
    const connection = await connect({ servers: broker.url, authenticator, inboxPrefix, reconnectTimeWait: 20 });
    opened.push(connection);
    return connection;
  };
  const signVehicle = (vehicleId: string, key: KeyPair) =>
    signVehicleJwt({
      chain,
      vehicleId,
      userPublicKey: key.getPublicKey(),
      expiresAtSeconds: Math.floor(Date.now() / 1000) + JWT_LIFE_SECONDS,
    });

  return {
    chain,
    websocketPort,
    connectCore: async () => connectAs(await signCoreUser(chain)),
    connectSys: async () => connectAs(await signSysUser(chain)),
    connectVehicle: async (vehicleId: string, key = createUser()): Promise<TestVehicle> => {
      const user = { jwt: await signVehicle(vehicleId, key), seed: key.getSeed() };
      return { key, connection: await connectAs(user, `_INBOX.${vehicleId}`) };
    },
    stop: async () => {
      for (const connection of opened) await connection.close();
      await broker.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The next permission the broker refuses on this connection, as `publish <subject>` or `subscription <subject>`. */
export async function nextRefusal(connection: NatsConnection, act: () => void): Promise<string> {
  const statuses = connection.status();
  act();
  for await (const status of statuses) {
    if (status.type === 'error' && status.error instanceof PermissionViolationError) {
      return `${status.error.operation} ${status.error.subject}`;
    }
  }
  throw new Error('the connection closed');
}

export async function nextStatus(connection: NatsConnection, type: 'disconnect'): Promise<void> {
  for await (const status of connection.status()) if (status.type === type) return;
}
