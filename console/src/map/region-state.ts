import type { CaseView } from '@pentad/protocol/case-view';
import { topicOf, type UnitView } from '@pentad/protocol/console-feed';
import { specialties, type Specialty } from '@pentad/protocol/center';
import { isMoreUrgent, type Tier } from '@pentad/protocol/pre-alert';
import { useUi } from '@pentad/ui/ui-context.tsx';
import { createEffect, createMemo, createSignal, onCleanup, type Accessor } from 'solid-js';
import { estimateArrival, minutesOrLast, type ArrivalEstimate } from '../cases/arrival-estimate.ts';
import { hasArrived } from '../cases/arrival.tsx';
import { standingOf, type DeskTarget } from '../cases/desk-target.ts';
import { useConsole } from '../console-context.tsx';
import { makeLatestNumerics } from '../feed/latest-numerics.ts';
import { attentionItems, type AttentionItem } from './attention.ts';

export interface RegionCase {
  readonly view: CaseView;
  readonly tier: Tier | null;
  readonly specialty: Specialty;
  /** The ask that says how it stands: an unanswered one before one that is taken. */
  readonly ask: DeskTarget | null;
  readonly isUnanswered: boolean;
}

/** A case with no pre-alert has no tier: it is drawn grey and asks for nothing. */
export function regionCase(view: CaseView): RegionCase {
  const asks = view.preAlerts.flatMap((preAlert) => preAlert.targets.map((target) => ({ view, preAlert, target })));
  const standing = asks.filter((ask) => standingOf(ask) !== 'over');
  const unanswered = standing.find((ask) => standingOf(ask) === 'unanswered') ?? null;
  const ask = unanswered ?? standing.find((each) => standingOf(each) === 'ours') ?? standing[0] ?? null;
  const tier = standing
    .map((each) => each.preAlert.tier)
    .reduce<Tier | null>((worst, each) => (worst === null || isMoreUrgent(each, worst) ? each : worst), null);
  return {
    view,
    tier,
    ask,
    specialty: ask?.preAlert.specialty ?? view.specialty ?? 'emergency',
    isUnanswered: unanswered !== null,
  };
}

export interface RegionState {
  readonly isLoading: Accessor<boolean>;
  readonly refusedCode: Accessor<string | null>;
  readonly cases: Accessor<readonly RegionCase[]>;
  readonly attention: Accessor<readonly AttentionItem[]>;
  readonly unitOf: (vehicle: string | null) => UnitView | undefined;
  readonly arrival: (view: CaseView) => ArrivalEstimate;
  readonly selectedCaseId: Accessor<string | null>;
  readonly selected: Accessor<RegionCase | null>;
  readonly select: (caseId: string) => void;
  readonly isShown: (specialty: Specialty) => boolean;
  readonly toggleShown: (specialty: Specialty) => void;
  readonly isFollowing: Accessor<boolean>;
  readonly setFollowing: (isFollowing: boolean) => void;
}

/** What the map screen's three columns share: the region's cases by arrival, the filter and the selection. */
export function createRegionState(): RegionState {
  const app = useConsole();
  const { clock } = useUi();
  const [hidden, setHidden] = createSignal<ReadonlySet<Specialty>>(new Set());
  const [chosen, setChosen] = createSignal<string | null>(null);
  const [isFollowing, setFollowing] = createSignal(false);
  const topic = () => app.link.store.held.topics[topicOf.region];
  const release = app.link.subscribe(topicOf.region);
  onCleanup(release);

  const unitOf = (vehicle: string | null) => (vehicle === null ? undefined : app.link.store.held.units[vehicle]);
  const arrival = (view: CaseView): ArrivalEstimate =>
    estimateArrival(unitOf(view.vehicle), view.destination?.hospitalId, clock.nowMs());
  const open = createMemo(() =>
    Object.values(topic()?.cases ?? {})
      .filter((view) => !view.isOver)
      .map(regionCase),
  );
  const cases = createMemo(() => {
    const minutes = (each: RegionCase) => (hasArrived(each.view) ? -1 : minutesOrLast(arrival(each.view)));
    return open()
      .filter((each) => !hidden().has(each.specialty))
      .sort((a, b) => minutes(a) - minutes(b) || (a.view.caseId < b.view.caseId ? -1 : 1));
  });
  const attention = createMemo(() =>
    attentionItems(
      open().map((each) => each.view),
      (vehicle) => unitOf(vehicle),
      clock.nowMs(),
    ),
  );
  createEffect(() => {
    if (cases().some((each) => each.view.caseId === chosen())) return;
    const worst = cases().find((each) => each.isUnanswered) ?? cases()[0];
    setChosen(worst?.view.caseId ?? null);
  });
  const watched = createMemo(() => {
    const caseId = chosen();
    return caseId === null ? [] : [caseId];
  });
  createEffect(() => app.link.watchNumerics('region', watched()));
  makeLatestNumerics({ link: app.link, api: app.api, caseIds: watched });
  onCleanup(() => app.link.watchNumerics('region', []));

  const selected = createMemo(() => cases().find((each) => each.view.caseId === chosen()) ?? null);

  return {
    isLoading: () => topic() === undefined || topic()?.n === null,
    refusedCode: () => topic()?.refusedCode ?? null,
    cases,
    attention,
    unitOf,
    arrival,
    selectedCaseId: chosen,
    selected,
    select: setChosen,
    isShown: (specialty) => !hidden().has(specialty),
    toggleShown: (specialty) => {
      const next = new Set(hidden());
      if (!next.delete(specialty)) next.add(specialty);
      setHidden(next.size === specialties.length ? new Set<Specialty>() : next);
    },
    isFollowing,
    setFollowing,
  };
}
