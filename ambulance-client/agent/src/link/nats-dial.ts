import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import {
  connect,
  setTransportFactory,
  wsconnect,
  type ConnectionOptions,
  type NatsConnection,
} from '@nats-io/transport-node';
import { NodeTransport } from '@nats-io/transport-node/lib/node_transport.js';
import { WebSocket } from 'ws';
import type { BrokerAddress } from './broker-address.ts';

/** A connection and the means to end it at once, whatever its other side does. */
export interface Dialled {
  readonly connection: NatsConnection;
  readonly cut: () => void;
}

interface Cuttable {
  cut: () => void;
}

let turn: Promise<unknown> = Promise.resolve();

/**
 * One dial at a time until its transport is made: the client asks one factory of the whole process for it, some
 * microtasks after `connect` (nats-core 3.4, `setTransportFactory`).
 */
function inTurn<T>(begin: (made: () => void) => Promise<T>): Promise<T> {
  let result: Promise<T>;
  const own = turn.then(
    () =>
      new Promise<void>((made) => {
        result = Promise.resolve().then(() => begin(made));
        result.then(() => made()).catch(() => made());
      }),
  );
  turn = own;
  return own.then(() => result);
}

function dialDirect(address: BrokerAddress, options: ConnectionOptions, caFile: string | null, held: Cuttable) {
  // What the certificate must be of; an address that is a number may not be sent as a server's name.
  const host = address.host.replace(/^\[|\]$/g, '');
  const tls = { ...(isIP(host) === 0 ? { servername: host } : { host }), ...(caFile === null ? {} : { caFile }) };
  return inTurn((made) => {
    const connecting = connect({
      ...options,
      servers: address.url,
      // The name stays with the address, for the certificate; node finds the fastest of its addresses.
      resolve: false,
      ...(address.isTlsOnly || caFile !== null ? { tls } : {}),
    });
    setTransportFactory({
      factory: () => {
        const transport = new NodeTransport();
        Object.assign(held, { cut: () => transport.socket?.destroy() });
        made();
        return transport;
      },
    });
    return connecting;
  });
}

function dialWebsocket(address: BrokerAddress, options: ConnectionOptions, caFile: string | null, held: Cuttable) {
  return inTurn((made) =>
    wsconnect({
      ...options,
      servers: address.url,
      wsFactory: (url) => {
        made();
        // Left as it was found: what reconnects by itself in this process is direct.
        setTransportFactory({ factory: () => new NodeTransport() });
        const socket = new WebSocket(url, {
          perMessageDeflate: false,
          followRedirects: false,
          ...(caFile === null ? {} : { ca: readFileSync(caFile) }),
        });
        // The client takes its listener away before the socket has said its last.
        socket.on('error', () => undefined);
        Object.assign(held, { cut: () => socket.terminate() });
        return Promise.resolve({ socket: socket as unknown as globalThis.WebSocket, encrypted: address.isTlsOnly });
      },
    }),
  );
}

/** One connection to one address, which does not come back by itself. `limit` runs its act when the time is over. */
export async function dialNats(
  address: BrokerAddress,
  options: ConnectionOptions,
  caFile: string | null,
  limit: (act: () => void) => () => void,
): Promise<Dialled> {
  const held: Cuttable = { cut: () => undefined };
  const withdraw = limit(() => held.cut());
  const once = { ...options, reconnect: false };
  try {
    const connection = await (address.kind === 'wss' ? dialWebsocket : dialDirect)(address, once, caFile, held);
    return { connection, cut: () => held.cut() };
  } catch (error) {
    held.cut();
    throw error;
  } finally {
    withdraw();
  }
}
