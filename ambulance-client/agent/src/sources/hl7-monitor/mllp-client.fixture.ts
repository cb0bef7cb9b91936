import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { MllpDeframer } from '@pentad/hl7v2/mllp-frame';

/** The monitor's end of an MLLP connection, written apart from the server. */
export class MllpClient {
  readonly #socket: Socket;
  readonly #answers: string[] = [];
  readonly #deframer = new MllpDeframer();
  #changed = (): void => undefined;
  isClosed = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => {
      for (const { content } of this.#deframer.push(chunk)) this.#answers.push(new TextDecoder().decode(content));
      this.#changed();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.isClosed = true;
      this.#changed();
    });
  }

  static async connectTo(port: number): Promise<MllpClient> {
    const socket = connect({ port, host: '127.0.0.1' });
    const client = new MllpClient(socket);
    await once(socket, 'connect');
    return client;
  }

  send(bytes: Uint8Array | string): void {
    this.#socket.write(bytes);
  }
  /** Closes the sending side alone. */
  finish(): void {
    this.#socket.end();
  }
  destroy(): void {
    this.#socket.destroy();
  }

  async until(isMet: () => boolean): Promise<void> {
    while (!isMet()) await new Promise<void>((resolve) => (this.#changed = resolve));
  }

  /** The next answers, in order; those that come beyond them stay for the next call. */
  async answers(count: number): Promise<string[]> {
    await this.until(() => this.#answers.length >= count || this.isClosed);
    return this.#answers.splice(0, count);
  }
  get unread(): number {
    return this.#answers.length;
  }
}

export const inFrame = (content: string): string => `\x0b${content}\x1c\r`;
/** `AA 7`: verdict and control id of an answer. */
export const verdictOf = (answer: string | undefined): string => {
  const msa = answer?.split('\r')[1] ?? '';
  const separator = msa[3] ?? '|';
  return msa.split(separator).slice(1, 3).join(' ');
};
