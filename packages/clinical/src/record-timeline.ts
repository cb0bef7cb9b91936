import type { ItemAnswer } from '@pentad/protocol/assessment-items/item';
import type { Assessment, CaseState, GcsParts } from '@pentad/protocol/case-state';
import { chosenStamp, type MilestoneCode } from '@pentad/protocol/milestone';
import { isContradictory } from './bands.ts';
import type { CaseRecord, Noted } from './case-record.ts';
import { recordStandsToMs, standingRecord } from './record-term.ts';

interface Entry {
  readonly fromMs: number;
  readonly answers: Readonly<Record<string, Noted<ItemAnswer>>>;
  readonly gcs: Noted<GcsParts> | null;
}

/** The crew's answers as they stood at any instant: each question keeps the newest assessment that asked it. */
export class RecordTimeline {
  readonly #entries: readonly Entry[];
  readonly #constant: Omit<CaseRecord, 'answers' | 'gcs'>;
  #last: { readonly entry: Entry | null; fromMs: number; toMs: number; readonly record: CaseRecord } | null = null;

  constructor(state: CaseState, newestFirst: readonly Assessment[]) {
    const entries: Entry[] = [];
    for (const { measuredAtMs, items, gcs } of newestFirst.toReversed()) {
      const before = entries.at(-1);
      const answers: Record<string, Noted<ItemAnswer>> = { ...before?.answers };
      for (const [name, value] of Object.entries(items)) answers[name] = { value, measuredAtMs };
      entries.push({
        fromMs: measuredAtMs,
        answers,
        gcs: gcs ? { value: gcs, measuredAtMs } : (before?.gcs ?? null),
      });
    }
    this.#entries = entries;
    this.#constant = constantOf(state);
  }

  /** How many of the crew's entries are known at an instant: between two of them no answer is added or changed. */
  entriesAt(atMs: number): number {
    return this.#entries.findLastIndex(({ fromMs }) => fromMs <= atMs) + 1;
  }

  at(atMs: number): CaseRecord {
    const entry = this.#entries[this.entriesAt(atMs) - 1] ?? null;
    const last = this.#last;
    if (last?.entry === entry && last.fromMs <= atMs && atMs <= last.toMs) return last.record;
    const { answers = {}, gcs = null } = entry ?? {};
    const record = standingRecord({ ...this.#constant, answers, gcs }, atMs);
    const toMs = recordStandsToMs(record);
    this.#last = { entry, fromMs: atMs, toMs, record };
    return record;
  }
}

function constantOf(state: CaseState): Omit<CaseRecord, 'answers' | 'gcs'> {
  const patient = state.patient.current?.value ?? null;
  const losses = Object.values(state.bloodLossMl);
  const stampedAtMs = (code: MilestoneCode): number | null => {
    const stamps = Object.values(state.stamps).filter((stamp) => stamp.code === code);
    return chosenStamp(stamps, state.stampCorrections[code]?.stampId ?? null)?.atMs ?? null;
  };
  const onset = state.onset.current?.value ?? null;
  // Noticed on waking is not when it began.
  const isSeen = onset?.certainty === 'exact' || onset?.certainty === 'about';
  const onsetAtMs = onset?.kind === 'onset' && isSeen ? onset.atMs : null;
  const isAgeKnown = patient !== null && !isContradictory(patient);
  return {
    sex: patient?.sex ?? null,
    ageYears: isAgeKnown ? patient.ageYears : null,
    ageDays: isAgeKnown ? patient.ageDays : null,
    gestationDays: patient?.gestationDays ?? null,
    bloodLossMl: losses.length === 0 ? null : losses.reduce((sum, one) => sum + one, 0),
    onsetAtMs,
    // A witnessed onset is when the patient was last well.
    lastKnownWellAtMs: onset?.kind === 'last-known-well' ? onset.atMs : onsetAtMs,
    bornAtMs: stampedAtMs('T_BIRTH'),
    roscAtMs: stampedAtMs('T_ROSC'),
  };
}
