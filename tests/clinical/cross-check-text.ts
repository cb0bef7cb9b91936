import type { PlainCase } from '@pentad/auditor-rules/plain-case';
import type { CrossCheck } from './cross-check.ts';

/** Only what is answered. */
export function answeredOnly(plain: PlainCase): string {
  const some = (record: object): object =>
    Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));
  const { items, vitals, patient, ...rest } = plain;
  return JSON.stringify({ ...some(rest), patient: some(patient), vitals: some(vitals), items });
}

export function crossCheckText({ cases, seed, agreeing, known, unknown }: CrossCheck): string {
  return [
    `${cases} cases from seed ${seed}: ${agreeing} agree in every row, tier and score`,
    ...known.map(({ name, count }) => `  known, ${count} x  ${name}`),
    ...unknown.map(
      ({ kind, count, firstSeed, smallest }) =>
        `✗ ${count} x  ${kind}\n    first at seed ${firstSeed}: ${answeredOnly(smallest)}`,
    ),
    '',
  ].join('\n');
}
