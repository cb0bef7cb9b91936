import type { Score, ScoreItem } from './score.ts';
import { pointsOf } from './score.ts';
import { strokeScale } from './stroke-scale.ts';

const sign = (name: string): ScoreItem => ({ reads: [name], points: (facts) => pointsOf(facts.flag(name), 1) });

/** How many of B, E, F, A, S are new, 0-5; T is the time and has no point. Any one is a suspected stroke. */
export const beFastScore: Score = strokeScale(
  {
    name: 'be-fast',
    zh: 'BE-FAST评估',
    en: 'BE-FAST',
    source: 'clinical.md B2.1 (F:S19)',
    status: 'found',
    isLeading: true,
  },
  ['strokeBalance', 'strokeEyes', 'strokeFace', 'strokeArm', 'strokeSpeech'].map(sign),
);

/** Face, arm, speech, 0-3; any one abnormal is about 72 % probable. */
export const cpssScore: Score = strokeScale(
  {
    name: 'cpss',
    zh: '辛辛那提院前卒中量表',
    en: 'CPSS',
    source: 'clinical.md B2.1 (F:S19)',
    status: 'found',
    isLeading: false,
  },
  ['strokeFace', 'strokeArm', 'strokeSpeech'].map(sign),
);
