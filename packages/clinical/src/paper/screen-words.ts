import { allScores } from '../scores/all-scores.ts';
import { factKinds } from '../facts/fact-names.ts';
import { itemNamed } from '@pentad/protocol/assessment-items';
import type { RuleSetDefinition } from '../rules/rule-definition.ts';
import { factWords } from './fact-words.ts';
import type { Words } from './words.ts';

type Lang = 'zh' | 'en';
type WordsByCode = Readonly<Record<string, string>>;

/** What screens call the codes of findings, in one language. Answers of the crew have their words in the protocol. */
export interface ScreenWords {
  readonly rule: WordsByCode;
  readonly flag: WordsByCode;
  readonly score: WordsByCode;
  readonly fact: WordsByCode;
}

export function screenWords({ rules, flags }: RuleSetDefinition, lang: Lang): ScreenWords {
  const facts = [...factKinds.keys()].filter((name) => !itemNamed(name));
  const words = (pairs: readonly (readonly [string, Words])[]): WordsByCode =>
    Object.fromEntries(pairs.map(([code, each]) => [code, each[lang]]));
  return {
    rule: words(rules.map(({ id, name }) => [id, name])),
    flag: words(flags.map(({ code, name }) => [code, name])),
    score: words(allScores.map((score) => [score.name, score])),
    fact: words(facts.map((name) => [name, factWords(name)])),
  };
}
