import { errorFields, type Logger } from './logger.ts';
import type { Timers } from './ports.ts';
import type { Service } from './service.ts';

/**
 * Runs `work` again `everyMs` after it ended, one run at a time; `nudge` runs it at once (again, if it was running).
 * A failing run is logged and tried again at its next turn.
 */
export class Repeat implements Service {
  readonly name: string;
  #isStopped = true;
  #isNudged = false;
  #running: Promise<void> | null = null;
  #withdraw: () => void = () => undefined;
  readonly #everyMs: number;
  readonly #work: () => Promise<void>;
  readonly #timers: Timers;
  readonly #log: Logger;

  constructor(options: { name: string; everyMs: number; timers: Timers; log: Logger; work: () => Promise<void> }) {
    this.name = options.name;
    this.#everyMs = options.everyMs;
    this.#work = options.work;
    this.#timers = options.timers;
    this.#log = options.log;
  }

  async start(): Promise<void> {
    this.#isStopped = false;
    this.nudge();
    await Promise.resolve();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#withdraw();
    await this.#running;
  }

  nudge(): void {
    if (this.#isStopped) return;
    if (this.#running) {
      this.#isNudged = true;
      return;
    }
    this.#withdraw();
    this.#running = this.#turn();
  }

  async #turn(): Promise<void> {
    try {
      await this.#work();
    } catch (error) {
      // Thrown before any await: whoever began this turn has yet to note that it runs.
      await Promise.resolve();
      this.#log.error(`${this.name}.failed`, errorFields(error));
    }
    this.#running = null;
    if (this.#isStopped) return;
    const delayMs = this.#isNudged ? 0 : this.#everyMs;
    this.#isNudged = false;
    this.#withdraw = this.#timers.after(delayMs, () => {
      if (!this.#isStopped && !this.#running) this.#running = this.#turn();
    });
  }
}
