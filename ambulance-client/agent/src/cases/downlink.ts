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

/**
 * The vehicle's gapless topic: frames in order of n, a gap is asked for, a snapshot replaces what is known. One question
 * is out at a time; what is wanted meanwhile is asked after it, so nothing heard of is forgotten.
 */
export class Downlink {
  readonly #ports: DownlinkPorts;
  #refused = 0;
  #isUp = false;
  #isAsking = false;
  #isWanted = false;
  /** Holes in a case's log are filled by reading the topic once more, from here; null: none. */
  #holesAfter: number | null = null;
  #holesAskedAtMs = Number.NEGATIVE_INFINITY;
  /** Answers to questions of an earlier one are dropped: the book was emptied since. */
  #generation = 0;
  #cancel: Cancel | null = null;

  constructor(ports: DownlinkPorts) {
    this.#ports = ports;
  }

  get refusedCount(): number {
    return this.#refused;
  }

  linkUp(): void {
    this.#isUp = true;
    this.#askNext();
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

  /** Asks for what comes after the cursor, now or right after the question that is out. */
  resync(): void {
    this.#isWanted = true;
    this.#askNext();
  }

  /** The book was emptied: everything is asked for anew, and an answer on its way no longer counts. */
  restart(): void {
    this.#generation += 1;
    this.#holesAfter = null;
    this.resync();
  }

  #askNext(): void {
    if (this.#isAsking || !this.#isUp || !(this.#isWanted || this.#holesAfter !== null)) return;
    this.#cancel?.();
    this.#cancel = null;
    const isForHoles = !this.#isWanted;
    const after = (isForHoles ? this.#holesAfter : null) ?? this.#ports.book.cursor;
    const generation = this.#generation;
    this.#isAsking = true;
    if (!isForHoles) this.#isWanted = false;
    this.#ports
      .ask(after)
      .finally(() => (this.#isAsking = false))
      .then((page) => {
        if (generation !== this.#generation) return;
        const before = this.#ports.book.cursor;
        this.applyPage(page);
        const { cursor } = this.#ports.book;
        if (isForHoles) this.#holesAfter = page.isSnapshot || page.n <= after || page.n >= cursor ? null : page.n;
        // A full page is not the end.
        else if (!page.isSnapshot && cursor > before) this.#isWanted = true;
      })
      .then(
        () => this.#askNext(),
        (error: unknown) => {
          this.#ports.log.warn('downlink.resync-failed', { code: codeOf(error) });
          this.#isWanted = true;
          this.#cancel?.();
          if (this.#isUp) this.#cancel = this.#ports.timers.after(RESYNC_AGAIN_MS, () => this.#askNext());
        },
      );
  }

  #fillHoles(): void {
    const nowMs = this.#ports.clock.monotonicMs();
    if (nowMs - this.#holesAskedAtMs < HOLES_AGAIN_MS) return;
    this.#holesAskedAtMs = nowMs;
    this.#holesAfter = 0;
    this.#askNext();
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
