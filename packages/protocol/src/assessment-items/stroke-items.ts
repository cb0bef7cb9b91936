import type { AssessmentItems } from './item.ts';

export const strokeItems = {} as const satisfies AssessmentItems;
