import { setTimeout as pause } from 'node:timers/promises';
import { topicOf, type ClientMessage, type ServerMessage } from '@pentad/protocol/console-feed';
import type { CaseView } from '@pentad/protocol/case-view';
import type { CaseId } from '@pentad/protocol/ids';
import type { AnswerInput } from '@pentad/protocol/http-api';
import { WebSocket } from 'ws';
import type { PageOrder } from './console-orders.ts';
import type { Tally } from './tally.ts';

/** A page may send 40 messages a second; the server reads a snapshot for each subscription. */
const MESSAGES_A_SECOND = 36;
const AT_ONCE = 9;
const ANSWER_AFTER_MS = 1_000;

/** Sessions last longer than a run and sign-in is limited: one a person. */
const cookies = new Map<string, string>();

async function signIn(origin: string, { login, password }: PageOrder): Promise<string> {
  const known = cookies.get(login);
  if (known !== undefined) return known;
  const answer = await fetch(`${origin}/v1/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ login, password }),
  });
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
  if (!answer.ok || cookie === undefined)
    throw new Error(`sign-in of ${login}: ${answer.status} ${await answer.text()}`);
  cookies.set(login, cookie);
  return cookie;
}

async function connectPage(origin: string, cookie: string): Promise<WebSocket> {
  const answer = await fetch(`${origin}/v1/ws-ticket`, { method: 'POST', headers: { cookie } });
  if (!answer.ok) throw new Error(`ws-ticket: ${answer.status} ${await answer.text()}`);
  const { ticket } = (await answer.json()) as { ticket: string };
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws?ticket=${ticket}`, {
    origin,
    perMessageDeflate: false,
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  return socket;
}

/** 接收, as a nurse would a second later: it stops the ladder. */
async function accept(origin: string, cookie: string, view: CaseView, deskId: string, tally: Tally): Promise<void> {
  await pause(ANSWER_AFTER_MS);
  for (const alert of view.preAlerts) {
    const target = alert.targets.find((one) => one.deskId === deskId);
    if (!alert.isOpen || !target) continue;
    const input: AnswerInput = { opId: `accept-${target.targetId}`, answer: 'accept', minutes: null, reason: null };
    const url = `${origin}/v1/pre-alerts/${alert.preAlertId}/targets/${target.targetId}/answer`;
    const headers = { cookie, 'Content-Type': 'application/json' };
    for (let tries = 1; ; tries += 1) {
      const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(input) });
      if (answer.ok) return tally.answered();
      // One nurse for a whole region answers faster than the limit for a person: again a little later.
      if (answer.status !== 429 || tries > 20) return tally.problem(`answer: ${answer.status} ${await answer.text()}`);
      await pause(ANSWER_AFTER_MS);
    }
  }
}

/** A page over the real door: sign-in, ticket, topics, then the numerics of the cases the topics have shown. */
export async function openPage(origin: string, order: PageOrder, tally: Tally): Promise<WebSocket> {
  const cookie = await signIn(origin, order);
  const socket = await connectPage(origin, cookie);
  const say = (message: ClientMessage): void => socket.send(JSON.stringify(message));
  let snapshots = 0;
  socket.on('close', (code) => {
    if (!order.isStalling && code !== 1000 && code !== 1005 && code !== 1012) tally.problem(`page closed: ${code}`);
  });
  socket.on('message', (data) => {
    const bytes = data as Buffer;
    if (tally.numerics(bytes)) return;
    const message = JSON.parse(bytes.toString()) as ServerMessage;
    if (message.type === 'snapshot') snapshots += 1;
    if (message.type === 'refused') tally.problem(`refused: ${message.code} ${message.topic}`);
    if (message.type !== 'frame' || message.frame.kind !== 'case' || order.deskId === null) return;
    const view = message.frame.case;
    const isRinging = view.preAlerts.some((alert) => alert.isOpen && alert.ownerTargetId === null);
    if (isRinging && tally.alert(view))
      accept(origin, cookie, view, order.deskId, tally).catch((error: unknown) => tally.problem(String(error)));
  });
  const topics =
    order.deskId === null ? order.caseIds.map((caseId) => topicOf.case(caseId)) : [topicOf.desk(order.deskId)];
  for (let from = 0; from < topics.length; from += AT_ONCE) {
    const sentAtMs = Date.now();
    for (const topic of topics.slice(from, from + AT_ONCE)) say({ type: 'subscribe', topic, after: null });
    const due = Math.min(topics.length, from + AT_ONCE);
    for (let tries = 0; snapshots < due; tries += 1) {
      if (tries > 1_000) throw new Error(`${snapshots} of ${due} snapshots came`);
      await pause(20);
    }
    await pause(Math.max(0, sentAtMs + (1_050 * AT_ONCE) / MESSAGES_A_SECOND - Date.now()));
  }
  if (order.caseIds.length > 0) say({ type: 'watch-numerics', caseIds: order.caseIds as CaseId[] });
  return socket;
}
