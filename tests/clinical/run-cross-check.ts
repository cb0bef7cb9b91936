import { crossCheck } from './cross-check.ts';
import { crossCheckText } from './cross-check-text.ts';

/** For scripts/clinical-cross-check.mjs. */
export function crossChecked(cases: number, seed: number): { readonly text: string; readonly isAgreed: boolean } {
  const result = crossCheck(cases, seed);
  return { text: crossCheckText(result), isAgreed: result.unknown.length === 0 };
}
