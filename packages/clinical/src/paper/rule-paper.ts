import { parseExpression } from '../expression/parse.ts';
import type {
  FlagDefinition,
  RuleChange,
  RuleDefinition,
  RuleStatus,
  TermDefinition,
} from '../rules/rule-definition.ts';
import { factWords } from './fact-words.ts';
import { StatementSpeaker, type Outline, type TermWords } from './statement-words.ts';
import { languages, plain, specialtyWords, statusWords, tierWords, together, type Words } from './words.ts';

const usualHoldS = 30;

const said = (label: Words, text: Words): readonly string[] => [
  `- **${label.zh} ${label.en}**：${plain(text.zh)}`,
  `  ${plain(text.en)}`,
];

function linesOf({ line, parts }: Outline, indent: string): readonly string[] {
  return [`${indent}- ${plain(line)}`, ...parts.flatMap((part) => linesOf(part, `${indent}  `))];
}

/** A condition in both languages, laid out where it is long. */
export function statementLines(label: Words, text: string, terms: TermWords): readonly string[] {
  const node = parseExpression(text);
  const outlines = languages.map((language) => new StatementSpeaker(language, terms).outline(node));
  return [`- **${label.zh} ${label.en}**`, ...outlines.flatMap((outline) => linesOf(outline, '  '))];
}

const sourceLines = (source: string, status: RuleStatus, isChanged: boolean): readonly string[] => [
  `- **来源 Source**：${plain(source)}`,
  isChanged
    ? `- **状态 Status**：本院改动（原：${statusWords[status].zh}） changed by the site (was: ${statusWords[status].en})`
    : `- **状态 Status**：${together(statusWords[status])}`,
];

/** Who changed it, when, why, and what. */
export function changeLine({ ruleId, by, on, reason, isOff, ...made }: RuleChange): string {
  const what = isOff
    ? '停用 off'
    : (['tier', 'when', 'over', 'sustainedS', 'setsApartS'] as const)
        .filter((part) => made[part] !== undefined)
        .join(', ');
  return `${ruleId}：${what}；${plain(by)}，${on}：${plain(reason)}`;
}

function timeLines({ sustainedS = usualHoldS, setsApartS }: RuleDefinition): readonly string[] {
  const held = `- **持续 Held**：监护数值持续 ${sustainedS} 秒 monitored values for ${sustainedS} s`;
  if (setsApartS === undefined) return [held];
  return [
    held,
    `- **两组 Two sets**：间隔至少 ${setsApartS} 秒的两组均成立 true of two sets at least ${setsApartS} s apart`,
  ];
}

/** A rule as a clinician signs it. `change`: what a site made of it. */
export function ruleLines(rule: RuleDefinition, terms: TermWords, change: RuleChange | null): readonly string[] {
  const { id, version, name, meaning, when, over, asksWhile, score, specialty, tier } = rule;
  return [
    `#### ${id} ${plain(name.zh)} ${plain(name.en)}`,
    '',
    `- **${together(specialtyWords[specialty])}**，${together(tierWords[tier])}，版本 version ${version}`,
    ...said({ zh: '含义', en: 'Meaning' }, meaning),
    ...statementLines({ zh: '触发', en: 'Fires when' }, when, terms),
    ...(over === undefined ? [] : statementLines({ zh: '结束', en: 'Over when' }, over, terms)),
    ...timeLines(rule),
    ...(asksWhile === undefined
      ? []
      : statementLines({ zh: '缺项时询问', en: 'What is missing is asked while' }, asksWhile, terms)),
    ...(score === undefined ? [] : [`- **附评分 Quotes**：${plain(together(factWords(score)))}`]),
    ...sourceLines(rule.source, rule.status, change !== null),
    ...(change === null ? [] : [`- **本院改动 Site change**：${changeLine(change)}`]),
    '',
  ];
}

export const termLines = (
  { name, meaning, when, source, status }: TermDefinition,
  terms: TermWords,
): readonly string[] => [
  `#### ${plain(meaning.zh)} ${plain(meaning.en)}`,
  '',
  ...statementLines({ zh: '定义', en: 'Is' }, when, terms),
  ...sourceLines(source, status, false),
  `- ${plain(name)}`,
  '',
];

export const flagLines = (
  { code, specialties, name, when, source, status }: FlagDefinition,
  terms: TermWords,
): readonly string[] => [
  `#### ${plain(name.zh)} ${plain(name.en)}`,
  '',
  `- **随何警报 Travels with**：${specialties.map((one) => together(specialtyWords[one])).join('、')}`,
  ...statementLines({ zh: '成立', en: 'Holds when' }, when, terms),
  ...sourceLines(source, status, false),
  `- ${plain(code)}`,
  '',
];
