import { DownlinkFrame, type DownlinkPage } from '@pentad/protocol/downlink';
import type { Epoch, VehicleId } from '@pentad/protocol/ids';
import { parseBoundedJson } from '@pentad/protocol/uplink';
import * as v from 'valibot';
import { codeOf } from '../agent-error.ts';
import type { Cancel, Clock, Log, Timers } from '../ports.ts';
import type { CaseBook } from './case-book.ts';

const RESYNC_AGAIN_MS = 5_000;
const HOLES_AGAIN_MS = 30_000;

export interface DownlinkPorts {
  readonly vehicle: VehicleId;
  readonly epoch: () => Epoch;
  readonly book: CaseBook;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly ask: (after: number) => Promise<DownlinkPage>;
}

/** The vehicle's gapless topic: frames in order of n, a gap is asked for, a snapshot replaces what is known. */
export class Downlink {
  readonly #ports: DownlinkPorts;
  #refused = 0;
  #isAsking = false;
  #isUp = false;
  #holesAskedAtMs = Number.NEGATIVE_INFINITY;
  #cancel: Cancel | null = null;

  constructor(ports: DownlinkPorts) {
    this.#ports = ports;
  }

  get refusedCount(): number {
    return this.#refused;
  }

  linkUp(): void {
    this.#isUp = true;
  }

  linkDown(): void {
    this.#isUp = false;
    this.#cancel?.();
    this.#cancel = null;
  }

  /** A pushed frame, unread. One that is not ours changes nothing. */
  receive(bytes: Uint8Array): void {
    const { vehicle, epoch, book, clock } = this.#ports;
    const parsed = parseBoundedJson(bytes);
    const read = parsed.ok ? v.safeParse(DownlinkFrame, parsed.value) : null;
    if (!read?.success) return this.#refuse('unreadable');
    const frame = read.output;
    if (frame.vehicle !== vehicle) return this.#refuse('wrong-vehicle');
    if (frame.epoch !== null && frame.epoch !== epoch()) return this.#refuse('wrong-epoch');
    if (frame.n <= book.cursor) return;
    if (frame.n > book.cursor + 1) return this.resync();
    book.apply([frame], frame.n, clock.nowMs());
    if (book.hasHoles()) this.#fillHoles();
  }

  /** The server says how far the topic goes. A frame may have overtaken that answer, so less than the cursor says nothing. */
  noteHead(n: number): void {
    if (n > this.#ports.book.cursor) this.resync();
  }

  /** Asks for what is missing; at most one question at a time, again after a while when it failed. */
  resync(after: number = this.#ports.book.cursor): void {
    if (this.#isAsking || !this.#isUp) return;
    this.#isAsking = true;
    this.#ports
      .ask(after)
      .finally(() => {
        this.#isAsking = false;
      })
      .then((page) => {
        if (!this.#isUp) return;
        const before = this.#ports.book.cursor;
        this.applyPage(page);
        if (page.n > this.#ports.book.cursor && this.#ports.book.cursor > before) this.resync();
      })
      .catch((error: unknown) => {
        this.#ports.log.warn('downlink.resync-failed', { code: codeOf(error) });
        this.#cancel?.();
        if (this.#isUp) this.#cancel = this.#ports.timers.after(RESYNC_AGAIN_MS, () => this.resync(after));
      });
  }

  #fillHoles(): void {
    const nowMs = this.#ports.clock.monotonicMs();
    if (nowMs - this.#holesAskedAtMs < HOLES_AGAIN_MS) return;
    this.#holesAskedAtMs = nowMs;
    this.resync(0);
  }

  /**
   * A page was asked for on an authenticated path, so frames written for an earlier epoch of this vehicle are taken:
   * the cases are the same.
   */
  applyPage(page: DownlinkPage): void {
    const { vehicle, book, clock } = this.#ports;
    if (page.vehicle !== vehicle) return this.#refuse('wrong-vehicle');
    if (page.isSnapshot) {
      book.apply(page.cases, Math.max(page.n, book.cursor), clock.nowMs());
      return;
    }
    const frames = page.frames.filter((frame) => frame.vehicle === vehicle).sort((a, b) => a.n - b.n);
    let cursor = book.cursor;
    for (const { n } of frames) if (n === cursor + 1) cursor = n;
    book.apply(
      frames.filter(({ n }) => n <= cursor),
      cursor,
      clock.nowMs(),
    );
  }

  #refuse(reason: string): void {
    this.#refused += 1;
    this.#ports.log.warn('downlink.refused', { reason });
  }
}
