import type { AssessmentItems } from './item.ts';

export const neonateItems = {} as const satisfies AssessmentItems;
