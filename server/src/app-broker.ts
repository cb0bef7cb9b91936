import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Config } from './config.ts';
import type { Db } from './db/transaction.ts';
import { findNatsBinary } from './embedded/nats-binary.ts';
import { startEmbeddedNats, type EmbeddedNats } from './embedded/nats.ts';
import { findFreePort, LOOPBACK } from './embedded/loopback-port.ts';
import { Supervised } from './embedded/supervise.ts';
import { signCoreClaims, signFleetClaims, signOperatorClaims, signSysClaims } from './nats/account-claims.ts';
import { writeBrokerConfig } from './nats/broker-config.ts';
import { connectBroker, type BrokerLink } from './nats/broker-link.ts';
import { loadOrMakeOperatorChain, type OperatorChain } from './nats/operator-chain.ts';
import { signCoreUser, signSysUser } from './nats/operator-chain-users.ts';
import { pushClaims } from './nats/push-claims.ts';
import { totalStreamBytes } from './nats/streams.ts';
import { systemActor } from './platform/actor.ts';
import { errorFields, type Logger } from './platform/logger.ts';
import { systemTimers } from './platform/system-ports.ts';
import { streamPlans } from '@pentad/protocol/subjects';
import { readRevocations } from './vehicles/revocation-store.ts';

export interface Broker {
  readonly url: string;
  /** Where it listens for WebSocket, for the door at /nats; null: nowhere. */
  readonly websocketUrl: string | null;
  readonly chain: OperatorChain;
  readonly link: BrokerLink;
  stop(): Promise<void>;
}

const MEMORY_BYTES = 64 * 1024 * 1024;

async function signAccounts(chain: OperatorChain, db: Db) {
  const revocations = await db.withActor(systemActor('ingest'), readRevocations);
  const diskBytes = Math.ceil(totalStreamBytes * 1.1);
  const allowance = {
    memoryBytes: MEMORY_BYTES,
    diskBytes,
    streams: 2 * streamPlans.length,
    consumers: 2 * streamPlans.length,
  };
  const [sys, core, fleet] = await Promise.all([
    signSysClaims(chain),
    signCoreClaims(chain, allowance),
    signFleetClaims(chain, revocations),
  ]);
  return { sys, core, fleet, diskBytes };
}

async function brokerConfigText(
  chain: OperatorChain,
  db: Db,
  place: { host: string; port: number; websocketPort: number | null; directory: string },
): Promise<string> {
  const accounts = await signAccounts(chain, db);
  return writeBrokerConfig({
    host: place.host,
    port: place.port,
    operatorJwt: await signOperatorClaims(chain),
    sys: { publicKey: chain.sysAccount.getPublicKey(), jwt: accounts.sys },
    core: { publicKey: chain.coreAccount.getPublicKey(), jwt: accounts.core },
    fleet: { publicKey: chain.fleetAccount.getPublicKey(), jwt: accounts.fleet },
    resolverDir: path.join(place.directory, 'resolver'),
    storeDir: path.join(place.directory, 'jetstream'),
    maxStoreBytes: accounts.diskBytes,
    websocketPort: place.websocketPort,
    monitorPort: null,
  });
}

async function runBroker(
  config: Config,
  chain: OperatorChain,
  db: Db,
  { port, websocketPort }: { port: number; websocketPort: number },
  log: Logger,
): Promise<EmbeddedNats> {
  const binary = await findNatsBinary({
    explicitPath: config.natsServerPath,
    env: config.environment,
    dataDir: config.dataDir,
  });
  for (const warning of binary.warnings) log.warn('nats-server.old', { warning });
  const text = await brokerConfigText(chain, db, {
    host: LOOPBACK,
    port,
    websocketPort,
    directory: path.join(config.dataDir, 'nats'),
  });
  return startEmbeddedNats({ dataDir: config.dataDir, binary: binary.path, config: text, port, log });
}

/** A broker run by somebody else (compose) waits for this file; only accounts' public claims stand in it. */
async function writeForeignConfig(config: Config, chain: OperatorChain, db: Db): Promise<void> {
  const directory = path.join(config.natsOperatorDir, 'broker');
  if (!existsSync(directory)) return;
  writeFileSync(
    path.join(directory, 'nats.conf'),
    await brokerConfigText(chain, db, {
      host: '0.0.0.0',
      port: 4222,
      websocketPort: config.natsWebsocketUrl === null ? null : Number(new URL(config.natsWebsocketUrl).port || '80'),
      directory: '/data',
    }),
  );
}

/** The accounts' claims are pushed at each connection: a broker that lost its store knows them again. */
async function linkTo(
  url: string,
  chain: OperatorChain,
  db: Db,
  log: Logger,
  onReconnect: () => void,
): Promise<BrokerLink> {
  const sysUser = await signSysUser(chain);
  const push = async () => {
    const { core, fleet } = await signAccounts(chain, db);
    await pushClaims(url, sysUser, [core, fleet]);
  };
  await push();
  return connectBroker({
    url,
    user: await signCoreUser(chain),
    name: 'pentad-server',
    log,
    onReconnect: () => {
      push().catch((error: unknown) => log.error('broker.claims-not-pushed', errorFields(error)));
      onReconnect();
    },
  });
}

/** Nothing it started is left running when it throws. */
export async function openBroker(config: Config, db: Db, log: Logger, onReconnect: () => void): Promise<Broker> {
  const chain = loadOrMakeOperatorChain(config.natsOperatorDir);
  // Chosen once: a broker started anew is found where it was.
  const ports = { port: await findFreePort(), websocketPort: await findFreePort() };
  const embedded =
    config.natsUrl === null
      ? await Supervised.start({
          name: 'nats',
          start: () => runBroker(config, chain, db, ports, log),
          timers: systemTimers,
          log,
        })
      : null;
  const url = config.natsUrl ?? embedded?.child.url ?? '';
  let link: BrokerLink;
  try {
    if (config.natsUrl !== null) await writeForeignConfig(config, chain, db);
    link = await linkTo(url, chain, db, log, onReconnect);
  } catch (error) {
    await embedded?.stop(log);
    throw error;
  }
  return {
    url,
    websocketUrl: embedded ? `ws://${LOOPBACK}:${ports.websocketPort}` : config.natsWebsocketUrl,
    chain,
    link,
    stop: async () => {
      await link.stop();
      await embedded?.stop(log);
    },
  };
}
