import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { MonitorSettings } from '@pentad/hl7v2/observation';
import { AgentError } from '../../agent-error.ts';
import type { Clock, Log } from '../../ports.ts';
import { MessageDesk, type DeskCallbacks } from './message-desk.ts';
import { serveMonitor } from './monitor-connection.ts';

export interface MonitorServerOptions extends DeskCallbacks {
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: MonitorSettings;
  /** Default 127.0.0.1; the address of the vehicle's monitor network where a monitor is to reach it. */
  readonly host?: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Default 8: the monitors of one vehicle. Further ones are closed at once. */
  readonly maxConnections?: number;
  /** Default 120 000. */
  readonly idleTimeoutMs?: number;
}

export interface MonitorServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * MLLP over TCP for the patient monitors of a vehicle. Every message is answered AA, AE or AR, in order. Rejects with
 * `hl7-monitor.port-taken` where it cannot listen.
 */
export function listenForMonitors(options: MonitorServerOptions): Promise<MonitorServer> {
  const { clock, log, settings, host = '127.0.0.1', port, maxConnections = 8, idleTimeoutMs = 120_000 } = options;
  const desk = new MessageDesk(clock, log, settings, options);
  const sockets = new Set<Socket>();
  let connections = 0;
  // Half open, so that a monitor that sends and closes its side still gets its answer.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serveMonitor(socket, connections, desk, { clock, log, idleTimeoutMs });
  });
  server.maxConnections = maxConnections;
  server.on('drop', () => log.warn('hl7-monitor.too-many'));
  return new Promise((resolve, reject) => {
    server.once('error', () => reject(new AgentError('unavailable', 'hl7-monitor.port-taken')));
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      server.on('error', () => log.error('hl7-monitor.listen-failed'));
      const { port: taken } = server.address() as AddressInfo;
      resolve({
        port: taken,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            for (const socket of sockets) socket.destroy();
          }),
      });
    });
  });
}
