import type { CaseView } from '@pentad/protocol/case-view';
import type { NumericsView, UnitView } from '@pentad/protocol/console-feed';

/** What this page holds of one topic. */
export interface TopicState {
  /** The last row applied; null until the first snapshot. */
  readonly n: number | null;
  /** A gap was seen and the rows after `n` were asked for again. */
  readonly isCatchingUp: boolean;
  /** Ticks since that question; it is asked anew when nothing comes. */
  readonly ticksWaiting: number;
  readonly refusedCode: string | null;
  readonly cases: Readonly<Record<string, CaseView>>;
}

export interface FeedState {
  readonly serverNowMs: number | null;
  readonly topics: Readonly<Record<string, TopicState>>;
  readonly numerics: Readonly<Record<string, NumericsView>>;
  readonly units: Readonly<Record<string, UnitView>>;
}

export const emptyFeed: FeedState = { serverNowMs: null, topics: {}, numerics: {}, units: {} };

const newTopic: TopicState = { n: null, isCatchingUp: false, ticksWaiting: 0, refusedCode: null, cases: {} };

export const openTopic = (state: FeedState, topic: string): FeedState =>
  state.topics[topic] ? state : { ...state, topics: { ...state.topics, [topic]: newTopic } };

export function closeTopic(state: FeedState, topic: string): FeedState {
  const topics = { ...state.topics };
  delete topics[topic];
  return { ...state, topics };
}

/** A case from a reply or a snapshot: only a higher caseSeq replaces, so applying twice or late is harmless. */
export function withCase(topic: TopicState, next: CaseView): TopicState {
  const held = topic.cases[next.caseId];
  return held && held.caseSeq >= next.caseSeq ? topic : { ...topic, cases: { ...topic.cases, [next.caseId]: next } };
}

/**
 * The reply of an act, put where the case is already held. Never into the case's own topic: replies carry no
 * timeline, and the frame that does is on its way.
 */
export function applyReply(state: FeedState, next: CaseView): FeedState {
  const topics = Object.entries(state.topics).map(([name, topic]) =>
    name.startsWith('case:') || !topic.cases[next.caseId] ? [name, topic] : [name, withCase(topic, next)],
  );
  return { ...state, topics: Object.fromEntries(topics) as Record<string, TopicState> };
}
