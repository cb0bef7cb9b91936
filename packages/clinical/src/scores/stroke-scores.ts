import type { Score } from './score.ts';

export const strokeScores: readonly Score[] = [];
