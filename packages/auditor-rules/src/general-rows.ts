import { arrested, cardiacArrest } from './arrest.ts';
import { needsAirway } from './airway.ts';
import { said } from './answers.ts';
import { newborn } from './person.ts';
import { anySingle3, news2, newsApplies } from './general-scores.ts';
import { gcsAtMost8 } from './measurements.ts';
import { advice, level1, level2, type PlainCase, type Row } from './plain-case.ts';
import { screenPositive } from './stroke-scales.ts';
import { all, any, atLeast, certainly, not, unlessKnown, type Verdict } from './three-valued.ts';

/** The screen of the specialty the crew selected; with none selected any of the three (R3, GEN-4). */
function ownScreen(plain: PlainCase): Verdict {
  const isOpen = plain.specialty === null || plain.specialty === 'emergency';
  const screens = [
    ['chest-pain', said(plain, 'hasChestPain')],
    ['stroke', screenPositive(plain)],
    ['trauma', said(plain, 'isInjured')],
  ] as const;
  return any(...screens.map(([specialty, screen]) => (isOpen || plain.specialty === specialty ? screen : 'FALSE')));
}

export function generalRows(plain: PlainCase): readonly Row[] {
  const applies = newsApplies(plain);
  // A newborn's arrest and airway are the neonatal center's (0.6.1).
  const grown = unlessKnown(newborn(plain));
  const score = news2(plain);
  const arrest = arrested(plain);
  const heart = certainly(cardiacArrest(plain));
  const single3 = all(applies, anySingle3(plain));
  const medium = all(applies, atLeast(score, 5));
  return [
    level1('GEN-1', 'chest-pain', all(arrest, heart)),
    level1('GEN-1', 'emergency', all(arrest, not(heart), grown)),
    level1('GEN-2', 'emergency', all(needsAirway(plain), grown)),
    level1('GEN-3', 'emergency', all(applies, atLeast(score, 7))),
    level2('GEN-4', plain.specialty ?? 'emergency', all(medium, ownScreen(plain))),
    advice('GEN-4', 'emergency', single3),
    level2('GEN-4', 'emergency', all(single3, unlessKnown(said(plain, 'abnormalIsBaseline')))),
    level1('GEN-5', 'emergency', all(gcsAtMost8(plain), unlessKnown(newborn(plain)))),
  ];
}
