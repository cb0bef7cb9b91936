import pg from 'pg';
import type { Timers } from '../platform/ports.ts';
import { errorFields, type Logger } from '../platform/logger.ts';
import type { Service } from '../platform/service.ts';

const RETRY_MS = 1_000;

/** Hears NOTIFY on one channel, or null where one may have been missed. Only a hint: whoever is told also polls, so a lost connection loses nothing. */
export class Listener implements Service {
  readonly name = 'listen';
  readonly #url: string;
  readonly #channel: string;
  readonly #timers: Timers;
  readonly #log: Logger;
  readonly #onHint: (payload: string | null) => void;
  #client: pg.Client | null = null;
  #isStopped = false;

  constructor(options: {
    url: string;
    channel: string;
    timers: Timers;
    log: Logger;
    onHint: (payload: string | null) => void;
  }) {
    this.#url = options.url;
    this.#channel = options.channel;
    this.#timers = options.timers;
    this.#log = options.log;
    this.#onHint = options.onHint;
  }

  async start(): Promise<void> {
    await this.#connect();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#client?.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url, application_name: 'pentad-listen', keepAlive: true });
    this.#client = client;
    let isGone = false;
    const again = () => {
      if (isGone || this.#isStopped) return;
      isGone = true;
      client.end().catch(() => undefined);
      this.#timers.after(RETRY_MS, () => void this.#connect());
    };
    client.on('error', again);
    client.on('end', again);
    client.on('notification', ({ payload }) => this.#onHint(payload ?? null));
    try {
      await client.connect();
      await client.query(`LISTEN ${pg.escapeIdentifier(this.#channel)}`);
      this.#onHint(null);
    } catch (error) {
      this.#log.warn('listen.not-connected', errorFields(error));
      again();
    }
  }
}
