import { rmSync } from 'node:fs';
import path from 'node:path';
import { connect, jwtAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import { findFreePort } from '../../server/src/embedded/loopback-port.ts';
import { findNatsBinary } from '../../server/src/embedded/nats-binary.ts';
import { startEmbeddedNats, type EmbeddedNats } from '../../server/src/embedded/nats.ts';
import {
  signCoreClaims,
  signFleetClaims,
  signOperatorClaims,
  signSysClaims,
} from '../../server/src/nats/account-claims.ts';
import { writeBrokerConfig } from '../../server/src/nats/broker-config.ts';
import { signCoreUser } from '../../server/src/nats/operator-chain-users.ts';
import { loadOrMakeOperatorChain, type OperatorChain } from '../../server/src/nats/operator-chain.ts';
import { totalStreamBytes } from '../../server/src/nats/streams.ts';
import { createLogger } from '../../server/src/platform/logger.ts';
import { waitUntil } from './wait-until.ts';

export interface RegionBroker {
  readonly chain: OperatorChain;
  readonly url: string;
  readonly websocketUrl: string;
  readonly port: number;
  kill(): Promise<void>;
  /** What a power cut may take: all that was acknowledged and is not in PostgreSQL. */
  deleteStore(): void;
  startAgain(): Promise<void>;
  /** A connection into CORE, as an operator who makes mistakes has it. */
  connectCore(): Promise<NatsConnection>;
  stop(): Promise<void>;
}

const MEBIBYTE = 1_048_576;

async function configText(chain: OperatorChain, port: number, websocketPort: number, dataDir: string): Promise<string> {
  const diskBytes = Math.ceil(totalStreamBytes * 1.1);
  const allowance = { memoryBytes: 64 * MEBIBYTE, diskBytes, streams: 16, consumers: 256 };
  return writeBrokerConfig({
    host: '127.0.0.1',
    port,
    operatorJwt: await signOperatorClaims(chain),
    sys: { publicKey: chain.sysAccount.getPublicKey(), jwt: await signSysClaims(chain) },
    core: { publicKey: chain.coreAccount.getPublicKey(), jwt: await signCoreClaims(chain, allowance) },
    fleet: { publicKey: chain.fleetAccount.getPublicKey(), jwt: await signFleetClaims(chain, {}) },
    resolverDir: path.join(dataDir, 'nats', 'resolver'),
    storeDir: path.join(dataDir, 'nats', 'jetstream'),
    maxStoreBytes: diskBytes,
    websocketPort,
    monitorPort: null,
  });
}

export async function startRegionBroker(dataDir: string, operatorDir: string): Promise<RegionBroker> {
  const chain = loadOrMakeOperatorChain(operatorDir);
  const { path: binary } = await findNatsBinary({ explicitPath: null, env: process.env, dataDir });
  const [port, websocketPort] = [await findFreePort(), await findFreePort()];
  const options = {
    dataDir,
    binary,
    config: await configText(chain, port, websocketPort, dataDir),
    port,
    log: createLogger('silent'),
  };
  let running: EmbeddedNats = await startEmbeddedNats(options);
  const opened: NatsConnection[] = [];
  return {
    chain,
    url: running.url,
    websocketUrl: `ws://127.0.0.1:${websocketPort}`,
    port,
    kill: async () => {
      process.kill(running.pid, 'SIGKILL');
      await waitUntil('the broker is gone', () => !isAlive(running.pid));
    },
    deleteStore: () => rmSync(path.join(dataDir, 'nats', 'jetstream'), { recursive: true, force: true }),
    startAgain: async () => {
      await running.stop();
      running = await startEmbeddedNats(options);
    },
    connectCore: async () => {
      const { jwt, seed } = await signCoreUser(chain);
      const connection = await connect({ servers: running.url, authenticator: jwtAuthenticator(jwt, seed) });
      opened.push(connection);
      return connection;
    },
    stop: async () => {
      for (const connection of opened) await connection.close();
      await running.stop();
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
