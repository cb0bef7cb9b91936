import { alertEstimates, estimateOf } from '@pentad/clinical/rule-sets/alert-estimates';
import type { AlertRate } from '@pentad/server/rule-replay/alert-rates';
import { textTable } from '../rule-sets/text-table.ts';

/** How often the rules fired over one collection of cases. */
export interface MeasuredRates {
  readonly cases: number;
  /** Cases in which any rule fired. */
  readonly casesAlerted: number;
  /** Hours in which anything was measured. */
  readonly monitoredH: number;
  readonly rates: readonly AlertRate[];
}

export interface AlertBudget {
  readonly rules: string;
  /** null: no database was asked. */
  readonly stored: MeasuredRates | null;
  readonly recordings: MeasuredRates;
}

const expected = (ruleId: string): string => {
  const estimate = estimateOf(ruleId);
  if (!estimate) return '';
  const { rules, leastPercent, mostPercent, of } = estimate;
  const range = leastPercent === mostPercent ? `${leastPercent}` : `${leastPercent}-${mostPercent}`;
  return `${range} % ${of.zh} ${of.en}${rules.length > 1 ? `（合计 together ${rules.join(' ')}）` : ''}`;
};

const oneDecimal = (number: number | null | undefined): string =>
  number === null || number === undefined ? '-' : number.toFixed(1);

function summary(name: string, { cases, casesAlerted, monitoredH }: MeasuredRates): string {
  const share = cases === 0 ? null : (casesAlerted / cases) * 1000;
  return `  ${name}：病例 cases ${cases}，监护 monitored ${monitoredH.toFixed(1)} h，有警报 alerted ${casesAlerted}（每千例 per 1,000: ${oneDecimal(share)}）`;
}

/** What a person reads: a line for each rule that fired or of which something was expected. */
export function budgetText({ rules, stored, recordings }: AlertBudget): string {
  const head = [
    '规则 rule',
    '级别 tier',
    '科室 desk',
    '库存病例/千 stored per 1,000',
    '警报 alerts',
    '录制病例 recordings',
    '每小时 per h',
    '预估 estimate',
  ];
  const storedOf = new Map(stored?.rates.map((rate) => [rate.ruleId, rate]));
  const rows = recordings.rates.flatMap((own) => {
    const known = storedOf.get(own.ruleId);
    const estimate = expected(own.ruleId);
    if (own.alerts === 0 && !known?.alerts && estimate === '') return [];
    const perHour = recordings.monitoredH === 0 ? null : own.alerts / recordings.monitoredH;
    return [
      [
        own.ruleId,
        own.tier,
        own.specialty,
        oneDecimal(known?.casesPerThousand),
        known ? known.alerts : '-',
        `${own.cases}/${recordings.cases}`,
        oneDecimal(perHour),
        estimate,
      ],
    ];
  });
  const silent = recordings.rates.length - rows.length;
  return `${[
    `警报预算 alert budget  规则集 rule set ${rules}`,
    [
      stored ? summary('库存 stored', stored) : '  库存 stored：未连数据库 no database',
      summary('录制 recordings', recordings),
    ].join('\n'),
    textTable([head, ...rows]),
    `  另有 ${silent} 条规则未触发也无预估 / further rules did not fire and have no estimate`,
    `  预估 estimates: ${alertEstimates.source}`,
  ].join('\n\n')}\n`;
}
