import type { ReplayedAlert } from './replay-case.ts';

/** What another rule set makes of a case's alerts. */
export type AlertChange =
  | { readonly kind: 'gained' | 'lost'; readonly alert: ReplayedAlert }
  | { readonly kind: 'tier'; readonly alert: ReplayedAlert; readonly before: ReplayedAlert['tier'] };

const isOfOneDesk = (a: ReplayedAlert, b: ReplayedAlert): boolean =>
  a.ruleId === b.ruleId && a.specialty === b.specialty;

/** The two episodes have an instant in common. */
const meet = (a: ReplayedAlert, b: ReplayedAlert): boolean =>
  a.fromMs <= (b.toMs ?? Infinity) && b.fromMs <= (a.toMs ?? Infinity);

/**
 * An episode of one set and one of the other, of the same rule and specialty, are the same alert when they meet in time,
 * however much earlier or later it rings; each counts once. In the order of time.
 */
export function alertChanges(
  before: readonly ReplayedAlert[],
  after: readonly ReplayedAlert[],
): readonly AlertChange[] {
  const unmatched = [...after];
  const changes: AlertChange[] = [];
  for (const alert of before) {
    const at = unmatched.findIndex((other) => isOfOneDesk(alert, other) && meet(alert, other));
    const [same] = at < 0 ? [] : unmatched.splice(at, 1);
    if (!same) changes.push({ kind: 'lost', alert });
    else if (same.tier !== alert.tier) changes.push({ kind: 'tier', alert: same, before: alert.tier });
  }
  for (const alert of unmatched) changes.push({ kind: 'gained', alert });
  return changes.sort((a, b) => a.alert.fromMs - b.alert.fromMs);
}
