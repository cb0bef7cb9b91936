import type { CaseView } from '@pentad/protocol/case-view';
import type { ServerMessage } from '@pentad/protocol/console-feed';
import { nowMs } from '../fleet/one-clock.ts';
import { sentAtMs } from '../fleet/fleet.ts';
import type { ConsoleReport } from './console-orders.ts';

const ITEM_MARK = Buffer.from('"isBackfill"');
const NUMERICS_MARK = Buffer.from('{"type":"numerics"');

/** What the consoles have received since the last `begin`. */
export class Tally {
  #isTimed = false;
  #markAt = 0;
  #markedAtMs = 0;
  #updates = 0;
  #frames = 0;
  #lastAtMs = 0;
  #answered = 0;
  #latencies: [number, number][] = [];
  readonly #alerts = new Map<string, number>();
  readonly #problems: string[] = [];

  begin({ isTimed, markAt }: { isTimed: boolean; markAt: number }): void {
    this.#isTimed = isTimed;
    this.#markAt = markAt;
    this.#markedAtMs = 0;
    this.#updates = 0;
    this.#frames = 0;
    this.#lastAtMs = 0;
    this.#latencies = [];
    this.#alerts.clear();
    this.#answered = 0;
    this.#problems.length = 0;
  }

  report(): Omit<ConsoleReport, 'stalledUpdates'> {
    return {
      updates: this.#updates,
      frames: this.#frames,
      markedAtMs: this.#markedAtMs,
      lastAtMs: this.#lastAtMs,
      latencies: this.#latencies,
      alerts: [...this.#alerts],
      answered: this.#answered,
      problems: this.#problems,
    };
  }

  problem(text: string): void {
    if (this.#problems.length < 20) this.#problems.push(text);
  }

  answered(): void {
    this.#answered += 1;
  }

  /** In a drain updates are counted on the bytes; timed, each is read. True where it was numerics. */
  numerics(bytes: Buffer): boolean {
    if (bytes.compare(NUMERICS_MARK, 0, NUMERICS_MARK.length, 0, NUMERICS_MARK.length) !== 0) return false;
    this.#lastAtMs = nowMs();
    this.#frames += 1;
    if (this.#isTimed) this.#time(bytes);
    else for (let at = bytes.indexOf(ITEM_MARK); at >= 0; at = bytes.indexOf(ITEM_MARK, at + 1)) this.#updates += 1;
    if (this.#markedAtMs === 0 && this.#updates >= this.#markAt) this.#markedAtMs = this.#lastAtMs;
    return true;
  }

  /** True the first time a case's open pre-alert is seen. */
  alert(view: CaseView): boolean {
    if (this.#alerts.has(view.caseId)) return false;
    this.#alerts.set(view.caseId, nowMs());
    return true;
  }

  #time(bytes: Buffer): void {
    const message = JSON.parse(bytes.toString()) as ServerMessage;
    if (message.type !== 'numerics') return;
    for (const { measuredAtMs, vitals } of message.items) {
      this.#updates += 1;
      const sentMs = sentAtMs(measuredAtMs, vitals);
      this.#latencies.push([sentMs, this.#lastAtMs - sentMs]);
    }
  }
}
