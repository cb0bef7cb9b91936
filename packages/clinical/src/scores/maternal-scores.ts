import type { Score } from './score.ts';

export const maternalScores: readonly Score[] = [];
