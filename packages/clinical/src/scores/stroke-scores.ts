import { beFastScore, cpssScore } from './be-fast-score.ts';
import { fastEdScore } from './fast-ed-score.ts';
import { lamsScore } from './lams-score.ts';
import { raceScore } from './race-score.ts';
import type { Score } from './score.ts';

export const strokeScores: readonly Score[] = [beFastScore, cpssScore, lamsScore, raceScore, fastEdScore];
