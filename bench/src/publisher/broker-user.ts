import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import { connect, jwtAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import { readPublisherConfig } from './publisher-orders.ts';

/** The connection of a process that publishes. */
export async function connectPublisher(): Promise<{ connection: NatsConnection; js: JetStreamClient }> {
  const config = readPublisherConfig();
  const authenticator = jwtAuthenticator(config.jwt, new TextEncoder().encode(config.seed));
  const connection = await connect({ servers: config.natsUrl, authenticator });
  return { connection, js: jetstream(connection) };
}

/** Answers each order of the bench with what `work` makes of it. */
export function obeyOrders<Order>(work: (order: Order) => Promise<unknown>): void {
  process.on('message', (order: Order) => {
    work(order).then(
      (answer) => process.send?.({ ok: true, answer }),
      (error: unknown) => process.send?.({ ok: false, error: String(error) }),
    );
  });
  process.on('disconnect', () => process.exit(0));
}
