import type { Criterion } from '../criterion.ts';
import type { Interval } from './interval.ts';

/** A number that has no meaning for this patient, such as NEWS2 of a child: no comparison with it holds. */
export const notApplicable = 'not-applicable';

/** What is known of a patient at one instant, by name. Names are checked when a rule set is loaded, not here. */
export interface Facts {
  number(name: string): Interval | typeof notApplicable;
  flag(name: string): Criterion;
  /** null = not known. */
  code(name: string): string | null;
  /** The inputs `name` still lacks; empty when it is known. A score lacks its items. */
  lacking(name: string): readonly string[];
}
