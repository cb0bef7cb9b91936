/** Three-valued logic (Kleene): a missing input is UNKNOWN, never FALSE (clinical.md 0.2). */
export type Criterion = 'TRUE' | 'FALSE' | 'UNKNOWN';

export const criterion = (value: boolean | null): Criterion => (value === null ? 'UNKNOWN' : value ? 'TRUE' : 'FALSE');

export function and(...criteria: readonly Criterion[]): Criterion {
  if (criteria.includes('FALSE')) return 'FALSE';
  return criteria.includes('UNKNOWN') ? 'UNKNOWN' : 'TRUE';
}

export function or(...criteria: readonly Criterion[]): Criterion {
  if (criteria.includes('TRUE')) return 'TRUE';
  return criteria.includes('UNKNOWN') ? 'UNKNOWN' : 'FALSE';
}

export const not = (value: Criterion): Criterion =>
  value === 'UNKNOWN' ? 'UNKNOWN' : value === 'TRUE' ? 'FALSE' : 'TRUE';
