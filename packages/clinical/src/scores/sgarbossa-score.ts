import { judged } from '../expression/judge.ts';
import { parseExpression } from '../expression/parse.ts';
import type { Score, ScoreItem } from './score.ts';
import { pointsOf, sumOfItems } from './score.ts';

const item = (fact: string, fromMm: number, points: number): ScoreItem => {
  const statement = parseExpression(`${fact} >= ${fromMm}`);
  return { reads: [fact], points: (facts) => pointsOf(judged(statement, facts), points) };
};

const items = [
  item('concordantElevationMm', 1, 5),
  item('concordantDepressionMm', 1, 3),
  item('discordantElevationMm', 5, 2),
];

const isBundleOrPaced = parseExpression('ecgLbbb or ecgPaced or heartRhythm = paced');

/** Sgarbossa, 0-10, positive from 3, in left bundle branch block or a ventricular paced rhythm only. Levels in mm. */
export const sgarbossaScore: Score = {
  name: 'sgarbossa',
  zh: 'Sgarbossa 评分',
  en: 'Sgarbossa',
  source: 'clinical.md B1.1 (K:ACC 2022, DOI 10.1016/j.jacc.2022.08.750)',
  status: 'from-knowledge',
  isLeading: false,
  reads: ['concordantElevationMm', 'concordantDepressionMm', 'discordantElevationMm'],
  applies: (facts) => judged(isBundleOrPaced, facts),
  appliesOn: ['ecgLbbb', 'ecgPaced'],
  of: (facts) => sumOfItems('sgarbossa', items, facts),
};
