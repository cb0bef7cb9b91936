import { parseExpression } from '../expression/parse.ts';
import { readBy } from '../expression/explain.ts';
import type { RuleDefinition, RuleSetDefinition, RuleStatus } from '../rules/rule-definition.ts';
import { allScores } from '../scores/all-scores.ts';
import { factWords } from './fact-words.ts';
import { changeLine, flagLines, ruleLines, termLines } from './rule-paper.ts';
import type { TermWords } from './statement-words.ts';
import { awaitsSignOff, plain, specialtyWords, statusWords, tierWords, together } from './words.ts';

const specialtyOrder = ['chest-pain', 'stroke', 'trauma', 'neonate', 'maternal', 'emergency', 'selected'] as const;
const tierOrder = ['level-1', 'level-2', 'advice'] as const;
const statuses = Object.keys(statusWords) as readonly RuleStatus[];

const row = (...cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

const head = (version: string): readonly string[] => [
  `# 临床规则 Clinical rules：${version}`,
  '',
  '本文件由 `npm run clinical-rules` 从规则数据生成，请勿手改。',
  'Written from the rules as data by `npm run clinical-rules`; not to be edited.',
  '',
  '读法：条件只有三种结果：成立、不成立、未知。未知既不算正常也不算异常，规则不因未知而响铃，只向车组询问缺项；',
  '“确知”表示未知按不成立算，“X：否”表示已问且答否。「」内是本文件“名词”一节里另行定义的条件。数值超过时效（监护数值 60 秒、',
  '手工数值 10 分钟、血压 15 分钟、体温 60 分钟）即为未知。',
  '',
  'How to read: a condition is true, false or unknown. Unknown is neither good nor bad: a rule does not ring for it, the crew is',
  'asked. "certainly" counts unknown as false; "X: no" means asked and answered no. Quoted conditions are defined under Terms. A',
  'reading past its term (monitored 60 s, by hand 10 min, pressure 15 min, temperature 60 min) is unknown.',
  '',
];

interface Signed {
  readonly kind: string;
  readonly status: RuleStatus;
  /** As the list names it: a rule by its id, all else by what it is called. */
  readonly named: string;
}

function signedOf({ terms, rules, flags }: RuleSetDefinition): readonly Signed[] {
  return [
    ...rules.map(({ id, specialty, status }) => ({ kind: together(specialtyWords[specialty]), status, named: id })),
    ...terms.map(({ meaning, status }) => ({ kind: '名词 Terms', status, named: meaning.zh })),
    ...flags.map(({ name, status }) => ({ kind: '标记 Flags', status, named: name.zh })),
    ...allScores.map(({ zh, status }) => ({ kind: '评分 Scores', status, named: zh })),
  ];
}

/** The first thing a clinician sees: what nobody has signed yet. */
function signOffLines(definition: RuleSetDefinition): readonly string[] {
  const signed = signedOf(definition);
  const count = (kind: string | null, status: RuleStatus): number =>
    signed.filter((one) => (kind === null || one.kind === kind) && one.status === status).length;
  const kinds = [
    ...new Set(specialtyOrder.map((one) => together(specialtyWords[one]))),
    '名词 Terms',
    '标记 Flags',
    '评分 Scores',
  ].filter((kind) => signed.some((one) => one.kind === kind));
  const ruleCount = definition.rules.length;
  const waiting = definition.rules.filter(({ status }) => awaitsSignOff(status)).length;
  return [
    '## 待签署 Awaiting sign-off',
    '',
    `${ruleCount} 条规则中 ${waiting} 条待临床签署。`,
    `Of ${ruleCount} rules ${waiting} await a clinician's sign-off.`,
    '',
    row('', ...statuses.map((status) => together(statusWords[status]))),
    row('---', ...statuses.map(() => '---:')),
    ...kinds.map((kind) => row(kind, ...statuses.map((status) => count(kind, status)))),
    row('合计 Total', ...statuses.map((status) => count(null, status))),
    '',
    ...kinds.flatMap((kind) => {
      const waits = signed.filter((one) => one.kind === kind && awaitsSignOff(one.status));
      return waits.length === 0 ? [] : [`- ${kind}：${waits.map(({ named }) => plain(named)).join('、')}`];
    }),
    '',
  ];
}

function changeLines({ siteChanges = [] }: RuleSetDefinition): readonly string[] {
  if (siteChanges.length === 0) return [];
  return ['## 本院改动 Changed by the site', '', ...siteChanges.map((change) => `- ${changeLine(change)}`), ''];
}

function chapterLines({ rules, siteChanges = [] }: RuleSetDefinition, terms: TermWords): readonly string[] {
  const changeOf = (rule: RuleDefinition) => siteChanges.find(({ ruleId }) => ruleId === rule.id) ?? null;
  return specialtyOrder.flatMap((specialty) => {
    const own = rules.filter((rule) => rule.specialty === specialty);
    if (own.length === 0) return [];
    const tiers = tierOrder.flatMap((tier) => {
      const ofTier = own.filter((rule) => rule.tier === tier);
      if (ofTier.length === 0) return [];
      return [
        `### ${together(tierWords[tier])}`,
        '',
        ...ofTier.flatMap((rule) => ruleLines(rule, terms, changeOf(rule))),
      ];
    });
    return [`## ${together(specialtyWords[specialty])}`, '', ...tiers];
  });
}

const scoreLines = (): readonly string[] => [
  '## 评分 Scores',
  '',
  ...allScores.flatMap((score) => [
    `#### ${plain(score.zh)} ${plain(score.en)}`,
    '',
    `- **计入 Counts**：${plain(score.reads.map((name) => together(factWords(name))).join('；'))}`,
    `- **屏幕 Screen**：${score.isLeading ? '首屏 shown by itself' : '更多评分 behind "more scores"'}`,
    `- **来源 Source**：${plain(score.source)}`,
    `- **状态 Status**：${together(statusWords[score.status])}`,
    `- ${plain(score.name)}`,
    '',
  ]),
];

/** Every quantity the rules read, so that a number on paper has its unit. */
function unitLines({ terms, rules, flags }: RuleSetDefinition): readonly string[] {
  const texts = [...terms, ...rules, ...flags].map(({ when }) => when);
  const names = new Set(texts.flatMap((text) => readBy(parseExpression(text))));
  const measured = [...names].map(factWords).filter(({ unit }) => unit !== null);
  return [
    '## 单位 Units',
    '',
    row('数值 Quantity', '单位 Unit'),
    row('---', '---'),
    ...measured.map((words) => row(plain(together(words)), words.unit ? together(words.unit) : '')),
    '',
  ];
}

/**
 * A rule set as a clinician reads it, Markdown: what awaits sign-off first, a site's changes, the rules by specialty and
 * tier, then terms, flags, scores and units. The definition is one that can be loaded. Pure: the same data, the same text.
 */
export function ruleSetPaper(definition: RuleSetDefinition): string {
  const terms: TermWords = new Map(definition.terms.map(({ name, meaning }) => [name, meaning]));
  const lines = [
    ...head(definition.version),
    ...signOffLines(definition),
    ...changeLines(definition),
    ...chapterLines(definition, terms),
    '## 名词 Terms',
    '',
    ...definition.terms.flatMap((term) => termLines(term, terms)),
    '## 标记 Flags',
    '',
    ...definition.flags.flatMap((flag) => flagLines(flag, terms)),
    ...scoreLines(),
    ...unitLines(definition),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}
