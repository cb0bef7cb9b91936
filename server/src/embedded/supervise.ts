import { errorFields, type Logger } from '../platform/logger.ts';
import type { Timers } from '../platform/ports.ts';
import { Repeat } from '../platform/repeat.ts';
import { readRunningProcess } from './running-process.ts';

interface Child {
  readonly pid: number;
  stop(): Promise<void>;
}

const CHECK_MS = 1_000;

/** Keeps one embedded process running: when it is gone without our asking, it is started again on the same port. */
export class Supervised<T extends Child> {
  #child: T;
  readonly #repeat: Repeat;

  private constructor(child: T, options: { name: string; start(): Promise<T>; timers: Timers; log: Logger }) {
    this.#child = child;
    this.#repeat = new Repeat({
      name: `supervise-${options.name}`,
      everyMs: CHECK_MS,
      timers: options.timers,
      log: options.log,
      work: async () => {
        if (readRunningProcess(this.#child.pid) !== null) return;
        options.log.error(`${options.name}.gone`, { pid: this.#child.pid });
        // Its stop only gives back what it held: the process is gone.
        await this.#child.stop();
        this.#child = await options.start();
        options.log.info(`${options.name}.started-again`, { pid: this.#child.pid });
      },
    });
  }

  static async start<T extends Child>(options: {
    name: string;
    start(): Promise<T>;
    timers: Timers;
    log: Logger;
  }): Promise<Supervised<T>> {
    const supervised = new Supervised(await options.start(), options);
    await supervised.#repeat.start();
    return supervised;
  }

  get child(): T {
    return this.#child;
  }

  async stop(log: Logger): Promise<void> {
    await this.#repeat.stop();
    await this.#child.stop().catch((error: unknown) => log.warn('embedded.stop-failed', errorFields(error)));
  }
}
