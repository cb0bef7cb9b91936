import type { ItemAnswers } from '@pentad/protocol/assessment-items';
import type { Patient } from '@pentad/protocol/case-event-types';
import type { CaseState } from '@pentad/protocol/case-state';
import type { Evaluation } from '../case-watch.ts';
import { assessmentOf, at, caseOf, evaluated, firingIds } from './case-builder.ts';

export interface Newborn extends Partial<Patient> {
  readonly vitals?: Readonly<Record<string, number>>;
  readonly items?: ItemAnswers;
  readonly oxygen?: 'air' | 'oxygen';
  readonly consciousness?: string;
  readonly unrecordable?: true;
  /** Minutes since birth at second 0; left out: not stamped. */
  readonly age?: number;
}

/** Stamps of a birth that many minutes before second 0. */
export const bornMinutesAgo = (minutes: number | undefined): CaseState['stamps'] =>
  minutes === undefined
    ? {}
    : {
        born: {
          stampId: 'born',
          code: 'T_BIRTH',
          atMs: at(-60 * minutes),
          source: 'crew',
          errorMs: null,
          actorName: null,
        },
      };

export const newbornCase = ({
  vitals = {},
  items = {},
  oxygen,
  consciousness,
  unrecordable,
  age,
  ...patient
}: Newborn): CaseState => ({
  ...caseOf(
    'neonate',
    [
      assessmentOf(0, {
        vitals,
        items,
        oxygen: oxygen ?? null,
        consciousness: consciousness ?? null,
        isPressureUnrecordable: unrecordable ?? null,
      }),
    ],
    { ageYears: null, ageDays: 0, sex: null, ...patient },
  ),
  stamps: bornMinutesAgo(age),
});
export const judgedNewborn = (newborn: Newborn): ReturnType<typeof evaluated> => evaluated(newbornCase(newborn), [], 0);
/** The neonatal rules among those firing. */
export const neonatal = (evaluation: Evaluation): readonly string[] =>
  firingIds(evaluation).filter((id) => id.startsWith('NB-'));
