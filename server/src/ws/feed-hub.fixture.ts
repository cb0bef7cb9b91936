import type { CaseEvent } from '@pentad/protocol/case-event';
import { foldCase } from '@pentad/protocol/case-fold';
import { emptyCase, type CaseState } from '@pentad/protocol/case-state';
import type { CaseId } from '@pentad/protocol/ids';
import { recorded } from '@pentad/protocol/testing/builders';
import type { FeedPointer } from '../events/feed-pointer.ts';
import { FeedReader } from '../events/feed-reader.ts';
import type { FeedEntry } from '../events/feed-store.ts';
import type { StaffActor } from '../platform/actor.ts';
import { FakeTime, recordingLog, settle } from '../platform/fake-time.fixture.ts';
import { defaultLadder } from '../pre-alerts/ladder.ts';
import { CaseFrames, type CaseViews } from './case-frames.ts';
import { FakeSocket } from './fake-socket.fixture.ts';
import { FeedHub } from './feed-hub.ts';
import { PageSocket } from './page-socket.ts';
import type { Page } from './page.ts';

export interface TestPage extends Page {
  readonly fake: FakeSocket;
  /** `<type> <n>` of snapshots and frames, with the caseSeq they show. */
  heard(): string[];
}

/** Cases, their topics and a hub that follows them with the product's own reader; nothing of it is slow unless held. */
export class HubStand {
  readonly time = new FakeTime();
  readonly log = recordingLog();
  readonly states = new Map<CaseId, CaseState>();
  readonly entries = new Map<string, FeedEntry[]>();
  loads = 0;
  beforeLoading: (caseId: CaseId) => Promise<void> = () => Promise.resolve();
  beforeSnapshot: () => Promise<void> = () => Promise.resolve();
  afterSnapshot: () => Promise<void> = () => Promise.resolve();
  maySee: (page: Page, views: CaseViews) => boolean = () => true;
  hasTopic: (page: Page, topic: string) => boolean = () => true;
  readonly hub: FeedHub;
  readonly reader: FeedReader;

  constructor() {
    const after = (topic: string, n: number) =>
      Promise.resolve((this.entries.get(topic) ?? []).filter((entry) => entry.n > n).slice(0, 500));
    this.hub = new FeedHub({
      log: this.log,
      frames: new CaseFrames({
        ladder: defaultLadder,
        load: async (caseId) => {
          this.loads += 1;
          await this.beforeLoading(caseId);
          const state = this.states.get(caseId);
          return state ? { state, patientName: '张建国', access: new Set<string>() } : null;
        },
      }),
      snapshot: async (page, topic) => {
        await this.beforeSnapshot();
        if (!this.hasTopic(page, topic)) return null;
        const found = { n: this.number(topic), cases: this.casesOf(topic) };
        await this.afterSnapshot();
        return found;
      },
      entriesAfter: after,
      maySee: (page, views) => this.maySee(page, views),
    });
    this.reader = new FeedReader({
      source: {
        changes: async (cursors) => {
          const changes = [...cursors].map(async ([topic, from]) => {
            return { topic, after: from, n: this.number(topic), entries: await after(topic, from) };
          });
          return (await Promise.all(changes)).filter((change) => change.n !== change.after);
        },
      },
      listener: this.hub,
      timers: this.time,
      log: this.log,
      nowMs: () => this.time.nowMs(),
    });
    this.hub.connect(this.reader);
  }

  async start(): Promise<this> {
    await this.reader.start();
    await settle();
    return this;
  }

  number = (topic: string): number => this.entries.get(topic)?.at(-1)?.n ?? 0;
  casesOf = (topic: string): CaseState[] => {
    const told = new Set((this.entries.get(topic) ?? []).map((entry) => entry.pointer.caseId));
    return [...this.states.values()].filter((state) => told.has(state.caseId));
  };

  /** Commits an event of a case and its pointer in these topics; nobody is told yet. */
  commit(event: CaseEvent, topics: readonly string[], ring: FeedPointer['ring'] = null): void {
    const { caseId } = event.envelope;
    const before = this.states.get(caseId) ?? emptyCase(caseId);
    const state = foldCase(before, recorded(event, before.caseSeq + 1));
    this.states.set(caseId, state);
    const pointer = { caseId, fromSeq: state.caseSeq, toSeq: state.caseSeq, vehicle: null, ring };
    for (const topic of topics)
      this.entries.set(topic, [...(this.entries.get(topic) ?? []), { topic, n: this.number(topic) + 1, pointer }]);
  }

  /** Tells the reader, and lets everything that follows from it happen. */
  async told(): Promise<void> {
    this.reader.nudge();
    await settle();
  }

  trim(topic: string, through: number): void {
    this.entries.set(
      topic,
      (this.entries.get(topic) ?? []).filter(({ n }) => n > through),
    );
  }

  page(staff: StaffActor): TestPage {
    const fake = new FakeSocket();
    const page: TestPage = {
      connectionId: `page-${this.hub.pages.size + 1}`,
      sessionKey: 'session',
      socket: new PageSocket(fake.asWebSocket(), this.time),
      topics: new Map(),
      staff,
      shownCases: new Set(),
      watchedCases: new Set(),
      isWatchingUnits: false,
      messagesThisSecond: 0,
      presentDeskId: null,
      fake,
      heard: () => fake.sent.map(told),
    };
    this.hub.add(page);
    return page;
  }
}

interface Shown {
  readonly caseSeq: number;
}

function told(message: FakeSocket['sent'][number]): string {
  if (message.type === 'snapshot')
    return `snapshot ${String(message['n'])}: ${(message['cases'] as Shown[]).map(({ caseSeq }) => caseSeq).join(',')}`;
  if (message.type === 'refused') return `refused ${String(message['code'])}`;
  if (message.type !== 'frame') return message.type;
  const frame = message['frame'] as { kind: string; case?: Shown; step?: string };
  return `${frame.kind} ${String(message['n'])}: ${frame.case?.caseSeq ?? frame.step ?? ''}`;
}
