import type { AssessmentItems } from './item.ts';

export const chestPainItems = {} as const satisfies AssessmentItems;
