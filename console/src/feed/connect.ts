import { ServerMessage, type ClientMessage, type NumericsView } from '@pentad/protocol/console-feed';
import { createLiveSocket, type LinkState, type OpenSocket, type SocketEvents } from '@pentad/ui/live-socket';
import { batch, createSignal, type Accessor } from 'solid-js';
import type { Api } from './api.ts';
import { readAs, type InputOf } from './read-as.ts';
import { createFeedStore, type FeedStore } from './store.ts';

/** Ids are branded by the schemas that read them; what a screen sends back was read before. */
type Outgoing = InputOf<typeof ClientMessage>;

export interface ConsoleLink {
  readonly store: FeedStore;
  readonly state: Accessor<LinkState>;
  /** When the last message came, on the server's clock; null before the first. */
  readonly lastHeardAtMs: Accessor<number | null>;
  /** A message this page cannot read: it is older than the server. */
  readonly isOutdated: Accessor<boolean>;
  readonly send: (message: Outgoing) => boolean;
  readonly subscribe: (topic: string) => () => void;
  readonly watchNumerics: (key: string, caseIds: readonly string[]) => void;
  readonly onNumerics: (listen: (items: readonly NumericsView[]) => void) => () => void;
  readonly onRing: (listen: (targetId: string) => void) => () => void;
  readonly onOpen: (listen: () => void) => () => void;
  readonly start: () => void;
  readonly stop: () => void;
  readonly retryNow: () => void;
}

function createListeners<T>() {
  const all = new Set<(value: T) => void>();
  return {
    add: (listen: (value: T) => void) => {
      all.add(listen);
      return () => void all.delete(listen);
    },
    tell: (value: T) => all.forEach((listen) => listen(value)),
  };
}

function readMessage(text: string): ServerMessage | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return readAs(ServerMessage, value);
}

const WATCH_EVERY_TICKS = 5;

const socketUrl = (ticket: string): string => {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  return `${scheme}//${location.host}/ws?ticket=${encodeURIComponent(ticket)}`;
};

function openBrowserSocket(ticket: string, events: SocketEvents): OpenSocket {
  const socket = new WebSocket(socketUrl(ticket));
  socket.addEventListener('open', events.opened);
  socket.addEventListener('close', events.closed);
  socket.addEventListener('message', (event) => {
    if (typeof event.data === 'string') events.text(event.data);
  });
  return { send: (text) => socket.send(text), close: () => socket.close() };
}

/** The page's one link: cursors survive reconnects, screens hold topics open by counting, ticks set the clock. */
export function createConsoleLink(ports: {
  api: Api;
  syncClock: (serverNowMs: number) => void;
  nowMs: () => number;
}): ConsoleLink {
  const store = createFeedStore();
  const [state, setState] = createSignal<LinkState>('connecting');
  const [lastHeardAtMs, setLastHeardAtMs] = createSignal<number | null>(null);
  const [isOutdated, setIsOutdated] = createSignal(false);
  let ticks = 0;
  let hasWatched = false;
  const holders = new Map<string, number>();
  const watched = new Map<string, readonly string[]>();
  const numerics = createListeners<readonly NumericsView[]>();
  const rings = createListeners<string>();
  const opens = createListeners<void>();

  const send = (message: Outgoing): boolean => socket.send(message);
  const sendWatched = (): void => {
    const caseIds = [...new Set([...watched.values()].flat())].slice(0, 64);
    if (caseIds.length > 0 || hasWatched) hasWatched = send({ type: 'watch-numerics', caseIds }) && caseIds.length > 0;
  };
  const apply = (message: ServerMessage): void => {
    if (message.type === 'welcome' || message.type === 'tick') ports.syncClock(message.serverNowMs);
    for (const effect of store.apply(message)) {
      if (effect.kind === 'ring') rings.tell(effect.targetId);
      else send({ type: 'subscribe', topic: effect.topic, after: effect.after });
    }
    if (message.type === 'numerics') numerics.tell(message.items);
    // The server follows only cases this page has been shown: say it again once they are.
    if (message.type === 'snapshot' || (message.type === 'tick' && (ticks += 1) % WATCH_EVERY_TICKS === 0))
      sendWatched();
  };
  const socket = createLiveSocket({
    ticket: async () => {
      const result = await ports.api.wsTicket();
      if (result.ok) return result.value.ticket;
      if (result.failure.kind === 'refused' && result.failure.status === 401) return null;
      throw new Error(result.failure.kind);
    },
    open: openBrowserSocket,
    after: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    random: Math.random,
    onState: setState,
    onOpen: () => {
      for (const topic of store.topics()) send({ type: 'subscribe', topic, after: store.cursor(topic) });
      send({ type: 'watch-units', isWatching: true });
      sendWatched();
      opens.tell();
    },
    onText: (text) => {
      const message = readMessage(text);
      batch(() => {
        if (message) apply(message);
        else setIsOutdated(true);
        setLastHeardAtMs(ports.nowMs());
      });
    },
  });

  return {
    store,
    state,
    lastHeardAtMs,
    isOutdated,
    send,
    subscribe: (topic) => {
      const count = holders.get(topic) ?? 0;
      holders.set(topic, count + 1);
      if (count === 0) {
        store.open(topic);
        send({ type: 'subscribe', topic, after: null });
      }
      return () => {
        const left = (holders.get(topic) ?? 1) - 1;
        holders.set(topic, left);
        if (left > 0) return;
        store.close(topic);
        send({ type: 'unsubscribe', topic });
      };
    },
    watchNumerics: (key, caseIds) => {
      if (caseIds.length === 0) watched.delete(key);
      else watched.set(key, caseIds);
      sendWatched();
    },
    onNumerics: numerics.add,
    onRing: rings.add,
    onOpen: opens.add,
    start: socket.start,
    stop: socket.stop,
    retryNow: socket.retryNow,
  };
}
