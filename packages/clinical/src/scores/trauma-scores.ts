import { abcScore } from './abc-score.ts';
import { traumaBloodLossScore } from './trauma-blood-loss-score.ts';
import { cramsScore } from './crams-score.ts';
import { phiScore } from './phi-score.ts';
import { rtsScore, triageRtsScore } from './rts-score.ts';
import type { Score } from './score.ts';
import { sipaScore } from './sipa-score.ts';

export const traumaScores: readonly Score[] = [
  triageRtsScore,
  rtsScore,
  sipaScore,
  phiScore,
  cramsScore,
  abcScore,
  traumaBloodLossScore,
];
