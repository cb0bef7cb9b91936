import { connect, createServer, type Server, type Socket } from 'node:net';

export interface SlowLink {
  /** One local port for each target, in their order. */
  readonly ports: readonly number[];
  close(): Promise<void>;
}

const SLICE_MS = 50;
/** What a modem's buffer may hold before it takes no more from the sender. */
const BUFFER_BYTES = 4_096;

/** Bytes a second one way, shared by every connection. */
class Budget {
  readonly #bytesPerSecond: number;
  #credit = 0;
  #atMs = performance.now();

  constructor(bytesPerSecond: number) {
    this.#bytesPerSecond = bytesPerSecond;
  }

  take(wanted: number): number {
    const nowMs = performance.now();
    this.#credit = Math.min(
      this.#credit + ((nowMs - this.#atMs) * this.#bytesPerSecond) / 1_000,
      (this.#bytesPerSecond * SLICE_MS * 2) / 1_000,
    );
    this.#atMs = nowMs;
    const given = Math.min(wanted, Math.floor(this.#credit));
    this.#credit -= given;
    return given;
  }
}

function trickle(from: Socket, to: Socket, budget: Budget, delayMs: number): void {
  let waiting = Buffer.alloc(0);
  const timer = setInterval(() => {
    const length = budget.take(waiting.length);
    if (length > 0) {
      const part = waiting.subarray(0, length);
      waiting = waiting.subarray(length);
      setTimeout(() => to.writable && to.write(part), delayMs);
    }
    if (waiting.length < BUFFER_BYTES) from.resume();
  }, SLICE_MS);
  from.on('data', (chunk) => {
    waiting = Buffer.concat([waiting, chunk]);
    if (waiting.length >= BUFFER_BYTES) from.pause();
  });
  from.on('close', () => {
    clearInterval(timer);
    to.destroy();
  });
  from.on('error', () => from.destroy());
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** One narrow way out to all targets together: so many bytes a second each way, and this delay one way. */
export async function slowLink(
  targets: readonly number[],
  { bytesPerSecond, delayMs }: { bytesPerSecond: number; delayMs: number },
): Promise<SlowLink> {
  const sockets = new Set<Socket>();
  const [up, down] = [new Budget(bytesPerSecond), new Budget(bytesPerSecond)];
  const servers = targets.map((target) =>
    createServer((near) => {
      const far = connect(target, '127.0.0.1');
      for (const socket of [near, far]) {
        sockets.add(socket);
        socket.setNoDelay(true);
        socket.on('close', () => sockets.delete(socket));
      }
      trickle(near, far, up, delayMs);
      trickle(far, near, down, delayMs);
    }),
  );
  return {
    ports: await Promise.all(servers.map(listen)),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))));
    },
  };
}
