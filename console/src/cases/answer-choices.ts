import type { GivenInput, Picker } from './answers.ts';

export const promisedMinutes = [3, 5, 10, 15, 20] as const;
export const divertReasons = ['no-bed', 'room-occupied', 'team-away', 'equipment-down', 'beyond-capability'] as const;

export interface Choice {
  /** Also the digit that picks it. */
  readonly digit: number;
  readonly minutes: number | null;
  readonly reason: string | null;
}

export function choicesOf(picker: Picker): readonly Choice[] {
  if (picker === 'minutes')
    return promisedMinutes.map((minutes, index) => ({ digit: index + 1, minutes, reason: null }));
  return divertReasons.map((reason, index) => ({ digit: index + 1, minutes: null, reason }));
}

export const inputOf = (picker: Picker, choice: Choice): GivenInput => ({
  answer: picker === 'minutes' ? 'accept-in-minutes' : 'suggest-divert',
  minutes: choice.minutes,
  reason: choice.reason,
});
