interface Named {
  readonly zh: string;
  readonly en: string;
  /** How long an answer counts, min; without it until it is answered anew. */
  readonly lastsMin?: number;
}

/** One question of an assessment, as crews ask it: what it is called, and what may be answered. */
export type AssessmentItem =
  | (Named & { readonly kind: 'flag' })
  /** A whole number on a scale with points of its own. */
  | (Named & { readonly kind: 'scale'; readonly least: number; readonly most: number })
  /** A quantity in a UCUM unit, within the width of the instrument. */
  | (Named & { readonly kind: 'measure'; readonly unit: string; readonly least: number; readonly most: number })
  | (Named & { readonly kind: 'choice'; readonly options: Readonly<Record<string, { zh: string; en: string }>> });

export type AssessmentItems = Readonly<Record<string, AssessmentItem>>;

/** true/false, a number or a code; null = asked and not to be had. A name that is absent was not asked. */
export type ItemAnswer = boolean | number | string | null;

/** Whether an answer is one the item allows; null always is. */
export function isAnswerOf(item: AssessmentItem, answer: ItemAnswer): boolean {
  if (answer === null) return true;
  switch (item.kind) {
    case 'flag':
      return typeof answer === 'boolean';
    case 'scale':
      return typeof answer === 'number' && Number.isInteger(answer) && answer >= item.least && answer <= item.most;
    case 'measure':
      return typeof answer === 'number' && answer >= item.least && answer <= item.most;
    case 'choice':
      return typeof answer === 'string' && Object.hasOwn(item.options, answer);
  }
}
