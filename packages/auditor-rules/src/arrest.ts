import { said } from './answers.ts';
import { circulationReturned, inArrest, injured, knownChild, obstetric } from './person.ts';
import type { PlainCase } from './plain-case.ts';
import { all, any, unlessKnown, verdictOf, type Verdict } from './three-valued.ts';

/** In progress, or circulation is back (GEN-1). */
export const arrested = (plain: PlainCase): Verdict => any(inArrest(plain), circulationReturned(plain));

/** A medical arrest without another cause, of no child, no newborn, no mother (0.6.8, C30): the heart's. */
export const cardiacArrest = (plain: PlainCase): Verdict =>
  all(
    arrested(plain),
    ...[knownChild, obstetric, injured].map((excluded) => unlessKnown(excluded(plain))),
    unlessKnown(said(plain, 'arrestOtherCause')),
    verdictOf(!['trauma', 'maternal', 'neonate'].includes(plain.specialty ?? 'emergency')),
  );
