import { addRsScore } from './add-rs-score.ts';
import type { Score } from './score.ts';
import { sgarbossaScore } from './sgarbossa-score.ts';

export const chestPainScores: readonly Score[] = [addRsScore, sgarbossaScore];
