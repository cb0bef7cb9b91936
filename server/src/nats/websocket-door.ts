import type { IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Logger } from '../platform/logger.ts';

/**
 * Sized for a county's fleet behind one reverse proxy: each vehicle has one connection and now and then a probe. Two
 * descriptors a connection.
 */
const LIMITS = {
  open: 2_000,
  openPerAddress: 1_200,
  waitingPerAddress: 64,
  /** For the broker's answer to the upgrade. */
  greetingMs: 5_000,
  /** Nothing heard from the vehicle: it answers the broker's pings every 10 s. */
  silenceMs: 60_000,
  /** For what is still to be written when the broker has closed. */
  lingerMs: 2_000,
};
export type DoorLimits = typeof LIMITS;

export interface WebsocketDoorOptions {
  /** The broker's WebSocket listener, `ws://host:port`; plain, in the server's own network. */
  readonly url: string;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  readonly limits?: Partial<DoorLimits>;
}

const KEY = /^[A-Za-z0-9+/]{22}==$/;

/** What the broker needs of the request; nothing else of it is passed on. */
function requestText({ headers }: IncomingMessage, host: string): string | null {
  const key = headers['sec-websocket-key'];
  const isUpgrade = headers.upgrade?.toLowerCase() === 'websocket' && headers['sec-websocket-version'] === '13';
  if (!isUpgrade || key === undefined || !KEY.test(key)) return null;
  return [
    'GET / HTTP/1.1',
    `Host: ${host}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${key}`,
    'Sec-WebSocket-Version: 13',
    '\r\n',
  ].join('\r\n');
}

const refuse = (socket: Duplex, status: string): void =>
  void socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);

/**
 * NATS behind the server's one port (design decision 7): after the upgrade, bytes both ways between a vehicle and the
 * broker. Who the vehicle is and what it may do is the broker's matter, as on its own port. Pages have no business
 * here, and only browsers send an Origin.
 */
export class WebsocketDoor {
  readonly #target: URL;
  readonly #log: WebsocketDoorOptions['log'];
  readonly #limits: DoorLimits;
  readonly #open = new Set<Duplex>();
  readonly #openOf = new Map<string, number>();
  readonly #waitingOf = new Map<string, number>();
  #isBrokerAway = false;

  constructor({ url, log, limits = {} }: WebsocketDoorOptions) {
    this.#target = new URL(url);
    this.#log = log;
    this.#limits = { ...LIMITS, ...limits };
  }

  get openCount(): number {
    return this.#open.size;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (request.headers.origin !== undefined) return refuse(socket, '403 Forbidden');
    const text = requestText(request, this.#target.host);
    if (text === null) return refuse(socket, '400 Bad Request');
    const address = request.socket.remoteAddress ?? 'unknown';
    const { open, openPerAddress, waitingPerAddress } = this.#limits;
    const isFull =
      this.#open.size >= open ||
      (this.#openOf.get(address) ?? 0) >= openPerAddress ||
      (this.#waitingOf.get(address) ?? 0) >= waitingPerAddress;
    if (isFull) return refuse(socket, '429 Too Many Requests');
    request.socket.setNoDelay(true);
    this.#carry(socket, address, (broker) => {
      broker.write(text);
      if (head.length > 0) broker.write(head);
    });
  }

  stop(): void {
    for (const socket of this.#open) socket.destroy();
  }

  #carry(socket: Duplex, address: string, begin: (broker: Socket) => void): void {
    const { greetingMs, silenceMs, lingerMs } = this.#limits;
    const { hostname, port } = this.#target;
    const broker = connect({ host: hostname, port: Number(port || '80'), noDelay: true });
    let isGreeted = false;
    this.#open.add(socket);
    const left = count(this.#openOf, address);
    const noLongerWaits = count(this.#waitingOf, address);
    const greeting = setTimeout(() => broker.destroy(), greetingMs);
    const silence = setTimeout(() => socket.destroy(), silenceMs);

    broker.once('connect', () => {
      begin(broker);
      socket.on('data', () => silence.refresh());
      socket.pipe(broker);
    });
    broker.once('data', (first: Buffer) => {
      isGreeted = true;
      clearTimeout(greeting);
      noLongerWaits();
      this.#noteBroker(true);
      socket.write(first);
      broker.pipe(socket);
    });
    broker.on('error', () => broker.destroy());
    broker.once('close', () => {
      if (!socket.destroyed && !isGreeted) {
        this.#noteBroker(false);
        refuse(socket, '503 Service Unavailable');
      } else socket.end();
      // No longer piped it would stand still, and its end would not be seen.
      socket.resume();
      setTimeout(() => socket.destroy(), lingerMs).unref();
    });
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      clearTimeout(greeting);
      clearTimeout(silence);
      noLongerWaits();
      left();
      this.#open.delete(socket);
      broker.destroy();
    });
  }

  /** One line a change: a whole fleet knocks while the broker is away. */
  #noteBroker(isThere: boolean): void {
    if (this.#isBrokerAway !== isThere) return;
    this.#isBrokerAway = !isThere;
    if (isThere) this.#log.info('nats-door.broker-back');
    else this.#log.warn('nats-door.broker-away');
  }
}

/** One more under this name; the returned function takes it away, once. */
function count(counts: Map<string, number>, name: string): () => void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
  let isCounted = true;
  return () => {
    if (!isCounted) return;
    isCounted = false;
    const rest = (counts.get(name) ?? 1) - 1;
    if (rest > 0) counts.set(name, rest);
    else counts.delete(name);
  };
}
