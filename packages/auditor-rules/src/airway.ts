import { chose } from './answers.ts';
import type { PlainCase } from './plain-case.ts';
import { any, certainly, type Verdict } from './three-valued.ts';

/** Lost, helped or intubated, or no breathing at all (GEN-2). */
export const needsAirway = (plain: PlainCase): Verdict =>
  any(chose(plain, 'airway', 'assisted', 'intubated', 'lost'), certainly(chose(plain, 'breathing', 'absent')));
