import type { Specialty } from '@pentad/protocol/center';
import type { Finding, Tier } from '@pentad/protocol/pre-alert';
import type { Criterion } from './criterion.ts';
import type { Picture, Slot } from './picture.ts';

interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** One trigger: data for the site's sign-off and display, and the predicate. */
export interface Rule {
  readonly id: string;
  readonly version: string;
  /** 'selected' = the case's selected specialty, the emergency department without one. */
  readonly specialty: Specialty | 'selected';
  readonly tier: Tier;
  readonly source: string;
  readonly status: 'found' | 'from-knowledge' | 'design-needs-sign-off';
  readonly name: Bilingual;
  readonly meaning: Bilingual;
  /** The numbers it reads: what is debounced and stands in the finding. */
  readonly reads: readonly Slot[];
  /** The crew's notes it reads, for the finding. */
  readonly notes: readonly ('consciousness' | 'oxygen' | 'unrecordablePressure')[];
  readonly holds: (picture: Picture) => Criterion;
  /** TRUE: clearly over, on the safe side of a hysteresis band; without one, that it does not hold. */
  readonly isOver?: (picture: Picture) => Criterion;
  /** Names of inputs that are not known; of use when it holds or is UNKNOWN. */
  readonly missing: (picture: Picture) => readonly string[];
  readonly score: (picture: Picture) => Finding['score'];
}

export interface RuleSet {
  readonly version: string;
  readonly rules: readonly Rule[];
}
