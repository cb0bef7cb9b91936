import type { ServerMessage } from '@pentad/protocol/console-feed';
import { withCase, type FeedState, type TopicState } from './feed-state.ts';

export type FeedEffect =
  | { readonly kind: 'resubscribe'; readonly topic: string; readonly after: number | null }
  | { readonly kind: 'ring'; readonly topic: string; readonly targetId: string };

export interface Applied {
  readonly state: FeedState;
  readonly effects: readonly FeedEffect[];
}

type FrameMessage = Extract<ServerMessage, { type: 'frame' }>;
type SnapshotMessage = Extract<ServerMessage, { type: 'snapshot' }>;

/** A question for missing rows that went unanswered for so many ticks is asked again, for a whole snapshot. */
const PATIENCE_TICKS = 5;

const unchanged = (state: FeedState): Applied => ({ state, effects: [] });
const withTopic = (state: FeedState, name: string, topic: TopicState): FeedState => ({
  ...state,
  topics: { ...state.topics, [name]: topic },
});

function applySnapshot(state: FeedState, message: SnapshotMessage): Applied {
  if (!state.topics[message.topic]) return unchanged(state);
  const cases = Object.fromEntries(message.cases.map((each) => [each.caseId, each]));
  const topic = { n: message.n, isCatchingUp: false, ticksWaiting: 0, refusedCode: null, cases };
  return unchanged(withTopic(state, message.topic, topic));
}

/**
 * One row may come as two frames of the same `n`: the case, then its ring. A gap is asked for from the cursor, but
 * what came after it is shown at once: a frame carries its whole case, and no alert waits for another one's row.
 */
function applyFrame(state: FeedState, message: FrameMessage): Applied {
  const topic = state.topics[message.topic];
  if (!topic || topic.n === null || message.n < topic.n) return unchanged(state);
  const isGap = message.n > topic.n + 1;
  const asked: FeedEffect[] =
    isGap && !topic.isCatchingUp ? [{ kind: 'resubscribe', topic: message.topic, after: topic.n }] : [];
  const moved: TopicState = isGap
    ? { ...topic, isCatchingUp: true, ticksWaiting: topic.isCatchingUp ? topic.ticksWaiting : 0 }
    : { ...topic, n: message.n, isCatchingUp: false, ticksWaiting: 0 };
  const { frame } = message;
  if (frame.kind === 'case')
    return { state: withTopic(state, message.topic, withCase(moved, frame.case)), effects: asked };
  const ring: FeedEffect = { kind: 'ring', topic: message.topic, targetId: frame.targetId };
  return { state: withTopic(state, message.topic, moved), effects: [...asked, ring] };
}

function applyTick(state: FeedState, serverNowMs: number): Applied {
  const effects: FeedEffect[] = [];
  let topics = state.topics;
  for (const [name, topic] of Object.entries(state.topics)) {
    if (!topic.isCatchingUp) continue;
    const isOverdue = topic.ticksWaiting + 1 >= PATIENCE_TICKS;
    if (isOverdue) effects.push({ kind: 'resubscribe', topic: name, after: null });
    topics = { ...topics, [name]: { ...topic, ticksWaiting: isOverdue ? 0 : topic.ticksWaiting + 1 } };
  }
  return { state: { ...state, serverNowMs, topics }, effects };
}

/** Newest by measurement wins: a value that came late by a backlog road never covers a newer one. */
function applyNumerics(state: FeedState, message: Extract<ServerMessage, { type: 'numerics' }>): Applied {
  const numerics = { ...state.numerics };
  for (const item of message.items) {
    const held = numerics[item.caseId];
    if (!held || item.measuredAtMs >= held.measuredAtMs) numerics[item.caseId] = item;
  }
  return unchanged({ ...state, numerics });
}

/** Pure: what the page holds after one message of the server, and what it must do. */
export function applyMessage(state: FeedState, message: ServerMessage): Applied {
  switch (message.type) {
    case 'welcome':
      return unchanged({ ...state, serverNowMs: message.serverNowMs });
    case 'tick':
      return applyTick(state, message.serverNowMs);
    case 'snapshot':
      return applySnapshot(state, message);
    case 'frame':
      return applyFrame(state, message);
    case 'numerics':
      return applyNumerics(state, message);
    case 'units':
      return unchanged({
        ...state,
        units: { ...state.units, ...Object.fromEntries(message.units.map((unit) => [unit.vehicle, unit])) },
      });
    case 'refused': {
      const topic = message.topic === null ? undefined : state.topics[message.topic];
      if (!topic || message.topic === null) return unchanged(state);
      return unchanged(withTopic(state, message.topic, { ...topic, refusedCode: message.code }));
    }
  }
}
