import type { Specialty } from '@pentad/protocol/center';
import type { Tier } from '@pentad/protocol/pre-alert';
import { needsAirway } from './airway.ts';
import { chose, said } from './answers.ts';
import { arrested } from './arrest.ts';
import { ischaemicContext, maybeDissection } from './chest-pain-rows.ts';
import { stemiCriteria } from './ecg.ts';
import { slowFetalHeart } from './maternal-rows.ts';
import { injured, knownChild, newborn, obstetric, postpartum, pregnancyDays, pregnant, twentyWeeks } from './person.ts';
import { level1, level2, type PlainCase, type Row } from './plain-case.ts';
import { focalDeficit, mayBeWithin24h } from './stroke-rows.ts';
import { firmScreen } from './stroke-scales.ts';
import { all, any, atLeast, below, isKnown, not, unlessKnown, verdictOf, type Verdict } from './three-valued.ts';

const isRaised = (rows: readonly Row[], tier: Tier, which: (row: Row) => boolean): Verdict =>
  verdictOf(rows.some((row) => row.tier === tier && row.verdict === 'TRUE' && which(row)));
const ofSpecialty =
  (specialty: Specialty) =>
  (row: Row): boolean =>
    row.specialty === specialty;

/** Birth soon, or the child must come out. */
const deliveryLikely = (plain: PlainCase): Verdict =>
  any(
    said(plain, 'maternalDeliveryLikely'),
    chose(plain, 'maternalBirthStage', 'imminent'),
    chose(plain, 'arrest', 'in-progress'),
    chose(plain, 'maternalBirthEmergency', 'cord-prolapse', 'shoulder-dystocia', 'breech-head-stuck'),
    said(plain, 'maternalAbruptionSuspected'),
    said(plain, 'maternalUterineRuptureSuspected'),
    slowFetalHeart(plain),
  );

/** When several centers match (0.6): who else is told, as urgently as the reason is. */
export function joinedRows(plain: PlainCase, rows: readonly Row[]): readonly Row[] {
  const trauma1 = all(injured(plain), isRaised(rows, 'level-1', ofSpecialty('trauma')));
  const trauma2 = all(injured(plain), isRaised(rows, 'level-2', ofSpecialty('trauma')));
  const mother = obstetric(plain);
  const days = pregnancyDays(plain);
  const expecting = all(pregnant(plain), unlessKnown(postpartum(plain)));
  const mayLive = all(unlessKnown(below(days, 24 * 7)), unlessKnown(not(twentyWeeks(plain))));
  const lives = any(atLeast(days, 24 * 7), isKnown(days) ? 'FALSE' : twentyWeeks(plain));
  const stemi = isRaised(rows, 'level-1', ({ row }) => row === 'CP-R1');
  const stroke = all(firmScreen(plain), mayBeWithin24h(plain));
  return [
    level1(
      'CO-1',
      'neonate',
      all(newborn(plain), any(arrested(plain), needsAirway(plain), isRaised(rows, 'level-1', ofSpecialty('trauma')))),
    ),
    level1('CO-2', 'maternal', all(mother, trauma1)),
    level2('CO-2', 'maternal', all(mother, trauma2)),
    level1('CO-2', 'neonate', all(expecting, mayLive, deliveryLikely(plain))),
    level2('CO-2', 'neonate', all(expecting, lives, any(trauma1, trauma2))),
    level1('CO-3', 'maternal', all(mother, any(stemi, stroke, all(arrested(plain), unlessKnown(newborn(plain)))))),
    level2('CO-3', 'maternal', all(mother, not(knownChild(plain)), stemiCriteria(plain), ischaemicContext(plain))),
    level2('CO-5', 'stroke', all(maybeDissection(plain), focalDeficit(plain))),
    level2('CO-7', 'stroke', all(firmScreen(plain), trauma1)),
  ];
}
