import { factsOf } from '../facts/picture-facts.ts';
import type { Picture } from '../picture.ts';
import { allScores } from './all-scores.ts';
import type { ScoreRange } from './score-range.ts';

/** The scores that are for this patient, by name, as far as anything of theirs is known; a ratio only when it is whole. */
export function shownScores(picture: Picture): Readonly<Record<string, ScoreRange>> {
  const facts = factsOf(picture);
  const shown = allScores
    .filter((score) => score.applies(facts) === 'TRUE')
    .filter((score) => score.reads.some((name) => facts.lacking(name).length === 0))
    .map((score) => [score.name, score.of(facts)] as const)
    .filter(([, { maximum }]) => Number.isFinite(maximum));
  return Object.fromEntries(shown);
}
