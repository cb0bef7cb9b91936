import type { AlertCounts, ChangedCase, ReplayReport } from '@pentad/server/rule-replay/replay-report';
import { textTable } from '../rule-sets/text-table.ts';

const shownChanges = 200;

const head = ['', '旧 old', '新 new', '增加 gained', '减少 lost', '级别变 tier', '病例 cases old', 'new'];
const rowOf = (name: string, counts: AlertCounts) => [
  name,
  counts.before,
  counts.after,
  counts.gained,
  counts.lost,
  counts.tierChanged,
  counts.casesBefore,
  counts.casesAfter,
];

const kinds = { gained: '+', lost: '-', tier: '~' } as const;
const lineOf = ({ kind, caseId, ruleId, specialty, tier, tierBefore, atMs }: ChangedCase): string[] => [
  kinds[kind],
  caseId,
  ruleId,
  specialty,
  tierBefore === null ? tier : `${tierBefore} > ${tier}`,
  new Date(atMs).toISOString(),
];

/** What a person reads: counts of each desk's specialty and rule, then the changed cases. Ids and instants alone. */
export function reportText({ against, rules, cases, total, byRule, bySpecialty, changes }: ReplayReport): string {
  const own = byRule.filter(({ before, after }) => before + after > 0);
  const silent = byRule.length - own.length;
  const shown = changes.slice(0, shownChanges);
  const parts = [
    `规则集 rule set ${rules}  对比 against ${against}  病例 cases ${cases}`,
    textTable([head, ...bySpecialty.map((each) => rowOf(each.specialty, each)), rowOf('合计 total', total)]),
    ...(own.length === 0 ? [] : [textTable([head, ...own.map((each) => rowOf(each.ruleId, each))])]),
    `  ${silent} 条规则两边都未触发 / rules that fired under neither`,
    changes.length === 0 ? '  没有变化 / nothing changed' : textTable(shown.map(lineOf)),
  ];
  if (shown.length < changes.length)
    parts.push(`  另有 ${changes.length - shown.length} 条 / more; --json 全部列出 / lists all`);
  return `${parts.join('\n\n')}\n`;
}
