import type { CaseView } from '@pentad/protocol/case-view';
import type { Locale } from '@pentad/ui/locale';

export interface TimelineRow {
  readonly key: string;
  readonly atMs: number;
  readonly text: string;
  readonly source: string;
  readonly isMilestone: boolean;
}

/** The stamp itself stands among the milestones; its event would say it twice. */
const saidElsewhere = new Set(['milestone.stamped', 'milestone.corrected']);

/** Events and milestones of a case by when they happened, each with who or what says so. */
export function timelineRows(view: CaseView, locale: Locale): readonly TimelineRow[] {
  const stamps = view.milestones.map((stamp) => ({
    key: stamp.code,
    atMs: stamp.atMs,
    text: locale.label('milestone', stamp.code),
    source: locale.label('source', stamp.source),
    isMilestone: true,
  }));
  const events = view.timeline
    .filter((entry) => !saidElsewhere.has(entry.type))
    .map((entry) => ({
      key: `#${entry.caseSeq}`,
      atMs: entry.occurredAtMs,
      text: locale.label('event', entry.type),
      source: entry.actorName ?? locale.label('actor', entry.actorKind),
      isMilestone: false,
    }));
  return [...stamps, ...events].sort((a, b) => a.atMs - b.atMs || (a.key < b.key ? -1 : 1));
}
