import { Consciousness } from '@pentad/protocol/case-event-types';
import type { Assessment } from '@pentad/protocol/case-state';
import type { AgeBand } from './bands.ts';
import type { Noted } from './case-record.ts';
import type { Reading } from './picture.ts';
import { isPairContradictory, plausibility, worthOf } from './plausibility.ts';
import type { JudgedVital } from './plausibility-table.ts';
import { clockLeadMs } from './staleness.ts';

const isConsciousness = (value: string | null): value is Consciousness =>
  Consciousness.options.some((option) => option === value);

/** A pressure as the crew left it: a number, or the finding that none could be taken. */
type CrewPressure =
  | { readonly kind: 'measured'; readonly systolic: Reading; readonly diastolic: Reading | null }
  | { readonly kind: 'unrecordable'; readonly measuredAtMs: number };

/** The crew's assessments, newest first; each question is answered by the newest one that answers it. */
export class CrewRecord {
  readonly newestFirst: readonly Assessment[];
  /** An assessment runs ahead of the clock and is not read yet. */
  readonly hasAhead: boolean;
  readonly #band: AgeBand | null;

  constructor(assessments: Readonly<Record<string, Assessment>>, band: AgeBand | null, nowMs: number) {
    const all = Object.values(assessments);
    this.newestFirst = all
      .filter((assessment) => assessment.measuredAtMs <= nowMs + clockLeadMs)
      .sort((a, b) => b.measuredAtMs - a.measuredAtMs || (a.assessmentId < b.assessmentId ? 1 : -1));
    this.hasAhead = this.newestFirst.length < all.length;
    this.#band = band;
  }

  reading(name: JudgedVital, notAfterMs: number): Reading | null {
    for (const assessment of this.newestFirst) {
      if (assessment.measuredAtMs > notAfterMs) continue;
      const reading = this.#readingOf(assessment, name);
      if (reading) return reading;
    }
    return null;
  }

  pressure(notAfterMs: number): CrewPressure | null {
    let isRecordable = false;
    for (const assessment of this.newestFirst) {
      if (assessment.measuredAtMs > notAfterMs) continue;
      if (assessment.isPressureUnrecordable === true && !isRecordable) {
        return { kind: 'unrecordable', measuredAtMs: assessment.measuredAtMs };
      }
      if (assessment.isPressureUnrecordable === false) isRecordable = true;
      const reading = this.#readingOf(assessment, 'systolicMmHg');
      const diastolic = assessment.vitals['diastolicMmHg'] ?? null;
      if (reading && !isPairContradictory(reading.value, diastolic, this.#band)) {
        return { kind: 'measured', systolic: reading, diastolic: this.#readingOf(assessment, 'diastolicMmHg') };
      }
    }
    return null;
  }

  consciousness(notAfterMs: number): Noted<Consciousness> | null {
    for (const { measuredAtMs, consciousness } of this.newestFirst) {
      if (measuredAtMs <= notAfterMs && isConsciousness(consciousness)) return { value: consciousness, measuredAtMs };
    }
    return null;
  }

  oxygen(notAfterMs: number): Noted<'air' | 'oxygen'> | null {
    for (const { measuredAtMs, oxygen } of this.newestFirst) {
      if (measuredAtMs <= notAfterMs && oxygen !== null) return { value: oxygen, measuredAtMs };
    }
    return null;
  }

  #readingOf({ vitals, measuredAtMs }: Assessment, name: JudgedVital): Reading | null {
    const value = vitals[name] ?? null;
    if (value === null) return null;
    const worth = worthOf(name, plausibility(name, value, this.#band), true);
    return worth && { name, value, measuredAtMs, origin: 'crew', ...worth };
  }
}
