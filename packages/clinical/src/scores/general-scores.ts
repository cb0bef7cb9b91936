import { gcsScore } from './gcs-score.ts';
import { news2Score } from './news2-score.ts';
import { qsofaScore } from './qsofa-score.ts';
import type { Score } from './score.ts';
import { shockIndexScore } from './shock-index-score.ts';

export const generalScores: readonly Score[] = [news2Score, shockIndexScore, gcsScore, qsofaScore];
