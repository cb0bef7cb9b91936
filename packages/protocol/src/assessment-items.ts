import * as v from 'valibot';
import { chestPainItems } from './assessment-items/chest-pain-items.ts';
import { anyPatientItems } from './assessment-items/any-patient-items.ts';
import { isAnswerOf, type AssessmentItem, type AssessmentItems } from './assessment-items/item.ts';
import { maternalItems } from './assessment-items/maternal-items.ts';
import { neonateItems } from './assessment-items/neonate-items.ts';
import { strokeItems } from './assessment-items/stroke-items.ts';
import { traumaItems } from './assessment-items/trauma-items.ts';

/** Every question of the assessment, by name. A name is never given a second meaning: stored answers keep theirs. */
export const assessmentItems: AssessmentItems = {
  ...anyPatientItems,
  ...chestPainItems,
  ...strokeItems,
  ...traumaItems,
  ...neonateItems,
  ...maternalItems,
};

export const itemNamed = (name: string): AssessmentItem | undefined =>
  Object.hasOwn(assessmentItems, name) ? assessmentItems[name] : undefined;

const Answer = v.nullable(v.union([v.boolean(), v.pipe(v.number(), v.finite()), v.pipe(v.string(), v.maxLength(64))]));

/**
 * Answers by item name. A known item takes only its own answers (`item.answer`); a name this version does not know is
 * kept, and skipped by fold and rules.
 */
export const ItemAnswers = v.pipe(
  v.record(v.pipe(v.string(), v.regex(/^[a-z][A-Za-z0-9]{0,47}$/)), Answer),
  v.maxEntries(128),
  v.check(
    (answers) =>
      Object.entries(answers).every(([name, answer]) => {
        const item = itemNamed(name);
        return !item || isAnswerOf(item, answer);
      }),
    'item.answer',
  ),
);
export type ItemAnswers = v.InferOutput<typeof ItemAnswers>;
