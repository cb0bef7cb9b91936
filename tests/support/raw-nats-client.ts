import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { signVehicleJwt } from '../../server/src/nats/vehicle-credentials.ts';
import type { EnrolledVehicle } from './region-directory.ts';
import type { Region } from './region.ts';
import { waitUntil } from './wait-until.ts';

/** A client that minds no limit: it speaks the protocol over bare TCP with a vehicle's own rights. */
export class RawNatsClient {
  readonly #socket: Socket;
  #heard = '';
  #isClosed = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes: Buffer) => (this.#heard += bytes.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => (this.#isClosed = true));
  }

  static async connect(region: Region, { vehicle, key }: EnrolledVehicle): Promise<RawNatsClient> {
    const socket = connect({ host: '127.0.0.1', port: region.broker.port });
    await once(socket, 'connect');
    const client = new RawNatsClient(socket);
    await waitUntil('the broker greets', () => client.#heard.includes('\r\n'));
    const { nonce } = JSON.parse(client.#heard.slice('INFO '.length)) as { nonce: string };
    const expiresAtSeconds = Math.floor(Date.now() / 1_000) + 600;
    const { chain } = region.broker;
    const jwt = await signVehicleJwt({
      chain,
      vehicleId: vehicle,
      userPublicKey: key.getPublicKey(),
      expiresAtSeconds,
    });
    const sig = Buffer.from(key.sign(Buffer.from(nonce))).toString('base64url');
    client.send(
      `CONNECT ${JSON.stringify({ verbose: false, pedantic: false, jwt, sig, lang: 'raw', version: '0', protocol: 1 })}\r\n`,
    );
    client.send('PING\r\n');
    await waitUntil('the broker lets the vehicle in', () => client.#heard.includes('PONG'));
    return client;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  get heard(): string {
    return this.#heard;
  }

  send(bytes: string | Uint8Array): void {
    this.#socket.write(bytes);
  }

  publish(subject: string, payload: Uint8Array): void {
    this.send(`PUB ${subject} ${payload.length}\r\n`);
    this.send(payload);
    this.send('\r\n');
  }

  close(): void {
    this.#socket.destroy();
  }
}
