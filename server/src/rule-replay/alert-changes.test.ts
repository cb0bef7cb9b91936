import { describe, expect, it } from 'vitest';
import { alertChanges } from './alert-changes.ts';
import type { ReplayedAlert } from './replay-case.ts';

const alert = (fromMs: number, toMs: number | null, more: Partial<ReplayedAlert> = {}): ReplayedAlert => ({
  ruleId: 'R',
  specialty: 'stroke',
  tier: 'level-2',
  fromMs,
  toMs,
  ...more,
});
const kinds = (before: readonly ReplayedAlert[], after: readonly ReplayedAlert[]) =>
  alertChanges(before, after).map(({ kind, alert: { fromMs } }) => `${kind} ${fromMs}`);

describe('two sets of alerts', () => {
  it('are the same where episodes meet, however much earlier or later they ring', () => {
    expect(kinds([alert(10, 50)], [alert(40, 90)])).toEqual([]);
    expect(kinds([alert(40, 90)], [alert(10, 40)])).toEqual([]);
    expect(kinds([alert(10, null)], [alert(900, null)])).toEqual([]);
  });

  it('differ where one has no counterpart', () => {
    expect(kinds([alert(10, 50)], [])).toEqual(['lost 10']);
    expect(kinds([], [alert(10, 50)])).toEqual(['gained 10']);
    expect(kinds([alert(10, 50)], [alert(51, 60)])).toEqual(['lost 10', 'gained 51']);
  });

  it('count every episode once', () => {
    expect(kinds([alert(10, 90)], [alert(10, 20), alert(60, 70)])).toEqual(['gained 60']);
    expect(kinds([alert(10, 20), alert(60, 70)], [alert(10, 90)])).toEqual(['lost 60']);
  });

  it('differ by rule and by desk', () => {
    expect(kinds([alert(10, 50)], [alert(10, 50, { ruleId: 'S' })])).toEqual(['lost 10', 'gained 10']);
    expect(kinds([alert(10, 50)], [alert(10, 50, { specialty: 'trauma' })])).toEqual(['lost 10', 'gained 10']);
  });

  it('say a tier that changed, with what it was', () => {
    expect(alertChanges([alert(10, 50)], [alert(12, 50, { tier: 'level-1' })])).toEqual([
      { kind: 'tier', alert: alert(12, 50, { tier: 'level-1' }), before: 'level-2' },
    ]);
  });
});
