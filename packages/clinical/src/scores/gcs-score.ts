import { criterion, not } from '../criterion.ts';
import type { Score, ScoreItem } from './score.ts';
import { numberOf, sumOfItems } from './score.ts';

const part = (name: string): ScoreItem => ({ reads: [name], points: (facts) => numberOf(facts, name) });
const parts = [part('gcsEye'), part('gcsVerbal'), part('gcsMotor')];

/**
 * Glasgow coma score, 3-15 (clinical.md A3). A part that cannot be tested stands at its least and at its most and is not
 * missing: a range without anything missing is shown as its parts, "E4 V_NT M6", never as a total. Under 2 years the
 * parts are those of `gcs-answers.ts`. Never for a known neonate (second reading C24); an age not known does not silence it.
 */
export const gcsScore: Score = {
  name: 'gcs',
  zh: '格拉斯哥昏迷评分',
  en: 'GCS',
  source: 'clinical.md A3 (F:S53, S57; K:Teasdale 2014; under 2 y K:James/PALS, second reading C2)',
  status: 'found',
  isLeading: true,
  reads: ['gcsEye', 'gcsVerbal', 'gcsMotor'],
  applies: (facts) => not(criterion(facts.flag('isNeonate') === 'TRUE')),
  appliesOn: [],
  of: (facts) => sumOfItems('gcs', parts, facts),
};
