import { Socket } from 'node:net';
import type { NatsConnection } from '@nats-io/transport-node';

const field = (holder: unknown, name: string): unknown =>
  typeof holder === 'object' && holder !== null ? Reflect.get(holder, name) : undefined;

const ignore = (): void => undefined;
const guarded = new WeakSet<Socket>();

/**
 * The client takes all listeners off a broken socket while a write may still fail on it ("write after end"); that error,
 * unheard, would end the process. This keeps one listener on; the client itself learns of the break by `close`.
 * (@nats-io/transport-node 3.4, node_transport `_closed` and `discard`.)
 */
export function keepErrorsHeard(connection: NatsConnection): void {
  const socket = field(field(field(connection, 'protocol'), 'transport'), 'socket');
  if (!(socket instanceof Socket) || guarded.has(socket)) return;
  guarded.add(socket);
  const removeAll = socket.removeAllListeners.bind(socket);
  socket.on('error', ignore);
  socket.removeAllListeners = (event) => {
    removeAll(event);
    return socket.on('error', ignore);
  };
}
