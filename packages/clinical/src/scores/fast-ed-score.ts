import type { Score } from './score.ts';
import { choiceItem, strokeScale } from './stroke-scale.ts';

/** FAST-ED 0-9 (Lima 2016); 4 or more: suspected large-vessel occlusion. */
export const fastEdScore: Score = strokeScale(
  {
    name: 'fast-ed',
    zh: 'FAST-ED',
    en: 'FAST-ED',
    source: 'clinical.md B2.1 (F:S17)',
    status: 'found',
    isLeading: false,
  },
  [
    choiceItem('strokeFastEdFace', { normal: 0, palsy: 1 }),
    choiceItem('strokeFastEdArm', { normal: 0, drifts: 1, none: 2 }),
    choiceItem('strokeFastEdSpeech', { normal: 0, moderate: 1, severe: 2 }),
    choiceItem('strokeFastEdEyes', { none: 0, partial: 1, forced: 2 }),
    choiceItem('strokeFastEdNeglect', { none: 0, extinction: 1, neglect: 2 }),
  ],
);
