import { topicOf, ServerMessage } from '@pentad/protocol/console-feed';
import type { CaseView, PreAlertView, TargetView } from '@pentad/protocol/case-view';
import * as v from 'valibot';
import { WebSocket } from 'ws';
import type { ServerProcess } from './server-process.ts';
import type { StaffSession } from './staff-session.ts';
import { waitUntil } from './wait-until.ts';

export interface ShownAlert {
  readonly caseId: string;
  readonly alert: PreAlertView;
  readonly target: TargetView;
}

export interface PageOptions {
  readonly server: Pick<ServerProcess, 'address' | 'port'>;
  readonly staff: StaffSession;
  readonly deskId: string;
  /** Says delivered and displayed as a visible page that can sound does. */
  readonly confirms?: boolean;
}

/** A desk's page without a screen: it holds what the socket told it, by cursor, and remembers when it first did. */
export class ConsolePage {
  readonly deskId: string;
  readonly cases = new Map<string, CaseView>();
  /** Unix ms at which a target of this desk was first held, by target. */
  readonly firstShownAtMs = new Map<string, number>();
  readonly rings: { targetId: string; step: string; round: number }[] = [];
  readonly refusals: string[] = [];
  /** Frames that did not follow the one before. */
  gaps = 0;
  readonly #options: PageOptions;
  #socket: WebSocket;
  #cursor: number | null = null;
  #isClosed = false;

  private constructor(options: PageOptions, socket: WebSocket) {
    this.#options = options;
    this.deskId = options.deskId;
    this.#socket = socket;
  }

  /** @param after the cursor an earlier page of this desk had reached; null begins with a snapshot */
  static async open(options: PageOptions, after: number | null = null): Promise<ConsolePage> {
    const response = await options.staff.post(options.server, '/v1/ws-ticket');
    const { ticket } = (await response.json()) as { ticket: string };
    const { address, port } = options.server;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws?ticket=${ticket}`, { origin: address });
    const page = new ConsolePage(options, socket);
    page.#cursor = after;
    socket.on('message', (data: Buffer) => page.#receive(data.toString()));
    socket.on('close', () => (page.#isClosed = true));
    socket.on('error', () => socket.terminate());
    await waitUntil('the page has its socket', () => socket.readyState === WebSocket.OPEN || page.#isClosed);
    page.#send({ type: 'subscribe', topic: topicOf.desk(page.deskId), after });
    return page;
  }

  get cursor(): number | null {
    return this.#cursor;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  alertsOf(caseId: string): ShownAlert[] {
    const shown = this.cases.get(caseId);
    if (!shown) return [];
    return shown.preAlerts.flatMap((alert) => {
      const targets = alert.targets.filter((target) => target.deskId === this.deskId);
      return targets.map((target) => ({ caseId, alert, target }));
    });
  }

  async alertOf(caseId: string, withinMs?: number): Promise<ShownAlert> {
    await waitUntil(`desk ${this.deskId} shows the alert`, () => this.alertsOf(caseId).length > 0, withinMs);
    const [shown] = this.alertsOf(caseId);
    if (!shown) throw new Error('it was there');
    return shown;
  }

  /** Half-open, as far as the server can tell: it reads nothing and answers nothing. */
  freeze(): void {
    this.#socket.pause();
  }

  close(): void {
    this.#socket.terminate();
  }

  #send(message: object): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #receive(text: string): void {
    const message = v.parse(ServerMessage, JSON.parse(text));
    if (message.type === 'refused') this.refusals.push(message.code);
    if (message.type === 'snapshot') {
      this.#cursor = message.n;
      this.cases.clear();
      for (const shown of message.cases) this.#hold(shown);
    }
    if (message.type !== 'frame') return;
    const { n, frame } = message;
    // A case and the ring that came with it share their number.
    if (this.#cursor !== null && n !== this.#cursor && n !== this.#cursor + 1) this.gaps += 1;
    this.#cursor = n;
    if (frame.kind === 'case') this.#hold(frame.case);
    else this.rings.push({ targetId: frame.targetId, step: frame.step, round: frame.round });
  }

  #hold(shown: CaseView): void {
    const before = this.cases.get(shown.caseId);
    if (before && before.caseSeq >= shown.caseSeq) return;
    this.cases.set(shown.caseId, shown);
    for (const { alert, target } of this.alertsOf(shown.caseId)) {
      if (this.firstShownAtMs.has(target.targetId)) continue;
      this.firstShownAtMs.set(target.targetId, Date.now());
      // What is confirmed already is not said again: a page that says all of it at once is shut out (40 a second).
      if (this.#options.confirms && target.displayedAtMs === null)
        this.#confirm(shown.caseId, alert.preAlertId, target.targetId);
    }
  }

  #confirm(caseId: string, preAlertId: string, targetId: string): void {
    const { deskId } = this;
    for (const stage of ['delivered', 'displayed']) {
      this.#send({ type: 'confirm', deskId, caseId, preAlertId, targetId, stage });
    }
  }
}
