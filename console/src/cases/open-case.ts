import { topicOf, type NumericsView } from '@pentad/protocol/console-feed';
import type { CaseView } from '@pentad/protocol/case-view';
import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from 'solid-js';
import { useConsole } from '../console-context.tsx';
import { makeLatestNumerics } from '../feed/latest-numerics.ts';

export interface OpenCase {
  readonly view: Accessor<CaseView | null>;
  readonly problem: Accessor<string | null>;
}

/** The case's own topic (with its timeline), or whatever topic holds a newer version of the rest of it. */
export function createOpenCase(caseId: Accessor<string>): OpenCase {
  const app = useConsole();
  createEffect(() => onCleanup(app.link.subscribe(topicOf.case(caseId()))));
  const own = () => app.link.store.held.topics[topicOf.case(caseId())];
  const view = createMemo(() => {
    const held = Object.values(app.link.store.held.topics)
      .map((topic) => topic.cases[caseId()])
      .filter((each) => each !== undefined);
    const newest = held.reduce<CaseView | null>(
      (best, each) => (best === null || each.caseSeq > best.caseSeq ? each : best),
      null,
    );
    const whole = own()?.cases[caseId()];
    if (!newest || !whole || whole === newest) return whole ?? newest;
    return whole.caseSeq === newest.caseSeq ? whole : { ...newest, timeline: whole.timeline };
  });
  return { view, problem: () => own()?.refusedCode ?? null };
}

export interface NumericsHistory {
  readonly items: Accessor<readonly NumericsView[]>;
  readonly isLoading: Accessor<boolean>;
  readonly hasFailed: Accessor<boolean>;
}

const MAX_ITEMS = 20_000;

const sorted = (items: readonly NumericsView[]): readonly NumericsView[] => {
  const byInstant = new Map(items.map((item) => [item.measuredAtMs, item]));
  return [...byInstant.values()].sort((a, b) => a.measuredAtMs - b.measuredAtMs).slice(-MAX_ITEMS);
};

/** Stored rows of the span once, then what streams in; each instant once, in the order it was measured. */
export function createNumericsHistory(caseId: Accessor<string>, spanMs: Accessor<number>): NumericsHistory {
  const app = useConsole();
  const [items, setItems] = createSignal<readonly NumericsView[]>([]);
  const [isLoading, setIsLoading] = createSignal(true);
  const [hasFailed, setHasFailed] = createSignal(false);
  createEffect(
    on([caseId, spanMs, () => app.link.state() === 'live'], ([id, span]) => {
      let isCurrent = true;
      onCleanup(() => (isCurrent = false));
      setIsLoading(true);
      const toMs = app.ui.clock.exactMs() + 5_000;
      void app.api.numerics(id, Math.max(0, toMs - span), toMs).then((result) => {
        if (!isCurrent) return;
        setIsLoading(false);
        setHasFailed(!result.ok);
        if (result.ok)
          setItems((held) => sorted([...held.filter((item) => item.caseId === id), ...result.value.items]));
      });
    }),
  );
  onCleanup(
    app.link.onNumerics((fresh) => {
      const mine = fresh.filter((item) => item.caseId === caseId());
      if (mine.length > 0) setItems((held) => sorted([...held, ...mine]));
    }),
  );
  createEffect(() => app.link.watchNumerics('case', [caseId()]));
  makeLatestNumerics({ link: app.link, api: app.api, caseIds: () => [caseId()] });
  onCleanup(() => app.link.watchNumerics('case', []));
  return { items, isLoading, hasFailed };
}
