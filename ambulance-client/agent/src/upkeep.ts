import { codeOf } from './agent-error.ts';
import type { CaseBook } from './cases/case-book.ts';
import type { Downlink } from './cases/downlink.ts';
import type { JobCards } from './cases/job-cards.ts';
import type { OwnEvents } from './cases/own-events.ts';
import type { JournalDesk } from './journal/journal-desk.ts';
import type { Conversation } from './link/conversation.ts';
import type { Cancel, Journal, JournalLane, Log, Timers } from './ports.ts';
import type { ReceiptDesk } from './uplink/receipt-desk.ts';
import type { SecondPathRunner } from './uplink/second-path-runner.ts';
import type { UplinkEngine } from './uplink/uplink-engine.ts';

const EVERY_MS = 1_000;
const FLUSH_EVERY = 2;
/** A declaration is an event of its own: several waveforms share one. */
const LATE_EVERY = 10;
const TIDY_EVERY = 30;
const DOWNLINK_EVERY = 10;

export interface UpkeepPorts {
  readonly timers: Timers;
  readonly log: Log;
  readonly journal: Journal;
  readonly desk: JournalDesk;
  readonly engine: UplinkEngine;
  readonly conversation: Conversation;
  readonly receipts: ReceiptDesk;
  readonly book: CaseBook;
  readonly downlink: Downlink;
  readonly jobCards: JobCards;
  readonly own: OwnEvents;
  readonly secondPathRunner: SecondPathRunner;
  readonly serverNowMs: () => number;
  readonly keepReceiptedMs: number;
}

/** Once a second: overdue receipts, the second path, the journal's flushing and tidying. */
export class Upkeep {
  readonly #ports: UpkeepPorts;
  readonly #asking = new Set<JournalLane>();
  #cancel: Cancel | null = null;
  #ticks = 0;

  constructor(ports: UpkeepPorts) {
    this.#ports = ports;
  }

  start(): void {
    this.#cancel = this.#ports.timers.after(EVERY_MS, () => this.#tick());
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #tick(): void {
    this.#cancel = this.#ports.timers.after(EVERY_MS, () => this.#tick());
    this.#ticks += 1;
    try {
      this.#work();
    } catch (error) {
      this.#ports.log.error('upkeep.failed', { code: codeOf(error) });
    }
  }

  #work(): void {
    const { engine, downlink, secondPathRunner, journal, desk, book, own, serverNowMs, keepReceiptedMs } = this.#ports;
    engine.pump();
    for (const lane of engine.overdueLanes()) this.#chase(lane);
    secondPathRunner.tick();
    this.#ports.jobCards.tick();
    if (this.#ticks % FLUSH_EVERY === 0) journal.flush();
    // A frame lost on a living link shows only at the next one: while cases are open, the topic is asked for anyway.
    if (this.#ticks % DOWNLINK_EVERY === 0 && (book.hasOpenCases() || own.caseIds().size > 0)) downlink.resync();
    if (this.#ticks % LATE_EVERY === 0) desk.declareLate('wav', engine.takeLateWaveforms());
    if (this.#ticks % TIDY_EVERY === 0) {
      desk.tidy(serverNowMs() - keepReceiptedMs);
      own.dropGone();
      book.dropOld(serverNowMs());
    }
  }

  /** The receipt may have been lost on the way down: asks for it before anything is sent twice. */
  #chase(lane: JournalLane): void {
    if (this.#asking.has(lane)) return;
    this.#asking.add(lane);
    const { conversation, receipts, engine, log } = this.#ports;
    conversation
      .askHeld(lane, engine.queue(lane).oldestWaiting ?? 1)
      .then((receipt) => {
        if (this.#cancel !== null) receipts.apply(receipt);
      })
      .catch((error: unknown) => log.warn('ask.failed', { ask: 'held', lane, code: codeOf(error) }))
      .then(() => {
        this.#asking.delete(lane);
        if (this.#cancel !== null) engine.offerOverdueAgain(lane);
      })
      .catch((error: unknown) => log.error('upkeep.failed', { code: codeOf(error) }));
  }
}
