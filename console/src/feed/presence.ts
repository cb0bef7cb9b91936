import { createSignal, onCleanup, type Accessor } from 'solid-js';
import type { ConsoleLink } from './connect.ts';

export interface Presence {
  /** When this page last told the server that its desk is attended; null before the first time. */
  readonly lastSentAtMs: Accessor<number | null>;
}

interface PresencePorts {
  readonly link: ConsoleLink;
  readonly deskId: Accessor<string | null>;
  readonly canSound: Accessor<boolean>;
  readonly nowMs: () => number;
}

/**
 * Every 5 s, and at once when the page is hidden, shown or muted: only a page that is seen, heard and
 * can read what the server sends staffs its desk.
 */
export function makePresence(ports: PresencePorts): Presence {
  const [lastSentAtMs, setLastSentAtMs] = createSignal<number | null>(null);
  const send = (): void => {
    const deskId = ports.deskId();
    if (deskId === null) return;
    const isVisible = document.visibilityState === 'visible' && !ports.link.isOutdated();
    const isSent = ports.link.send({ type: 'presence', deskId, isVisible, canSound: ports.canSound() });
    if (isSent) setLastSentAtMs(ports.nowMs());
  };
  const worker = new Worker(new URL('./presence.worker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = send;
  document.addEventListener('visibilitychange', send);
  onCleanup(() => {
    worker.terminate();
    document.removeEventListener('visibilitychange', send);
  });
  return { lastSentAtMs };
}
