import type { CaseView, Visibility } from '@pentad/protocol/case-view';
import type { CaseState } from '@pentad/protocol/case-state';
import type { CaseId } from '@pentad/protocol/ids';
import { isOver } from '@pentad/protocol/case-reading';
import { caseViewOf } from '../cases/case-view-of.ts';
import type { CaseCommit } from '../cases/case-units.ts';
import type { Ladder } from '../pre-alerts/ladder.ts';

export interface CaseRecord {
  readonly state: CaseState;
  readonly patientName: string | null;
  /** Centers the case is open to, as `<hospital>.<specialty>`. */
  readonly access: ReadonlySet<string>;
}

export interface CaseViews {
  readonly record: CaseRecord;
  view(visibility: Visibility, withTimeline: boolean): CaseView;
}

/** Views of one version of a case, each class built once and shared by all its readers. */
export function viewsOf(record: CaseRecord, ladder: Ladder): CaseViews {
  const built = new Map<string, CaseView>();
  return {
    record,
    view(visibility, withTimeline) {
      const key = `${visibility}/${withTimeline}`;
      const known = built.get(key);
      if (known) return known;
      const made = caseViewOf(record.state, { visibility, ladder, patientName: record.patientName, withTimeline });
      built.set(key, made);
      return made;
    },
  };
}

/** The newest version of each case somebody looks at; reloading goes through `load` and only when the log has moved on. */
export class CaseFrames {
  readonly #cache = new Map<CaseId, CaseViews>();
  readonly #load: (caseId: CaseId) => Promise<CaseRecord | null>;
  readonly #ladder: Ladder;

  constructor(options: { load: (caseId: CaseId) => Promise<CaseRecord | null>; ladder: Ladder }) {
    this.#load = options.load;
    this.#ladder = options.ladder;
  }

  async atLeast(caseId: CaseId, caseSeq: number): Promise<CaseViews | null> {
    const known = this.#cache.get(caseId);
    if (known && known.record.state.caseSeq >= caseSeq) return known;
    const record = await this.#load(caseId);
    if (!record) return null;
    // Meanwhile a commit of this process may have kept a newer one.
    const kept = this.#cache.get(caseId);
    return kept && kept.record.state.caseSeq > record.state.caseSeq ? kept : this.#keep(record);
  }

  /**
   * A change committed in this process: its readers need not wait for it to be read back. Only upon the version before
   * it, or a case that was open to no center; a change of the patient's name is read, and so is an ended case, which
   * is forgotten here.
   */
  committed({ plan: { before, after, events }, opened }: Omit<CaseCommit, 'entries'>): void {
    if (isOver(after)) {
      this.#cache.delete(after.caseId);
      return;
    }
    const cached = this.#cache.get(after.caseId)?.record;
    const known = cached?.state.caseSeq === before.caseSeq ? cached : null;
    const isNew = !cached && !after.hasIdentity && Object.keys(before.preAlerts).length === 0;
    if (!(known || isNew) || events.some(({ sealed }) => sealed !== null)) return;
    const access = new Set(known?.access);
    for (const { hospitalId, specialty } of opened) access.add(`${hospitalId}.${specialty}`);
    this.#keep({ state: after, patientName: known?.patientName ?? null, access });
  }

  #keep(record: CaseRecord): CaseViews {
    const views = viewsOf(record, this.#ladder);
    this.#cache.set(record.state.caseId, views);
    return views;
  }

  prune(isOpen: (caseId: CaseId) => boolean): void {
    for (const caseId of this.#cache.keys()) if (!isOpen(caseId)) this.#cache.delete(caseId);
  }
}
