import { apgarScores } from './apgar-score.ts';
import { ncisScore } from './ncis-score.ts';
import { pewsScore } from './pews-score.ts';
import type { Score } from './score.ts';
import { tripsScore } from './trips-score.ts';

export const neonateScores: readonly Score[] = [...apgarScores, ncisScore, tripsScore, pewsScore];
