import type { Score } from './score.ts';

export const traumaScores: readonly Score[] = [];
