import type { Score } from './score.ts';

export const chestPainScores: readonly Score[] = [];
