import {
  topicOf,
  type FeedFrame,
  type NumericsView,
  type ServerMessage,
  type UnitView,
} from '@pentad/protocol/console-feed';
import { CaseId, PreAlertId, TargetId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import type { FeedEntry } from '../events/feed-store.ts';
import type { FeedReader, TopicListener } from '../events/feed-reader.ts';
import { seesRegion } from '../platform/actor.ts';
import { errorFields, type Logger } from '../platform/logger.ts';
import type { LiveListener } from '../telemetry/live-numerics.ts';
import type { CaseFrames, CaseViews } from './case-frames.ts';
import { visibilityOf, type Page } from './page.ts';

export interface CaseVersion {
  readonly caseId: CaseId;
  readonly caseSeq: number;
}

export interface HubPorts {
  readonly frames: CaseFrames;
  readonly log: Logger;
  /** Topic number and the cases under it, read in one transaction; null: the reader may not see it. */
  snapshot(page: Page, topic: string): Promise<{ readonly n: number; readonly cases: readonly CaseVersion[] } | null>;
  entriesAfter(topic: string, n: number): Promise<readonly FeedEntry[]>;
  /** May this reader see this case now? Asked for every pushed frame. */
  maySee(page: Page, views: CaseViews): boolean;
}

/**
 * Delivers topics to pages, each from its own cursor and in order, and committed telemetry to whoever looks.
 * The socket is only a hint: a page that finds a gap, or comes back, asks again from its cursor.
 */
export class FeedHub implements TopicListener, LiveListener {
  readonly #ports: HubPorts;
  readonly #pages = new Set<Page>();
  #reader: FeedReader | null = null;
  #delivering: Promise<void> = Promise.resolve();
  /** What could not be delivered: tried again at the next tick, so that no page waits for the next event to learn of the last. */
  #late: (() => Promise<void>)[] = [];

  constructor(ports: HubPorts) {
    this.#ports = ports;
  }

  connect(reader: FeedReader): void {
    this.#reader = reader;
  }

  get pages(): ReadonlySet<Page> {
    return this.#pages;
  }

  add(page: Page): void {
    this.#pages.add(page);
  }

  remove(page: Page): void {
    this.#pages.delete(page);
    for (const topic of page.topics.keys()) this.#leaveIfUnread(topic);
    page.topics.clear();
  }

  async subscribe(page: Page, topic: string, after: number | null): Promise<void> {
    // The entry the page saw last is still the one of that number: nothing was trimmed or restored under it.
    if (after !== null && after > 0 && (await this.#ports.entriesAfter(topic, after - 1))[0]?.n === after) {
      await this.#noteShown(page, topic);
      page.topics.set(topic, after);
      this.#reader?.follow(topic, after);
      return this.#inOrder(() => this.#catchUp(page, topic));
    }
    await this.#snapshot(page, topic);
  }

  /** A page that comes back by cursor still holds the topic's cases: it may watch their streams at once. */
  async #noteShown(page: Page, topic: string): Promise<void> {
    const found = await this.#ports.snapshot(page, topic);
    for (const { caseId, caseSeq } of found?.cases ?? []) {
      const views = await this.#ports.frames.atLeast(caseId, caseSeq);
      if (views && this.#ports.maySee(page, views)) page.shownCases.add(caseId);
    }
  }

  unsubscribe(page: Page, topic: string): void {
    page.topics.delete(topic);
    this.#leaveIfUnread(topic);
  }

  onEntries(topic: string, entries: readonly FeedEntry[]): void {
    for (const page of this.#pages) {
      // One that subscribes meanwhile catches up by itself.
      if (!page.topics.has(topic)) continue;
      void this.#inOrder(async () => {
        const cursor = page.topics.get(topic) ?? Infinity;
        await ((entries[0]?.n ?? 0) > cursor + 1 ? this.#catchUp(page, topic) : this.#deliver(page, topic, entries));
      });
    }
  }

  onTrimmed(topic: string): void {
    for (const page of this.#pages) if (page.topics.has(topic)) void this.#inOrder(() => this.#snapshot(page, topic));
  }

  isWatched(caseId: CaseId): boolean {
    for (const page of this.#pages) if (page.watchedCases.has(caseId)) return true;
    return false;
  }

  onNumerics(items: readonly NumericsView[]): void {
    const byCase = new Map<CaseId, NumericsView[]>();
    for (const item of items) byCase.set(item.caseId, [...(byCase.get(item.caseId) ?? []), item]);
    for (const [caseId, own] of byCase) {
      let text: string | null = null;
      for (const page of this.#pages) {
        if (!page.watchedCases.has(caseId)) continue;
        text ??= JSON.stringify({ type: 'numerics', items: own } satisfies ServerMessage);
        page.socket.sendTelemetry(`numerics/${caseId}`, text);
      }
    }
  }

  onUnits(units: readonly UnitView[]): void {
    if (units.length === 0) return;
    const encode = (list: readonly UnitView[]) =>
      JSON.stringify({ type: 'units', units: [...list] } satisfies ServerMessage);
    const bareUnits = units.map((unit) => ({ ...unit, caseId: null }));
    let full: string | null = null;
    let bare: string | null = null;
    for (const page of this.#pages) {
      if (!page.isWatchingUnits) continue;
      // The link between a vehicle and its patient's case is for the region's readers; the vehicle itself is for all.
      const isRegion = seesRegion(page.staff.role);
      // Held back for a slow page, each vehicle keeps its own newest place.
      if (page.socket.isBehind) {
        for (const unit of isRegion ? units : bareUnits)
          page.socket.sendTelemetry(`units/${unit.vehicle}`, encode([unit]));
      } else page.socket.sendTelemetry('units', isRegion ? (full ??= encode(units)) : (bare ??= encode(bareUnits)));
    }
  }

  /** Once a second. */
  tick(): void {
    for (const work of this.#late.splice(0)) void this.#inOrder(work);
    for (const page of this.#pages) {
      page.messagesThisSecond = 0;
      page.socket.tick();
    }
    const followed = new Set([...this.#pages].flatMap((page) => [...page.topics.keys()]));
    this.#ports.frames.prune(
      (caseId) =>
        followed.has('region') ||
        followed.has(topicOf.case(caseId)) ||
        [...followed].some((topic) => topic.startsWith('desk:')),
    );
  }

  #inOrder(work: () => Promise<void>): Promise<void> {
    this.#delivering = this.#delivering.then(work).catch((error: unknown) => {
      this.#ports.log.error('hub.delivery-failed', errorFields(error));
      this.#late.push(work);
    });
    return this.#delivering;
  }

  /** From the page's own cursor to the end, however far behind it is. */
  async #catchUp(page: Page, topic: string): Promise<void> {
    for (let cursor = page.topics.get(topic); cursor !== undefined; cursor = page.topics.get(topic)) {
      const entries = await this.#ports.entriesAfter(topic, cursor);
      if (entries.length === 0) return;
      await this.#deliver(page, topic, entries);
    }
  }

  #leaveIfUnread(topic: string): void {
    const isRead = [...this.#pages].some((page) => page.topics.has(topic));
    if (!isRead) this.#reader?.leave(topic);
  }

  async #snapshot(page: Page, topic: string): Promise<void> {
    const found = await this.#ports.snapshot(page, topic);
    if (!found) {
      page.socket.send({ type: 'refused', code: 'topic.not-found', topic });
      return this.unsubscribe(page, topic);
    }
    const cases = [];
    for (const { caseId, caseSeq } of found.cases) {
      const views = await this.#ports.frames.atLeast(caseId, caseSeq);
      if (!views || !this.#ports.maySee(page, views)) continue;
      page.shownCases.add(caseId);
      cases.push(views.view(visibilityOf(page.staff), topic.startsWith('case:')));
    }
    if (!this.#pages.has(page)) return;
    page.topics.set(topic, found.n);
    page.socket.send({ type: 'snapshot', topic, n: found.n, cases });
    this.#reader?.follow(topic, found.n);
    // What others were told while this was read.
    void this.#inOrder(() => this.#catchUp(page, topic));
  }

  async #deliver(page: Page, topic: string, entries: readonly FeedEntry[]): Promise<void> {
    for (const entry of entries) {
      const cursor = page.topics.get(topic);
      if (cursor === undefined || entry.n <= cursor) continue;
      const views = await this.#ports.frames.atLeast(v.parse(CaseId, entry.pointer.caseId), entry.pointer.toSeq);
      // Left, or begun anew, meanwhile.
      if (page.topics.get(topic) !== cursor) continue;
      page.topics.set(topic, entry.n);
      if (!views || !this.#ports.maySee(page, views)) continue;
      page.shownCases.add(views.record.state.caseId);
      for (const frame of framesOf(entry, views, page, topic))
        page.socket.send({ type: 'frame', topic, n: entry.n, frame });
    }
  }
}

function framesOf(entry: FeedEntry, views: CaseViews, page: Page, topic: string): FeedFrame[] {
  const { ring, caseId } = entry.pointer;
  const change: FeedFrame = { kind: 'case', case: views.view(visibilityOf(page.staff), topic.startsWith('case:')) };
  if (ring === null) return [change];
  const rung: FeedFrame = {
    kind: 'ring',
    caseId: v.parse(CaseId, caseId),
    preAlertId: v.parse(PreAlertId, ring.preAlertId),
    targetId: v.parse(TargetId, ring.targetId),
    step: ring.step,
    round: ring.round,
  };
  return [change, rung];
}
