import type { CaseView } from '@pentad/protocol/case-view';
import type { UnitView } from '@pentad/protocol/console-feed';
import { vitalTermMs } from '@pentad/protocol/vitals';
import { byPriority, priorityOf, type Priority } from '@pentad/ui/priority';
import { ringsFromMs, standingOf, type DeskTarget } from '../cases/desk-target.ts';

export type AttentionItem =
  | {
      readonly kind: 'ask';
      readonly key: string;
      readonly priority: Priority;
      readonly sinceMs: number;
      readonly ask: DeskTarget;
    }
  | {
      readonly kind: 'silent-unit';
      readonly key: string;
      readonly priority: 'low';
      readonly sinceMs: number;
      readonly unit: UnitView;
      readonly view: CaseView;
    }
  | {
      readonly kind: 'conflict';
      readonly key: string;
      readonly priority: 'low';
      readonly sinceMs: number;
      readonly view: CaseView;
      readonly field: string;
    };

/** One item for each pre-alert that nobody has, by the desk that was asked first. */
function asksOf(view: CaseView): readonly AttentionItem[] {
  return view.preAlerts.flatMap((preAlert) => {
    const open = preAlert.targets
      .map((target) => ({ view, preAlert, target }))
      .find((ask) => standingOf(ask) === 'unanswered');
    if (!open) return [];
    const since = ringsFromMs(open.target);
    return [
      {
        kind: 'ask' as const,
        key: preAlert.preAlertId,
        priority: priorityOf[preAlert.tier],
        sinceMs: since,
        ask: open,
      },
    ];
  });
}

function silentOf(view: CaseView, unit: UnitView | undefined, nowMs: number): readonly AttentionItem[] {
  if (!unit || unit.lastHeardAtMs === null || nowMs - unit.lastHeardAtMs <= vitalTermMs.streamed) return [];
  return [
    { kind: 'silent-unit', key: `silent:${unit.vehicle}`, priority: 'low', sinceMs: unit.lastHeardAtMs, unit, view },
  ];
}

const conflictsOf = (view: CaseView): readonly AttentionItem[] =>
  view.conflicts.map((conflict) => ({
    kind: 'conflict',
    key: `${view.caseId}:${conflict.key}`,
    priority: 'low',
    sinceMs: view.openedAtMs ?? 0,
    view,
    field: conflict.field,
  }));

/** What needs a person now, worst first, then what waits longest. */
export function attentionItems(
  views: readonly CaseView[],
  unitOf: (vehicle: string) => UnitView | undefined,
  nowMs: number,
): readonly AttentionItem[] {
  return views
    .filter((view) => !view.isOver)
    .flatMap((view) => {
      const unit = view.vehicle === null ? undefined : unitOf(view.vehicle);
      return [...asksOf(view), ...silentOf(view, unit, nowMs), ...conflictsOf(view)];
    })
    .sort((a, b) => byPriority(a.priority, b.priority) || a.sinceMs - b.sinceMs);
}
