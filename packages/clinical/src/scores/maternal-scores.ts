import { estimatedBloodLossScore } from './estimated-blood-loss-score.ts';
import { meowsScores } from './meows-score.ts';
import { omqsofaScore } from './omqsofa-score.ts';
import type { Score } from './score.ts';

export const maternalScores: readonly Score[] = [...meowsScores, omqsofaScore, estimatedBloodLossScore];
