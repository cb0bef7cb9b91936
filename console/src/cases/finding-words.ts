import type { CaseView } from '@pentad/protocol/case-view';
import type { CaseFinding } from '@pentad/ui/case-parts';
import { formatTime } from '@pentad/ui/format';
import type { Locale } from '@pentad/ui/locale';
import { isHigher, priorityOf } from '@pentad/ui/priority';
import { tileOfInput, type TileFlags } from '@pentad/ui/vital-words';

type Input = CaseFinding['finding']['inputs'][number];

function valueWords(value: Input['value'], locale: Locale): string {
  if (value === null) return '—';
  if (typeof value === 'boolean') return locale.t(value ? 'value.yes' : 'value.no');
  if (typeof value === 'number') return String(Math.round(value * 100) / 100);
  const words = locale.label('value', value);
  return words === value ? locale.label('complaint', value) : words;
}

/** UCUM codes as they are read at a bedside; a code not listed is shown as it came. */
const unitWords: Readonly<Record<string, string>> = { 'mm[Hg]': 'mmHg', Cel: '℃' };

/** Value, unit and the instant it was measured stay together. */
export function inputWords(input: Input, locale: Locale): string {
  const unit = input.unit === null || input.unit === '' ? '' : ` ${unitWords[input.unit] ?? input.unit}`;
  const at = input.measuredAtMs === null ? '' : ` ${formatTime(input.measuredAtMs)}`;
  return `${locale.label('input', input.name)} ${valueWords(input.value, locale)}${unit}${at}`;
}

export const basisWords = (finding: CaseFinding, locale: Locale): string =>
  finding.finding.inputs.map((input) => inputWords(input, locale)).join(locale.t('list.comma'));

export const missingWords = (finding: CaseFinding, locale: Locale): string =>
  finding.finding.missing.map((name) => locale.label('input', name)).join(locale.t('list.comma'));

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
