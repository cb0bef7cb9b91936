import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

export type UpgradeDoor = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

const refuse = (socket: Duplex, status: string): void =>
  void socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);

function pathOf(request: IncomingMessage): string | null {
  try {
    return new URL(request.url ?? '/', 'http://localhost').pathname;
  } catch {
    return null;
  }
}

/** The one place where a connection of the HTTP port becomes something else: pages at /ws, vehicles at /nats. */
export function attachUpgrades(server: Server, doors: Readonly<Record<string, UpgradeDoor>>): void {
  const byPath = new Map(Object.entries(doors));
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const path = pathOf(request);
    const door = path === null ? undefined : byPath.get(path);
    if (door) door(request, socket, head);
    else refuse(socket, path === null ? '400 Bad Request' : '404 Not Found');
  });
}
