import type { CaseView } from '@pentad/protocol/case-view';
import type { ServerMessage, UnitView } from '@pentad/protocol/console-feed';
import { batch, untrack } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import { applyMessage, type FeedEffect } from './apply-message.ts';
import { applyReply, closeTopic, emptyFeed, openTopic, type FeedState, type TopicState } from './feed-state.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
interface Held {
  topics: Record<string, Mutable<TopicState> & { cases: Record<string, CaseView> }>;
  numerics: Record<string, FeedState['numerics'][string]>;
  units: Record<string, UnitView>;
}

export interface FeedStore {
  readonly held: Held;
  readonly apply: (message: ServerMessage) => readonly FeedEffect[];
  readonly applyReply: (next: CaseView) => void;
  readonly seedUnits: (units: readonly UnitView[]) => void;
  readonly open: (topic: string) => void;
  readonly close: (topic: string) => void;
  readonly cursor: (topic: string) => number | null;
  readonly topics: () => readonly string[];
}

/**
 * The pure state is the truth; the Solid store mirrors what changed in it, part by part, so that a card keeps its
 * nodes when its case moves on. Parts are copied in: `reconcile` writes into what it was given.
 */
export function createFeedStore(): FeedStore {
  let state: FeedState = emptyFeed;
  const [held, setHeld] = createStore<Held>({ topics: {}, numerics: {}, units: {} });

  const mirrorCases = (name: string, before: TopicState | undefined, after: TopicState): void => {
    for (const id of Object.keys(before?.cases ?? {})) {
      if (!after.cases[id]) setHeld('topics', name, 'cases', id, undefined as never);
    }
    for (const [id, view] of Object.entries(after.cases)) {
      if (before?.cases[id] !== view) setHeld('topics', name, 'cases', id, reconcile(structuredClone(view)));
    }
  };
  const mirrorTopics = (before: FeedState, after: FeedState): void => {
    for (const name of Object.keys(before.topics)) {
      if (!after.topics[name]) setHeld('topics', name, undefined as never);
    }
    for (const [name, topic] of Object.entries(after.topics)) {
      const old = before.topics[name];
      if (old === topic) continue;
      if (!held.topics[name]) setHeld('topics', name, { ...topic, cases: {} });
      setHeld('topics', name, { n: topic.n, isCatchingUp: topic.isCatchingUp, refusedCode: topic.refusedCode });
      mirrorCases(name, old, topic);
    }
  };
  // Untracked: an effect that opens a topic must not come to depend on what it holds.
  const become = (next: FeedState): void => untrack(() => batch(() => mirror(next)));
  const mirror = (next: FeedState): void => {
    const before = state;
    state = next;
    if (before.topics !== next.topics) mirrorTopics(before, next);
    for (const [id, view] of Object.entries(next.numerics)) {
      if (before.numerics[id] !== view) setHeld('numerics', id, reconcile(structuredClone(view)));
    }
    for (const [id, unit] of Object.entries(next.units)) {
      if (before.units[id] !== unit) setHeld('units', id, reconcile(structuredClone(unit)));
    }
  };

  return {
    held,
    apply: (message) => {
      const { state: next, effects } = applyMessage(state, message);
      become(next);
      return effects;
    },
    applyReply: (next) => become(applyReply(state, next)),
    seedUnits: (units) => {
      const fresh = units.filter((unit) => !state.units[unit.vehicle]);
      become({ ...state, units: { ...state.units, ...Object.fromEntries(fresh.map((unit) => [unit.vehicle, unit])) } });
    },
    open: (topic) => become(openTopic(state, topic)),
    close: (topic) => become(closeTopic(state, topic)),
    cursor: (topic) => state.topics[topic]?.n ?? null,
    topics: () => Object.keys(state.topics),
  };
}
