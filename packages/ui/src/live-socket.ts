import { DEAD_AFTER_MS, retryDelayMs } from './reconnect-policy.ts';

export type LinkState = 'connecting' | 'live' | 'down' | 'signed-out';

export interface SocketEvents {
  readonly opened: () => void;
  readonly text: (text: string) => void;
  readonly closed: () => void;
}
export interface OpenSocket {
  readonly send: (text: string) => void;
  readonly close: () => void;
}

export interface LiveSocketPorts {
  /** A fresh one-time ticket before each connect; null when the session is over. Throws when the server is away. */
  readonly ticket: () => Promise<string | null>;
  readonly open: (ticket: string, events: SocketEvents) => OpenSocket;
  readonly after: (ms: number, run: () => void) => () => void;
  readonly random: () => number;
  readonly onState: (state: LinkState) => void;
  /** Called once the socket is open: the place to subscribe again from the kept cursors. */
  readonly onOpen: () => void;
  readonly onText: (text: string) => void;
}

export interface LiveSocket {
  readonly start: () => void;
  readonly send: (message: unknown) => boolean;
  readonly stop: () => void;
  /** Drop the present link and come back at once. */
  readonly retryNow: () => void;
}

/** A link that is only ever a hint with a cursor: it dies on silence and comes back by itself. */
export function createLiveSocket(ports: LiveSocketPorts): LiveSocket {
  let socket: OpenSocket | null = null;
  let isOpen = false;
  let attempt = 0;
  let generation = 0;
  let cancelTimer: () => void = () => undefined;

  const lose = (): void => {
    generation += 1;
    cancelTimer();
    const lost = socket;
    socket = null;
    isOpen = false;
    lost?.close();
  };
  const retry = (): void => {
    lose();
    ports.onState('down');
    cancelTimer = ports.after(retryDelayMs(attempt, ports.random()), () => void connect());
    attempt += 1;
  };
  const watchForSilence = (): void => {
    cancelTimer();
    cancelTimer = ports.after(DEAD_AFTER_MS, retry);
  };
  const attach = (ticket: string): void => {
    const mine = generation;
    const ifMine = (run: () => void) => (): void => {
      if (mine === generation) run();
    };
    watchForSilence();
    socket = ports.open(ticket, {
      opened: ifMine(() => {
        isOpen = true;
        watchForSilence();
        ports.onOpen();
      }),
      text: (text) => {
        if (mine !== generation) return;
        attempt = 0;
        ports.onState('live');
        watchForSilence();
        ports.onText(text);
      },
      closed: ifMine(retry),
    });
  };
  const connect = async (): Promise<void> => {
    const mine = (generation += 1);
    try {
      const ticket = await ports.ticket();
      if (mine !== generation) return;
      if (ticket === null) ports.onState('signed-out');
      else attach(ticket);
    } catch {
      if (mine === generation) retry();
    }
  };

  return {
    start: () => {
      ports.onState('connecting');
      void connect();
    },
    send: (message) => {
      if (!socket || !isOpen) return false;
      socket.send(JSON.stringify(message));
      return true;
    },
    stop: lose,
    retryNow: () => {
      attempt = 0;
      lose();
      ports.onState('down');
      void connect();
    },
  };
}
