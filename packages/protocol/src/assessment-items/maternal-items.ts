import type { AssessmentItems } from './item.ts';

export const maternalItems = {} as const satisfies AssessmentItems;
