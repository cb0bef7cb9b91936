import type { Facts } from '../expression/facts.ts';
import type { Interval } from '../expression/interval.ts';
import { pointsOfCode, type Score, type ScoreItem } from './score.ts';
import { choiceItem, strokeScale } from './stroke-scale.ts';

const aphasia = { both: 0, one: 1, neither: 2 } as const;
const agnosia = { none: 0, one: 1, both: 2 } as const;

/** Right or no weakness: aphasia; left weakness: agnosia; side not known: whatever either could still give. */
function corticalPoints(facts: Facts): Interval {
  const ofAphasia = pointsOfCode(facts.code('strokeRaceAphasia'), aphasia);
  const ofAgnosia = pointsOfCode(facts.code('strokeRaceAgnosia'), agnosia);
  switch (facts.code('strokeWeakSide')) {
    case 'left':
      return ofAgnosia;
    case 'right':
    case 'none':
      return ofAphasia;
    default:
      return { least: Math.min(ofAphasia.least, ofAgnosia.least), most: Math.max(ofAphasia.most, ofAgnosia.most) };
  }
}

/** Only the question that fits the side is missing. */
const aphasiaAsked = (facts: Facts): boolean => facts.code('strokeWeakSide') !== 'left';

const cortical: ScoreItem = {
  reads: ['strokeWeakSide', 'strokeRaceAphasia', 'strokeRaceAgnosia'],
  points: corticalPoints,
};
const items: readonly ScoreItem[] = [
  choiceItem('strokeRaceFace', { none: 0, mild: 1, severe: 2 }),
  choiceItem('strokeRaceArm', { normal: 0, weak: 1, none: 2 }),
  choiceItem('strokeRaceLeg', { normal: 0, weak: 1, none: 2 }),
  choiceItem('strokeRaceGaze', { absent: 0, present: 1 }),
  cortical,
];

const scale = strokeScale(
  {
    name: 'race',
    zh: 'RACE',
    en: 'RACE',
    source: 'clinical.md B2.1 (F:S16, racescale.org)',
    status: 'found',
    isLeading: true,
  },
  items,
);

/** RACE 0-9; 5 or more: suspected large-vessel occlusion. */
export const raceScore: Score = {
  ...scale,
  of: (facts) => {
    const range = scale.of(facts);
    const other = aphasiaAsked(facts) ? 'strokeRaceAgnosia' : 'strokeRaceAphasia';
    return { ...range, missing: range.missing.filter((name) => name !== other) };
  },
};
