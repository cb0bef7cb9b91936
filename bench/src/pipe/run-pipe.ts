import { jetstream, type JsMsg } from '@nats-io/jetstream';
import { connect, jwtAuthenticator } from '@nats-io/transport-node';
import type { NumericsView, ServerMessage } from '@pentad/protocol/console-feed';
import type { NumericsItem } from '@pentad/protocol/lane-item';
import { WebSocketServer, type WebSocket } from 'ws';
import { indexOf, watchersOf } from '../fleet/fleet.ts';
import { PIPE_CONSUMER } from '../stand/pipe-stream.ts';
import type { PipeConfig } from './pipe-config.ts';

export interface Row {
  readonly item: NumericsItem;
  readonly receivedAtMs: number;
}

/** Writes and commits one batch. */
export type WriteBatch = (rows: readonly Row[]) => Promise<void>;

interface Waiting extends Row {
  readonly message: JsMsg;
}

const MAX_ROWS = 1_000;
const MAX_IN_FLIGHT = 2;

/**
 * The floor program of limits.md around any writer: consume one stream, JSON.parse, write batches (linger 0: the next
 * batch is what arrived during the commit, two in flight), acknowledge each, send each update to 2 consoles.
 */
export async function runPipe(config: PipeConfig, write: WriteBatch): Promise<void> {
  const sockets = new Map<number, WebSocket>();
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  server.on('connection', (socket, request) => {
    sockets.set(Number(new URL(request.url ?? '/', 'http://localhost').searchParams.get('console')), socket);
  });
  await new Promise<void>((resolve) => server.once('listening', () => resolve()));

  const send = ({ item, receivedAtMs }: Row): void => {
    const { vehicle, measuredAtMs, vitals, times, caseId } = item;
    if (caseId === null) return;
    const view: NumericsView = { caseId, vehicle, measuredAtMs, receivedAtMs, vitals, times, isBackfill: false };
    const text = JSON.stringify({ type: 'numerics', items: [view] } satisfies ServerMessage);
    for (const console of watchersOf(indexOf(vehicle), config.consoles)) sockets.get(console)?.send(text);
  };

  let waiting: Waiting[] = [];
  let inFlight = 0;
  const flush = (): void => {
    if (inFlight >= MAX_IN_FLIGHT || waiting.length === 0) return;
    const batch = waiting.length <= MAX_ROWS ? waiting : waiting.slice(0, MAX_ROWS);
    waiting = waiting.length <= MAX_ROWS ? [] : waiting.slice(MAX_ROWS);
    inFlight += 1;
    write(batch).then(
      () => {
        for (const { message } of batch) message.ack();
        for (const row of batch) send(row);
        inFlight -= 1;
        flush();
      },
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };

  const authenticator = jwtAuthenticator(config.jwt, new TextEncoder().encode(config.seed));
  const connection = await connect({ servers: config.natsUrl, authenticator });
  const consumer = await jetstream(connection).consumers.get(config.stream, PIPE_CONSUMER);
  const address = server.address();
  const begun = new Promise<void>((resolve) => process.once('message', () => resolve()));
  process.on('disconnect', () => process.exit(0));
  process.send?.({ port: typeof address === 'object' && address !== null ? address.port : 0 });
  await begun;
  const messages = await consumer.consume({ max_messages: 4_000, expires: 10_000 });
  process.send?.({ ok: true });
  for await (const message of messages) {
    const item = JSON.parse(new TextDecoder().decode(message.data)) as NumericsItem;
    waiting.push({ item, receivedAtMs: Date.now(), message });
    if (inFlight < MAX_IN_FLIGHT) queueMicrotask(flush);
  }
}
