import { connect, jwtAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import { jetstream, jetstreamManager, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import { errorFields, type Logger } from '../platform/logger.ts';
import { keepErrorsHeard } from './socket-guard.ts';
import type { BrokerUser } from './operator-chain-users.ts';

export interface BrokerLink {
  readonly connection: NatsConnection;
  readonly jetstream: JetStreamClient;
  manager(): Promise<JetStreamManager>;
  isUp(): boolean;
  stop(): Promise<void>;
}

/** One connection of the server into CORE; it reconnects for ever and never throws away a subscription. */
export async function connectBroker(options: {
  url: string;
  user: BrokerUser;
  name: string;
  log: Logger;
  onReconnect(): void;
}): Promise<BrokerLink> {
  const connection = await connect({
    servers: options.url,
    name: options.name,
    authenticator: jwtAuthenticator(options.user.jwt, options.user.seed),
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    reconnectJitter: 250,
    waitOnFirstConnect: true,
    ignoreAuthErrorAbort: true,
    pingInterval: 5_000,
    maxPingOut: 2,
    timeout: 3_000,
  });
  let isUp = true;
  keepErrorsHeard(connection);
  void (async () => {
    for await (const status of connection.status()) {
      if (status.type === 'disconnect') isUp = false;
      if (status.type === 'reconnect') {
        isUp = true;
        keepErrorsHeard(connection);
        options.onReconnect();
      }
      if (status.type === 'disconnect' || status.type === 'reconnect') options.log.warn(`broker.${status.type}`);
    }
  })().catch((error: unknown) => options.log.error('broker.status-failed', errorFields(error)));
  return {
    connection,
    jetstream: jetstream(connection),
    manager: () => jetstreamManager(connection, { checkAPI: false }),
    isUp: () => isUp && !connection.isClosed(),
    stop: async () => {
      await connection.drain().catch(() => connection.close());
    },
  };
}
