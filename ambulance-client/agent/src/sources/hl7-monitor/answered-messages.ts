import { createHash } from 'node:crypto';
import type { Message } from '@pentad/hl7v2/message';

const KEPT = 1_024;

/**
 * What was taken lately, so that a message sent again (its answer was lost) is answered again and not taken twice. The
 * same means: sender, control id and every byte. A control id alone is not enough: monitors count from 1 after each
 * start, and Mindray's 2.3.1 puts the kind of the message there. A message without MSH-7 is never a repeat: of a steady
 * patient two such messages are alike, and both are new.
 */
export class AnsweredMessages {
  readonly #keys = new Set<string>();

  keyOf({ header }: Message, content: Uint8Array): string | null {
    if (header.sentAt === null) return null;
    const digest = createHash('sha256').update(content).digest('base64');
    return JSON.stringify([header.sendingApplication, header.sendingFacility, header.controlId, digest]);
  }

  has(key: string): boolean {
    return this.#keys.has(key);
  }

  add(key: string): void {
    this.#keys.add(key);
    const [oldest] = this.#keys;
    if (this.#keys.size > KEPT && oldest !== undefined) this.#keys.delete(oldest);
  }
}
