import type { FeedFrame, ServerMessage } from '@pentad/protocol/console-feed';
import { caseIdOf, START_MS, targetIdOf, preAlertIdOf } from '@pentad/protocol/testing/boring-ids';
import { caseView, numericsView, unitView } from '@pentad/protocol/testing/view-builders';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyMessage, type FeedEffect } from './apply-message.ts';
import { applyReply, closeTopic, emptyFeed, openTopic, type FeedState } from './feed-state.ts';

const TOPIC = 'desk:triage';
const one = caseIdOf(1);
const two = caseIdOf(2);
const snapshot = (n: number, cases = [caseView({ caseId: one, caseSeq: 1 })]): ServerMessage => ({
  type: 'snapshot',
  topic: TOPIC,
  n,
  cases,
});
const frame = (n: number, content: FeedFrame): ServerMessage => ({ type: 'frame', topic: TOPIC, n, frame: content });
const changed = (caseSeq: number, caseId = one): FeedFrame => ({ kind: 'case', case: caseView({ caseId, caseSeq }) });
const ring: FeedFrame = {
  kind: 'ring',
  caseId: one,
  preAlertId: preAlertIdOf(1),
  targetId: targetIdOf(1),
  step: 'all-on-duty',
  round: 0,
};
const tick: ServerMessage = { type: 'tick', serverNowMs: START_MS };

function run(messages: readonly ServerMessage[], from: FeedState = openTopic(emptyFeed, TOPIC)) {
  const effects: FeedEffect[] = [];
  let state = from;
  for (const message of messages) {
    const applied = applyMessage(state, message);
    state = applied.state;
    effects.push(...applied.effects);
  }
  const topic = state.topics[TOPIC];
  return { state, effects, n: topic?.n ?? null, seqs: Object.values(topic?.cases ?? {}).map((view) => view.caseSeq) };
}

describe('frames in order', () => {
  test('a snapshot begins a topic and the next row moves it on', () => {
    const { n, seqs, effects } = run([snapshot(10), frame(11, changed(2))]);
    expect([n, seqs, effects]).toEqual([11, [2], []]);
  });

  test('a snapshot replaces what was held', () => {
    expect(run([snapshot(10), snapshot(12, [caseView({ caseId: two, caseSeq: 5 })])]).seqs).toEqual([5]);
  });

  test('a row that was applied is ignored', () => {
    const { n, seqs } = run([snapshot(10), frame(9, changed(7))]);
    expect([n, seqs]).toEqual([10, [1]]);
  });

  test('a lower caseSeq never covers a higher one', () => {
    expect(run([snapshot(10), frame(11, changed(5)), frame(12, changed(4))])).toMatchObject({ n: 12, seqs: [5] });
  });

  test('the ring of a row comes under the number of its case', () => {
    const { n, effects } = run([snapshot(10), frame(11, changed(2)), frame(11, ring)]);
    expect(n).toBe(11);
    expect(effects).toEqual([{ kind: 'ring', topic: TOPIC, targetId: targetIdOf(1) }]);
  });

  test('frames of a topic nobody holds are ignored, and before the first snapshot too', () => {
    expect(run([frame(1, changed(2))]).seqs).toEqual([]);
    expect(run([snapshot(1)], emptyFeed).n).toBeNull();
  });
});

describe('gaps', () => {
  test('a gap is asked for once, from the cursor', () => {
    const { effects, n } = run([snapshot(10), frame(13, changed(3)), frame(14, changed(4))]);
    expect(effects).toEqual([{ kind: 'resubscribe', topic: TOPIC, after: 10 }]);
    expect(n).toBe(10);
  });

  test('what came after a gap is shown at once', () => {
    expect(run([snapshot(10), frame(13, changed(9, two))]).seqs).toEqual([1, 9]);
  });

  test('the missing rows close it', () => {
    const { state, n } = run([snapshot(10), frame(12, changed(3)), frame(11, changed(2)), frame(12, changed(3))]);
    expect(n).toBe(12);
    expect(state.topics[TOPIC]?.isCatchingUp).toBe(false);
  });

  test('a question without an answer becomes one for a snapshot after five ticks', () => {
    const waiting = [snapshot(10), frame(12, changed(3)), tick, tick, tick, tick];
    expect(run(waiting).effects).toHaveLength(1);
    expect(run([...waiting, tick]).effects.at(-1)).toEqual({ kind: 'resubscribe', topic: TOPIC, after: null });
  });

  test('ticks alone ask for nothing', () => {
    expect(run([snapshot(10), ...Array.from({ length: 20 }, () => tick)]).effects).toEqual([]);
  });
});

describe('telemetry', () => {
  test('the newest measurement stays, whatever comes late', () => {
    const late = numericsView({ measuredAtMs: START_MS - 60_000, isBackfill: true });
    const { state } = run([
      { type: 'numerics', items: [numericsView()] },
      { type: 'numerics', items: [late] },
    ]);
    expect(Object.values(state.numerics)[0]?.measuredAtMs).toBe(START_MS);
  });

  test('a backfilled value that is the newest is shown', () => {
    const newest = numericsView({ measuredAtMs: START_MS + 1, isBackfill: true });
    expect(
      Object.values(run([{ type: 'numerics', items: [numericsView(), newest] }]).state.numerics)[0]?.isBackfill,
    ).toBe(true);
  });

  test('units are replaced one by one', () => {
    const other = unitView({ vehicle: 'vehicle-two' as never });
    const { state } = run([
      { type: 'units', units: [unitView(), other] },
      { type: 'units', units: [{ ...other, position: null }] },
    ]);
    expect(Object.keys(state.units)).toHaveLength(2);
    expect(state.units['vehicle-two']?.position).toBeNull();
  });
});

describe('refusals and replies', () => {
  test('a refused topic says so', () => {
    expect(run([{ type: 'refused', code: 'topic.not-found', topic: TOPIC }]).state.topics[TOPIC]?.refusedCode).toBe(
      'topic.not-found',
    );
  });

  test('the reply of an act moves the case on where it is held, but not in its own topic', () => {
    const own = `case:${one}`;
    let state = openTopic(run([snapshot(10)]).state, own);
    state = applyMessage(state, {
      type: 'snapshot',
      topic: own,
      n: 1,
      cases: [caseView({ caseId: one, caseSeq: 1 })],
    }).state;
    const after = applyReply(state, caseView({ caseId: one, caseSeq: 4 }));
    expect(after.topics[TOPIC]?.cases[one]?.caseSeq).toBe(4);
    expect(after.topics[own]?.cases[one]?.caseSeq).toBe(1);
  });

  test('a closed topic holds nothing', () => {
    expect(closeTopic(run([snapshot(10)]).state, TOPIC).topics).toEqual({});
  });
});

test('frames in any order, doubled and lost in any way, end in the newest of every case once the snapshot comes', () => {
  const rows = [changed(2), changed(3), changed(2, two), changed(4), changed(3, two)].map((content, index) =>
    frame(11 + index, content),
  );
  const truth = [caseView({ caseId: one, caseSeq: 4 }), caseView({ caseId: two, caseSeq: 3 })];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...rows), { maxLength: 24 }), (delivered) => {
      const { state, n } = run([snapshot(10), ...delivered]);
      expect(n).toBeGreaterThanOrEqual(10);
      for (const [id, view] of Object.entries(state.topics[TOPIC]?.cases ?? {})) {
        expect(view.caseSeq).toBeLessThanOrEqual(truth.find((each) => each.caseId === id)!.caseSeq);
      }
      expect(run([snapshot(15, truth)], state).seqs).toEqual([4, 3]);
    }),
  );
});
