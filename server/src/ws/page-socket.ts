import type { ServerMessage } from '@pentad/protocol/console-feed';
import type { WebSocket } from 'ws';
import type { Clock } from '../platform/ports.ts';

const SOFT_BYTES = 512 * 1024;
const HARD_BYTES = 2 * 1024 * 1024;
const MAX_SLOW_MS = 30_000;

/**
 * One page's socket. Alerts and feed frames always queue; telemetry behind a slow reader keeps its newest value per
 * key and is flushed when the socket drains. Over 2 MiB, or slow for 30 s, it is cut: the page comes back by cursor.
 */
export class PageSocket {
  readonly #socket: WebSocket;
  readonly #clock: Clock;
  readonly #held = new Map<string, string>();
  #slowSinceMs: number | null = null;

  constructor(socket: WebSocket, clock: Clock) {
    this.#socket = socket;
    this.#clock = clock;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === 1;
  }

  send(message: ServerMessage): void {
    this.sendText(JSON.stringify(message));
  }

  /** Already encoded once for all readers of its class. */
  sendText(text: string): void {
    if (this.#cutIfHopeless()) return;
    this.#socket.send(text);
  }

  /** Behind by so much that telemetry is held back. */
  get isBehind(): boolean {
    return this.#socket.bufferedAmount >= SOFT_BYTES;
  }

  sendTelemetry(key: string, text: string): void {
    if (!this.isOpen) return;
    this.#held.set(key, text);
    if (!this.isBehind) return this.#flush();
    this.#slowSinceMs ??= this.#clock.nowMs();
    this.#cutIfHopeless();
  }

  /** Called once a second. */
  tick(): void {
    if (this.#cutIfHopeless()) return;
    if (!this.isBehind) this.#flush();
    this.send({ type: 'tick', serverNowMs: this.#clock.nowMs() });
  }

  #flush(): void {
    for (const text of this.#held.values()) this.#socket.send(text);
    this.#held.clear();
    this.#slowSinceMs = null;
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  #cutIfHopeless(): boolean {
    if (!this.isOpen) return true;
    const isTooLong = this.#slowSinceMs !== null && this.#clock.nowMs() - this.#slowSinceMs > MAX_SLOW_MS;
    if (this.#socket.bufferedAmount < HARD_BYTES && !isTooLong) return false;
    this.#socket.terminate();
    return true;
  }
}
