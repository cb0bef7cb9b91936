import type { ItemAnswers } from '@pentad/protocol/assessment-items';
import type { Patient } from '@pentad/protocol/case-event-types';
import type { CaseState } from '@pentad/protocol/case-state';
import type { Specialty } from '@pentad/protocol/center';
import type { Evaluation } from '../case-watch.ts';
import { assessmentOf, caseOf, evaluated, firingIds } from './case-builder.ts';
import { bornMinutesAgo } from './newborn-case.ts';

export interface Mother extends Partial<Patient> {
  readonly specialty?: Specialty;
  readonly vitals?: Readonly<Record<string, number>>;
  readonly items?: ItemAnswers;
  readonly consciousness?: string;
  readonly unrecordable?: true;
  /** Sum of the recorded losses, mL; left out: none recorded. */
  readonly lossMl?: number;
  /** Minutes since she gave birth, at second 0; left out: not stamped. */
  readonly bornAgo?: number;
}

/** A pregnant woman of 30, unless said otherwise; one set of answers and vitals at each of `seconds`. */
export function motherCase(mother: Mother, seconds: readonly number[] = [0]): CaseState {
  const { specialty, vitals, items, consciousness, unrecordable, lossMl, bornAgo, ...patient } = mother;
  const sets = seconds.map((second) =>
    assessmentOf(second, {
      vitals: vitals ?? {},
      items: items ?? {},
      consciousness: consciousness ?? null,
      isPressureUnrecordable: unrecordable ?? null,
    }),
  );
  return {
    ...caseOf(specialty ?? 'maternal', sets, { ageYears: 30, sex: 'female', isPregnant: true, ...patient }),
    bloodLossMl: lossMl === undefined ? {} : { loss: lossMl },
    stamps: bornMinutesAgo(bornAgo),
  };
}

export const judgedMother = (mother: Mother): ReturnType<typeof evaluated> => evaluated(motherCase(mother), [], 0);

/** The same answers and vitals on two sets, `apartS` apart. */
export const judgedOnTwoSets = (mother: Mother, apartS = 300): ReturnType<typeof evaluated> =>
  evaluated(motherCase(mother, [0, apartS]), [], apartS);

/** The rules of this chapter among those firing. */
export const maternalOnly = (evaluation: Evaluation): readonly string[] =>
  firingIds(evaluation).filter((id) => id.startsWith('OB-') || id.startsWith('CO-2'));
