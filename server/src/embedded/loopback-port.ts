import { createServer } from 'node:net';

export const LOOPBACK = '127.0.0.1';

export async function isPortFree(port: number): Promise<boolean> {
  return (await tryListen(port)) !== null;
}

export async function findFreePort(): Promise<number> {
  const port = await tryListen(0);
  if (port === null) throw new Error('no free port on 127.0.0.1');
  return port;
}

function tryListen(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, LOOPBACK, () => {
      const address = server.address();
      const boundPort = typeof address === 'object' && address !== null ? address.port : null;
      server.close(() => resolve(boundPort));
    });
  });
}
