import type { Specialty } from '@pentad/protocol/center';
import type { Finding, Tier } from '@pentad/protocol/pre-alert';
import type { Criterion } from './criterion.ts';
import type { Picture, Slot } from './picture.ts';
import type { RuleDefinition } from './rules/rule-definition.ts';

/** One trigger, ready to judge pictures. `definition` is what was signed off. */
export interface Rule {
  readonly id: string;
  readonly version: string;
  /** 'selected' = the case's selected specialty, the emergency department without one. */
  readonly specialty: Specialty | 'selected';
  readonly tier: Tier;
  readonly definition: RuleDefinition;
  /** The numbers of monitor, cuff and thermometer it reads: what is debounced. */
  readonly reads: readonly Slot[];
  readonly sustainedMs: number;
  readonly setsApartMs: number | null;
  readonly holds: (picture: Picture) => Criterion;
  /** Whether it may come to hold without a new entry of the crew. */
  readonly canHold: (picture: Picture) => boolean;
  /** TRUE: clearly over, on the safe side of a hysteresis band; without one, that it does not hold. */
  readonly isOver: (picture: Picture) => Criterion;
  /** Whether what it lacks is asked of the crew. */
  readonly asks: (picture: Picture) => boolean;
  /** The facts that decided it, scores as their items. */
  readonly decidedBy: (picture: Picture) => readonly string[];
  /** Names of facts that are not known; of use when it holds or is UNKNOWN. */
  readonly missing: (picture: Picture) => readonly string[];
  readonly score: (picture: Picture) => Finding['score'];
}

export interface Flag {
  readonly code: string;
  readonly specialties: readonly Specialty[];
  readonly holds: (picture: Picture) => Criterion;
}

export interface RuleSet {
  readonly version: string;
  readonly rules: readonly Rule[];
  readonly flags: readonly Flag[];
}
