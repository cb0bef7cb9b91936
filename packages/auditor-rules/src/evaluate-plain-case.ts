import type { Specialty } from '@pentad/protocol/center';
import { isMoreUrgent, type Tier } from '@pentad/protocol/pre-alert';
import { chestPainRows } from './chest-pain-rows.ts';
import { generalRows } from './general-rows.ts';
import { joinedRows } from './joined-rows.ts';
import { maternalRows } from './maternal-rows.ts';
import { newbornRows } from './newborn-rows.ts';
import type { PlainCase, Row } from './plain-case.ts';
import { scoresOf, type Scores } from './scores-of.ts';
import { strokeRows } from './stroke-rows.ts';
import { traumaRows } from './trauma-rows.ts';

export interface Reading {
  readonly rows: readonly Row[];
  /** The highest tier per specialty, of the rows that hold. */
  readonly tiers: Readonly<Partial<Record<Specialty, Tier>>>;
  readonly scores: Scores;
}

/** What the documents say of one patient at one instant, read row by row. */
export function evaluatePlainCase(plain: PlainCase): Reading {
  const own = [
    ...generalRows(plain),
    ...chestPainRows(plain),
    ...strokeRows(plain),
    ...traumaRows(plain),
    ...newbornRows(plain),
    ...maternalRows(plain),
  ];
  const rows = [...own, ...joinedRows(plain, own)];
  const tiers: Partial<Record<Specialty, Tier>> = {};
  for (const { specialty, tier, verdict } of rows) {
    const highest = tiers[specialty];
    if (verdict === 'TRUE' && (!highest || isMoreUrgent(tier, highest))) tiers[specialty] = tier;
  }
  return { rows, tiers, scores: scoresOf(plain) };
}
