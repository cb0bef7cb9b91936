import type { ConsoleOrder, ConsoleReport } from '../consoles/console-orders.ts';
import { Child } from '../stand/child.ts';
import type { Stand } from '../stand/stand.ts';

/** The process of the consoles, as the rounds use it. */
export class Consoles {
  readonly #child: Child;

  constructor(stand: Stand) {
    this.#child = new Child({ bundle: 'consoles-process.js', environment: {}, logPath: stand.logPath('consoles') });
  }

  readonly ask = (order: ConsoleOrder): Promise<unknown> => this.#child.ask(order);
  report = (): Promise<ConsoleReport> => this.#child.ask<ConsoleReport>({ do: 'report' } satisfies ConsoleOrder);

  get pid(): number {
    return this.#child.pid;
  }

  stop(): Promise<void> {
    return this.#child.stop();
  }
}
