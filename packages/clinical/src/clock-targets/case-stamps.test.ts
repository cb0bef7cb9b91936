import { emptyCase, type CaseState } from '@pentad/protocol/case-state';
import type { CaseId, DeskId, HospitalId, PreAlertId, TargetId } from '@pentad/protocol/ids';
import type { MilestoneCode, MilestoneStamp } from '@pentad/protocol/milestone';
import type { Answer } from '@pentad/protocol/pre-alert';
import type { PreAlertState } from '@pentad/protocol/pre-alert-state';
import { describe, expect, it } from 'vitest';
import { caseStamps } from './case-stamps.ts';

const stamp = (stampId: string, code: MilestoneCode, atMs: number, source: MilestoneStamp['source'] = 'crew') => ({
  stampId,
  code,
  atMs,
  source,
  errorMs: null,
  actorName: null,
});
const by = (atMs: number) => ({ atMs, byId: 'person', byName: null });
const answered = (answer: Answer, atMs: number) => ({ ...by(atMs), answer, minutes: null, reason: null });
const alert = (specialty: PreAlertState['specialty'], raisedAtMs: number, more: Partial<PreAlertState> = {}) => ({
  preAlertId: `alert-${raisedAtMs}` as PreAlertId,
  specialty,
  tier: 'level-1' as const,
  raisedAtMs,
  causes: [],
  targets: {
    t1: {
      targetId: 't1' as TargetId,
      hospitalId: 'hospital-1' as HospitalId,
      deskId: 'desk-1' as DeskId,
      addedAtMs: raisedAtMs,
      addedFor: 'raised',
      ringsFromMs: raisedAtMs,
      ringCycle: 1,
      deliveredAtMs: null,
      displayedAtMs: null,
      seen: by(raisedAtMs + 1),
      answers: [answered('suggest-divert', raisedAtMs + 5), answered('accept', raisedAtMs + 9)],
      released: null,
      escalations: [],
    },
  },
  ownerTargetId: null,
  cancelled: null,
  teamActivated: null,
  teamReady: null,
  stoodDown: null,
  ...more,
});
const caseWith = (
  stamps: readonly MilestoneStamp[],
  more: Partial<Pick<CaseState, 'preAlerts' | 'stampCorrections'>> = {},
): CaseState => ({
  ...emptyCase('01920000-0000-7000-8000-000000000001' as CaseId),
  stamps: Object.fromEntries(stamps.map((one) => [one.stampId, one])),
  ...more,
});

describe('the stamps of a case', () => {
  it('are the more trustworthy one, or the one a person chose', () => {
    const stamps = [stamp('a', 'T_DOOR', 100), stamp('b', 'T_DOOR', 200, 'gps')];
    expect(caseStamps(caseWith(stamps), 'stroke').T_DOOR).toBe(200);
    const stampCorrections = { T_DOOR: { stampId: 'a', occurredAtMs: 300 } };
    expect(caseStamps(caseWith(stamps, { stampCorrections }), 'stroke').T_DOOR).toBe(100);
  });

  it('take the gate for the door until somebody stamps the door', () => {
    const gate = stamp('g', 'T_GATE', 50, 'gps');
    expect(caseStamps(caseWith([gate]), 'stroke').T_DOOR).toBe(50);
    expect(caseStamps(caseWith([gate, stamp('d', 'T_DOOR', 60)]), 'stroke').T_DOOR).toBe(60);
    expect(caseStamps(caseWith([]), 'stroke').T_DOOR).toBeNull();
  });

  it('hold what the pre-alerts of this specialty did: accepted, not seen or answered otherwise', () => {
    const preAlerts = {
      a: alert('stroke', 1000, { teamActivated: by(2000), teamReady: by(3000) }),
      b: alert('trauma', 10),
    };
    expect(caseStamps(caseWith([], { preAlerts }), 'stroke')).toMatchObject({
      T_PREALERT: 1000,
      T_ACK: 1009,
      T_TEAM_ACT: 2000,
      T_TEAM_READY: 3000,
    });
    expect(caseStamps(caseWith([], { preAlerts }), 'maternal')).toMatchObject({ T_PREALERT: null, T_ACK: null });
  });

  it('a stamp of its own goes before what an alert says', () => {
    const preAlerts = { a: alert('stroke', 1000) };
    expect(caseStamps(caseWith([stamp('p', 'T_PREALERT', 900)], { preAlerts }), 'stroke').T_PREALERT).toBe(900);
  });
});
