import type { Score } from './score.ts';
import { choiceItem, strokeScale } from './stroke-scale.ts';

/** LAMS 0-5; 4 or more: suspected large-vessel occlusion. */
export const lamsScore: Score = strokeScale(
  {
    name: 'lams',
    zh: 'LAMS',
    en: 'LAMS',
    source: 'clinical.md B2.1 (F:S15)',
    status: 'found',
    isLeading: true,
  },
  [
    choiceItem('strokeLamsFace', { absent: 0, present: 1 }),
    choiceItem('strokeLamsArm', { none: 0, drifts: 1, falls: 2 }),
    choiceItem('strokeLamsGrip', { normal: 0, weak: 1, none: 2 }),
  ],
);
