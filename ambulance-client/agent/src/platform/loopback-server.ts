import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { AgentError } from '../agent-error.ts';

export interface LoopbackServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 alone; port 0 takes a free one. */
export function serveOnLoopback(app: Hono, port: number): Promise<LoopbackServer> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port }, (address) => {
      resolve({
        port: address.port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      });
    });
    server.once('error', () => reject(new AgentError('unavailable', 'local-api.port-taken')));
  });
}
