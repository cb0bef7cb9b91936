import type { CaseEvent } from '@pentad/protocol/case-event';
import type { Finding } from '@pentad/protocol/pre-alert';
import { findingIdOf, hospitalIdOf } from '@pentad/protocol/testing/boring-ids';
import { openPreAlerts } from '@pentad/protocol/case-reading';
import { boringFinding } from '@pentad/protocol/testing/boring-clinical';
import { event } from '@pentad/protocol/testing/builders';
import { describe, expect, test } from 'vitest';
import { alertOf, caseAfter, makePlans, written } from '../cases/planning.fixture.ts';
import { actOnFindings, changesFindings } from './act-on-findings.ts';

const stemi: Finding = { ...boringFinding, tier: 'level-1' };
const shock: Finding = { ...boringFinding, ruleId: 'GEN-SHOCK', specialty: 'emergency', tier: 'level-1' };
const opened = event('case.opened');
const raised = event('finding.raised', { findingId: findingIdOf(1), finding: stemi });
const ended = event('finding.ended', { findingId: findingIdOf(1) });
const over = [event('case.cancelled'), event('case.progressed', { to: 'closed' })];

function actOn(told: readonly CaseEvent[], firing: readonly Finding[], quietRuleIds: readonly string[] = []) {
  const planner = makePlans().begin(caseAfter(told));
  actOnFindings(planner, { firing, quietRuleIds });
  return { events: written(planner), state: planner.state };
}

describe('a rule that fires', () => {
  test('appends its finding, then raises its specialty’s pre-alert for that finding at the destination', () => {
    const { events } = actOn([opened, event('destination.chosen', { hospitalId: hospitalIdOf(2) })], [stemi]);
    expect(events).toEqual([
      expect.objectContaining({ type: 'finding.raised', episode: 1, finding: stemi }),
      expect.objectContaining({ type: 'pre-alert.raised', specialty: 'chest-pain', tier: 'level-1' }),
    ]);
    expect(events[1]).toHaveProperty('cause', { kind: 'rule', findingId: events[0]?.['findingId'] });
    expect(events[1]).toHaveProperty('targets', [expect.objectContaining({ deskId: 'desk-2' })]);
  });

  test('L14: and fires on writes nothing more: one finding an episode', () => {
    expect(actOn([opened, raised], [stemi]).events).toEqual([]);
    expect(changesFindings(caseAfter([opened, raised]), { firing: [stemi], quietRuleIds: [] })).toBe(false);
  });

  test('L14: again after its episode ended is the next episode and adds its reason to the open alert', () => {
    const { events } = actOn([opened, raised, event('pre-alert.raised', { tier: 'level-1' }), ended], [stemi]);
    expect(events).toEqual([
      expect.objectContaining({ type: 'finding.raised', episode: 2 }),
      expect.objectContaining({ type: 'pre-alert.cause-added' }),
    ]);
  });

  test('with another one is a finding each', () => {
    const stroke: Finding = { ...stemi, ruleId: 'ST-FAST', specialty: 'stroke' };
    const { state } = actOn([opened], [stemi, stroke]);
    expect(Object.values(state.findings).map((entry) => [entry.finding.ruleId, entry.episode])).toEqual([
      ['CP-STEMI', 1],
      ['ST-FAST', 1],
    ]);
    expect(Object.keys(state.preAlerts)).toHaveLength(2);
  });

  test.each(over)('E10, L3: for a case that is over writes nothing: %#', (end) => {
    expect(actOn([opened, end], [stemi]).events).toEqual([]);
    expect(changesFindings(caseAfter([opened, end]), { firing: [stemi], quietRuleIds: [] })).toBe(false);
  });
});

describe('a rule that is quiet', () => {
  test('ends its open finding and leaves the alert as it is: an alert latches', () => {
    const { events, state } = actOn([opened, raised, event('pre-alert.raised')], [], ['CP-STEMI']);
    expect(events).toEqual([expect.objectContaining({ type: 'finding.ended', findingId: findingIdOf(1) })]);
    expect(alertOf(state).cancelled).toBeNull();
  });

  test('without an open finding writes nothing', () => {
    expect(actOn([opened, raised, ended], [], ['CP-STEMI', 'ST-FAST']).events).toEqual([]);
    expect(changesFindings(caseAfter([opened, raised, ended]), { firing: [], quietRuleIds: ['CP-STEMI'] })).toBe(false);
  });

  test('does not end what it never opened when another rule fires', () => {
    expect(changesFindings(caseAfter([opened, raised]), { firing: [], quietRuleIds: ['CP-STEMI'] })).toBe(true);
  });
});

test('a specialty’s rule is never hidden behind the emergency desk’s alert', () => {
  const emergency = event('pre-alert.raised', { specialty: 'emergency', tier: 'level-1' });
  const { state } = actOn([opened, emergency], [stemi]);
  expect(alertOf(state, 'chest-pain')).toMatchObject({ cancelled: null, ownerTargetId: null });
});

test('a general rule at a desk that already has the patient leaves one card open: its reason goes along', () => {
  const chestPain = event('pre-alert.raised', { tier: 'level-1' });
  const { state, events } = actOn([opened, event('destination.chosen'), chestPain], [shock]);
  expect(openPreAlerts(state).map((alert) => alert.specialty)).toEqual(['chest-pain']);
  expect(alertOf(state, 'chest-pain').causes).toContainEqual({ kind: 'rule', findingId: events[0]?.['findingId'] });
});
