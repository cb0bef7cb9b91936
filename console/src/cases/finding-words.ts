import { itemNamed } from '@pentad/protocol/assessment-items';
import type { CaseView } from '@pentad/protocol/case-view';
import type { CaseFinding } from '@pentad/ui/case-parts';
import { formatTime } from '@pentad/ui/format';
import type { Locale } from '@pentad/ui/locale';
import { isHigher, priorityOf } from '@pentad/ui/priority';
import { tileOfInput, type TileFlags } from '@pentad/ui/vital-words';

type Input = CaseFinding['finding']['inputs'][number];

const nameWords = (name: string, locale: Locale): string => {
  const item = itemNamed(name);
  return item ? locale.pick(item.zh, item.en) : locale.label('input', name);
};

function valueWords({ name, value }: Input, locale: Locale): string {
  if (value === null) return '—';
  if (typeof value === 'boolean') return locale.t(value ? 'value.yes' : 'value.no');
  if (typeof value === 'number') return String(Math.round(value * 100) / 100);
  const item = itemNamed(name);
  const option = item?.kind === 'choice' ? item.options[value] : undefined;
  if (option) return locale.pick(option.zh, option.en);
  const words = locale.label('value', value);
  return words === value ? locale.label('complaint', value) : words;
}

/** UCUM codes as they are read at a bedside; a code not listed is shown as it came. */
const unitWords: Readonly<Record<string, string>> = { 'mm[Hg]': 'mmHg', Cel: '℃' };

/** Value, unit and the instant it was measured stay together. */
export function inputWords(input: Input, locale: Locale): string {
  const unit = input.unit === null || input.unit === '' ? '' : ` ${unitWords[input.unit] ?? input.unit}`;
  const at = input.measuredAtMs === null ? '' : ` ${formatTime(input.measuredAtMs)}`;
  return `${nameWords(input.name, locale)} ${valueWords(input, locale)}${unit}${at}`;
}

export const basisWords = (finding: CaseFinding, locale: Locale): string =>
  finding.finding.inputs.map((input) => inputWords(input, locale)).join(locale.t('list.comma'));

export const missingWords = (finding: CaseFinding, locale: Locale): string =>
  finding.finding.missing.map((name) => nameWords(name, locale)).join(locale.t('list.comma'));

/** Remarks that travel with the alert. */
export const flagWords = (finding: CaseFinding, locale: Locale): readonly string[] =>
  (finding.finding.flags ?? []).map((code) => locale.label('flag', code));

export function scoreWords(finding: CaseFinding, locale: Locale): string | null {
  const { score } = finding.finding;
  if (!score) return null;
  const name = locale.label('score', score.name);
  return score.minimum === score.maximum ? `${name} ${score.minimum}` : `${name} ${score.minimum}–${score.maximum}`;
}

/** Standing findings, the most urgent first, then in the order they came. */
export function standingFindings(view: CaseView): readonly CaseFinding[] {
  return view.findings
    .filter((each) => !each.isEnded)
    .sort((a, b) => {
      const [first, second] = [priorityOf[a.finding.tier], priorityOf[b.finding.tier]];
      if (first !== second) return isHigher(first, second) ? -1 : 1;
      return a.raisedAtMs - b.raisedAtMs;
    });
}

/** Which tiles a standing finding rests on. The console judges no value by itself. */
export function tileFlags(view: CaseView): TileFlags {
  const flags: TileFlags = {};
  for (const each of standingFindings(view)) {
    for (const input of each.finding.inputs) {
      const tile = tileOfInput(input.name);
      const priority = priorityOf[each.finding.tier];
      if (tile && (flags[tile] === undefined || isHigher(priority, flags[tile]))) flags[tile] = priority;
    }
  }
  return flags;
}

export const isUnstable = (view: CaseView): boolean =>
  view.findings.some((each) => !each.isEnded && each.finding.tier === 'level-1');
