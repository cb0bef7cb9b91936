import type { Score } from './score.ts';

export const neonateScores: readonly Score[] = [];
