import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { ClientMessage } from '@pentad/protocol/console-feed';
import * as v from 'valibot';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import type { StaffActor } from '../platform/actor.ts';
import { DomainError } from '../platform/errors.ts';
import { errorFields, type Logger } from '../platform/logger.ts';
import type { Clock, Ids } from '../platform/ports.ts';
import type { DisplayStage } from '../pre-alerts/confirm-display.ts';
import type { OnTarget } from '../pre-alerts/answer-pre-alert.ts';
import type { FeedHub } from './feed-hub.ts';
import { authorizeSubscription, type Page } from './page.ts';
import { PageSocket } from './page-socket.ts';

const MAX_MESSAGE_BYTES = 64 * 1024;
const MAX_MESSAGES_PER_SECOND = 40;
const MAX_PAGES_PER_PERSON = 10;
const CLOSE_WITHIN_MS = 1_000;

export interface PageServerPorts {
  readonly hub: FeedHub;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
  readonly allowedOrigins: readonly string[];
  readonly instanceId: string;
  /** Uses the ticket up; null: unknown, used or expired. */
  redeemTicket(ticket: string): Promise<{ readonly staff: StaffActor; readonly sessionKey: string } | null>;
  /** null: revoked, expired or disabled. */
  readSession(sessionKey: string): Promise<StaffActor | null>;
  beat(page: Page, deskId: string, isVisible: boolean, canSound: boolean): Promise<void>;
  leave(page: Page): Promise<void>;
  confirm(page: Page, on: OnTarget, deskId: string, stage: DisplayStage): Promise<void>;
}

/** WebSocket edge: Origin and single-use ticket before the upgrade, 64 KiB messages, no deflate, schema or refuse. */
export class PageServer {
  readonly #ports: PageServerPorts;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });

  constructor(ports: PageServerPorts) {
    this.#ports = ports;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#upgrade(request, socket, head).catch((error: unknown) => {
      this.#ports.log.error('ws.upgrade-failed', errorFields(error));
      socket.destroy();
    });
  }

  /** Every 5 s: a revoked session or changed role reaches open sockets. */
  async recheckSessions(): Promise<void> {
    for (const page of this.#ports.hub.pages) {
      const staff = await this.#ports.readSession(page.sessionKey);
      if (staff) page.staff = staff;
      else page.socket.close(4401, 'session.ended');
    }
  }

  async stop(): Promise<void> {
    for (const page of this.#ports.hub.pages) page.socket.close(1012, 'server.stopping');
    // A frozen page never answers the close.
    const cut = setTimeout(() => this.#sockets.clients.forEach((ws) => ws.terminate()), CLOSE_WITHIN_MS);
    await new Promise<void>((resolve) => this.#sockets.close(() => resolve()));
    clearTimeout(cut);
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const refuse = (status: string) =>
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (!this.#ports.allowedOrigins.includes(request.headers.origin ?? '')) return void refuse('403 Forbidden');
    const found = await this.#ports.redeemTicket(url.searchParams.get('ticket') ?? '');
    if (!found) return void refuse('401 Unauthorized');
    const own = [...this.#ports.hub.pages].filter((page) => page.staff.staffId === found.staff.staffId);
    if (own.length >= MAX_PAGES_PER_PERSON) return void refuse('429 Too Many Requests');
    this.#sockets.handleUpgrade(request, socket, head, (ws) => this.#open(ws, found.staff, found.sessionKey));
  }

  #open(ws: WebSocket, staff: StaffActor, sessionKey: string): void {
    const { hub, clock, ids, instanceId } = this.#ports;
    const page: Page = {
      connectionId: ids.next(),
      sessionKey,
      socket: new PageSocket(ws, clock),
      topics: new Map(),
      staff,
      shownCases: new Set(),
      watchedCases: new Set(),
      isWatchingUnits: false,
      messagesThisSecond: 0,
      presentDeskId: null,
    };
    hub.add(page);
    page.socket.send({ type: 'welcome', serverNowMs: clock.nowMs(), instance: instanceId });
    ws.on('message', (data, isBinary) => {
      page.messagesThisSecond += 1;
      // The rest waits a second: fifty alerts at once are a hundred confirmations, and the desk must not be shut out (L13).
      if (page.messagesThisSecond === MAX_MESSAGES_PER_SECOND) {
        ws.pause();
        setTimeout(() => ws.resume(), 1_000);
      }
      if (isBinary) return ws.close(4400, 'binary');
      this.#receive(page, textOf(data)).catch((error: unknown) =>
        this.#ports.log.warn('ws.message-failed', errorFields(error)),
      );
    });
    ws.on('error', () => ws.terminate());
    ws.on('close', () => {
      hub.remove(page);
      this.#ports.leave(page).catch((error: unknown) => this.#ports.log.warn('ws.leave-failed', errorFields(error)));
    });
  }

  async #subscribe(page: Page, topic: string, after: number | null): Promise<void> {
    authorizeSubscription(page.staff, topic);
    await this.#ports.hub.subscribe(page, topic, after);
  }

  async #receive(page: Page, text: string): Promise<void> {
    const message = readMessage(text);
    if (message === null) return page.socket.send({ type: 'refused', code: 'message.unreadable', topic: null });
    const { hub } = this.#ports;
    switch (message.type) {
      case 'subscribe':
        return this.#subscribe(page, message.topic, message.after).catch((error: unknown) => {
          const code = error instanceof DomainError ? error.code : 'topic.unavailable';
          page.socket.send({ type: 'refused', code, topic: message.topic });
          if (!(error instanceof DomainError)) throw error;
        });
      case 'unsubscribe':
        return hub.unsubscribe(page, message.topic);
      case 'watch-numerics':
        // Numerics go only to pages whose own topics have shown them the case.
        page.watchedCases = new Set(message.caseIds.filter((caseId) => page.shownCases.has(caseId)));
        return;
      case 'watch-units':
        page.isWatchingUnits = message.isWatching;
        return;
      case 'presence':
        return this.#ports.beat(page, message.deskId, message.isVisible, message.canSound);
      case 'confirm': {
        const { caseId, preAlertId, targetId, deskId, stage } = message;
        return this.#ports.confirm(page, { caseId, preAlertId, targetId }, deskId, stage);
      }
    }
  }
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return data instanceof ArrayBuffer ? Buffer.from(data).toString() : data.toString();
}

function readMessage(text: string): ClientMessage | null {
  try {
    const parsed = v.safeParse(ClientMessage, JSON.parse(text));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
