import { chestPainScores } from './chest-pain-scores.ts';
import { generalScores } from './general-scores.ts';
import { maternalScores } from './maternal-scores.ts';
import { neonateScores } from './neonate-scores.ts';
import type { Score } from './score.ts';
import { strokeScores } from './stroke-scores.ts';
import { traumaScores } from './trauma-scores.ts';

export const allScores: readonly Score[] = [
  ...generalScores,
  ...chestPainScores,
  ...strokeScores,
  ...traumaScores,
  ...neonateScores,
  ...maternalScores,
];

const byName: ReadonlyMap<string, Score> = new Map(allScores.map((score) => [score.name, score]));

export const scoreNamed = (name: string): Score | undefined => byName.get(name);
