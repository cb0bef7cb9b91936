import { setTimeout as pause } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import type { PageOrder, StallReport } from './console-orders.ts';
import { openPage } from './product-pages.ts';
import { Tally } from './tally.ts';

const DRAINED_WITHIN_MS = 2_000;

/** The page whose network has died while its socket still stands. */
export class StallingPage {
  readonly tally = new Tally();
  #order: PageOrder | null = null;
  #socket: WebSocket | null = null;

  async open(origin: string, order: PageOrder): Promise<WebSocket> {
    this.#order = order;
    this.#socket = await openPage(origin, order, this.tally);
    return this.#socket;
  }

  stall(): void {
    this.#socket?.pause();
  }

  /** Reads on; a page that was cut opens anew, as a page does. */
  async recover(origin: string): Promise<StallReport> {
    const socket = this.#socket;
    if (!socket || !this.#order) throw new Error('no page stalls');
    socket.resume();
    await pause(DRAINED_WITHIN_MS);
    const wasCut = socket.readyState !== socket.OPEN;
    if (wasCut) this.#socket = await openPage(origin, this.#order, this.tally);
    return { updates: this.tally.report().updates, wasCut };
  }

  close(): void {
    this.#socket?.terminate();
  }
}
