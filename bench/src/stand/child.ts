import { fork, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { clockEnvironment } from '../fleet/one-clock.ts';

const START_WITHIN_MS = 120_000;
const STOP_WITHIN_MS = 12_000;

interface Reply {
  readonly ok: boolean;
  readonly answer?: unknown;
  readonly error?: string;
}

export interface ChildOptions {
  /** Name of a bundle in bench/dist, or the path of one. */
  readonly bundle: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly logPath: string;
  readonly nodeOptions?: readonly string[];
}

/** One process of a run. It ends with us, by its pid. */
export class Child {
  readonly #child: ChildProcess;
  readonly #logPath: string;
  readonly #ended: Promise<number | null>;

  constructor({ bundle, environment, logPath, nodeOptions = [] }: ChildOptions) {
    const log = openSync(logPath, 'a');
    this.#logPath = logPath;
    this.#child = fork(path.resolve(import.meta.dirname, bundle), [], {
      env: { ...process.env, ...clockEnvironment, ...environment },
      execArgv: [...nodeOptions],
      stdio: ['ignore', log, log, 'ipc'],
      serialization: 'advanced',
    });
    closeSync(log);
    this.#ended = new Promise((resolve) => this.#child.once('exit', (code) => resolve(code)));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** The first message for which `read` gives something. */
  async heard<T>(read: (message: unknown) => T | null): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => done(() => reject(this.#failure('says nothing'))), START_WITHIN_MS);
      const onMessage = (message: unknown): void => {
        const value = read(message);
        if (value !== null) done(() => resolve(value));
      };
      const onExit = (): void => done(() => reject(this.#failure('has ended')));
      const done = (then: () => void): void => {
        clearTimeout(timer);
        this.#child.off('message', onMessage).off('exit', onExit);
        then();
      };
      this.#child.on('message', onMessage).on('exit', onExit);
    });
  }

  /** One order, one answer. */
  async ask<T>(order: object, withinMs = START_WITHIN_MS): Promise<T> {
    const reply = await new Promise<Reply>((resolve, reject) => {
      const timer = setTimeout(() => reject(this.#failure('does not answer')), withinMs);
      this.#child.once('message', (message) => {
        clearTimeout(timer);
        resolve(message as Reply);
      });
      this.#child.send(order);
    });
    if (!reply.ok) throw this.#failure(reply.error ?? 'failed');
    return reply.answer as T;
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill(signal);
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_WITHIN_MS);
    await this.#ended;
    clearTimeout(timer);
  }

  #failure(what: string): Error {
    const tail = readFileSync(this.#logPath, 'utf8').split('\n').slice(-15).join('\n');
    return new Error(`${path.basename(this.#logPath)} ${what}\n${tail}`);
  }
}
