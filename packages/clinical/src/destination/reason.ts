import type { Specialty } from '@pentad/protocol/center';
import * as v from 'valibot';
import words from '../../data/destination-reasons.json' with { type: 'json' };
import { Bilingual } from '../rules/rule-definition.ts';
import type { Ability, DestinationRules, Threat, Urgency } from './destination-definition.ts';

export type ReasonCode = keyof typeof words;

/** Why, as a code and its numbers; the wording is data. Minutes unless a name says otherwise. */
export interface Reason {
  readonly code: ReasonCode;
  readonly numbers: Readonly<Record<string, number>>;
  readonly abilities: readonly Ability[];
  readonly specialties: readonly Specialty[];
  readonly threat: Threat | null;
  readonly urgency: Urgency | null;
}

type ReasonDetails = Partial<Omit<Reason, 'code' | 'numbers'>>;

export const reason = (
  code: ReasonCode,
  numbers: Readonly<Record<string, number>> = {},
  details: ReasonDetails = {},
): Reason => ({ code, numbers, abilities: [], specialties: [], threat: null, urgency: null, ...details });

type Words = v.InferOutput<typeof Bilingual>;
const Wording = v.record(v.string(), Bilingual);
const wording = v.parse(Wording, words);

type Language = 'zh' | 'en';
const separator: Readonly<Record<Language, string>> = { zh: '、', en: ', ' };

/** At most one decimal, never a rounding that crosses a limit silently: 90.04 is shown as "90.1" against 90. */
const shown = (value: number): string => String(Math.ceil(Math.round(value * 1e6) / 1e5) / 10);

/** The sentence of a reason; a number it lacks is left as its placeholder, for a test to find. */
export function reasonText(one: Reason, language: Language, rules: DestinationRules): string {
  const listed = <T extends string>(codes: readonly T[], named: readonly { code: T; name: Words }[]) =>
    codes.map((code) => named.find((entry) => entry.code === code)?.name[language] ?? code).join(separator[language]);
  const texts: Readonly<Record<string, string>> = {
    abilities: listed(one.abilities, rules.abilities),
    specialties: listed(one.specialties, rules.specialties),
    threat: listed(one.threat ? [one.threat] : [], rules.threats),
    urgency: listed(one.urgency ? [one.urgency] : [], rules.urgencies),
  };
  const text = wording[one.code]?.[language] ?? one.code;
  return text.replaceAll(/\{(\w+)\}/g, (place, name: string) => {
    const number = one.numbers[name];
    return number === undefined ? (texts[name] ?? place) : shown(number);
  });
}
