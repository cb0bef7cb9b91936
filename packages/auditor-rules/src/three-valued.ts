/** What is not known is UNKNOWN, never FALSE and never normal (clinical.md 0.2). */
export type Verdict = 'TRUE' | 'FALSE' | 'UNKNOWN';

export const all = (...verdicts: readonly Verdict[]): Verdict => {
  if (verdicts.includes('FALSE')) return 'FALSE';
  return verdicts.includes('UNKNOWN') ? 'UNKNOWN' : 'TRUE';
};
export const any = (...verdicts: readonly Verdict[]): Verdict => {
  if (verdicts.includes('TRUE')) return 'TRUE';
  return verdicts.includes('UNKNOWN') ? 'UNKNOWN' : 'FALSE';
};
export const not = (verdict: Verdict): Verdict => {
  if (verdict === 'UNKNOWN') return 'UNKNOWN';
  return verdict === 'TRUE' ? 'FALSE' : 'TRUE';
};

/** An exclusion ("not in neonates") counts only when it is known: not knowing it must not keep an alert back. */
export const unlessKnown = (exclusion: Verdict): Verdict => (exclusion === 'TRUE' ? 'FALSE' : 'TRUE');
export const certainly = (verdict: Verdict): Verdict => (verdict === 'TRUE' ? 'TRUE' : 'FALSE');
export const verdictOf = (isSo: boolean | null): Verdict => {
  if (isSo === null) return 'UNKNOWN';
  return isSo ? 'TRUE' : 'FALSE';
};

/** A number as far as it is known; both ends inclusive. */
export interface Span {
  readonly least: number;
  readonly most: number;
}
export const unknownNumber: Span = { least: -Infinity, most: Infinity };
export const exactly = (value: number): Span => ({ least: value, most: value });
export const spanOf = (value: number | null): Span => (value === null ? unknownNumber : exactly(value));
export const isKnown = ({ least, most }: Span): boolean => least === most;

export const below = ({ least, most }: Span, limit: number): Verdict => {
  if (most < limit) return 'TRUE';
  return least >= limit ? 'FALSE' : 'UNKNOWN';
};
export const atMost = ({ least, most }: Span, limit: number): Verdict => {
  if (most <= limit) return 'TRUE';
  return least > limit ? 'FALSE' : 'UNKNOWN';
};
export const above = (span: Span, limit: number): Verdict => not(atMost(span, limit));
export const atLeast = (span: Span, limit: number): Verdict => not(below(span, limit));
/** Both ends inclusive. */
export const between = (span: Span, least: number, most: number): Verdict =>
  all(atLeast(span, least), atMost(span, most));
