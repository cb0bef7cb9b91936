import type { Path } from '../network/path.ts';
import type { Life } from '../world/life.ts';
import type { SimStream, StoredMessage } from './sim-stream.ts';

export interface DeliveriesOptions {
  readonly stream: () => SimStream | null;
  readonly life: Life;
  readonly up: Path;
  readonly down: Path;
  readonly onAck: (data: Uint8Array) => void;
  readonly onClosed: () => void;
}

interface Message {
  readonly subject: string;
  readonly data: Uint8Array;
  ack(): void;
  nak(delayMs: number): void;
  term(): void;
}

/** `ConsumerMessages`: what one `consume` hands to its instance, in order, until it is closed or the connection is lost. */
export class Deliveries implements AsyncIterable<Message> {
  readonly #options: DeliveriesOptions;
  readonly #arrived: Message[] = [];
  #unsubscribe: (() => void) | null = null;
  #wake: (() => void) | null = null;
  #state: 'open' | 'closed' | 'failed' = 'open';

  constructor(options: DeliveriesOptions) {
    this.#options = options;
  }

  /** The pull has reached the broker. */
  open(shard: number): void {
    const { stream, life, down } = this.#options;
    if (this.#state !== 'open' || !life.isAlive) return;
    const cut = () => down.carry(() => life.deliver(() => this.fail()));
    const found = stream();
    const take = (message: StoredMessage) => down.carry(() => life.deliver(() => this.#take(message, found)));
    this.#unsubscribe = found?.subscribe(shard, { take, cut }) ?? null;
    if (this.#unsubscribe === null) cut();
  }

  unsubscribe(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = null;
  }

  close(): Promise<void> {
    this.#end('closed');
    return Promise.resolve();
  }

  fail(): void {
    this.#end('failed');
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Message> {
    for (;;) {
      const next = this.#arrived.shift();
      if (next) yield next;
      else if (this.#state === 'failed') throw new Error('connection lost');
      else if (this.#state === 'closed') return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  #end(state: 'closed' | 'failed'): void {
    if (this.#state !== 'open') return;
    this.#state = state;
    this.unsubscribe();
    this.#options.onClosed();
    this.#wake?.();
  }

  #take(stored: StoredMessage, stream: SimStream | null): void {
    if (this.#state !== 'open') return;
    const { up, onAck } = this.#options;
    this.#arrived.push({
      subject: stored.subject,
      data: stored.data,
      ack: () => {
        onAck(stored.data);
        up.carry(() => stream?.done(stored));
      },
      term: () => up.carry(() => stream?.done(stored)),
      nak: (delayMs) => up.carry(() => stream?.nak(stored, delayMs)),
    });
    this.#wake?.();
  }
}
