/** Faults put into the product's surroundings on purpose: the checker must find each (mutation tests). */
export type PlantedBug =
  | 'lease-unchecked'
  | 'steps-kept-after-answer'
  | 'ack-before-commit'
  | 'receipt-before-commit'
  | 'event-guard-dropped'
  | 'step-guard-dropped'
  | 'feed-skips-a-number'
  | 'answer-forgets-the-op';
