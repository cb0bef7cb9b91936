import type { AssessmentItems } from './item.ts';

export const traumaItems = {} as const satisfies AssessmentItems;
