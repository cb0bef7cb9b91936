import type { CaseEvent } from '@pentad/protocol/case-event';
import type { Finding } from '@pentad/protocol/pre-alert';
import { deskIdOf, findingIdOf, hospitalIdOf, targetIdOf } from '@pentad/protocol/testing/boring-ids';
import { boringFinding } from '@pentad/protocol/testing/boring-clinical';
import { event } from '@pentad/protocol/testing/builders';
import { desk } from '@pentad/protocol/testing/view-builders';
import { describe, expect, test } from 'vitest';
import { alertOf, caseAfter, makePlans, written } from '../cases/planning.fixture.ts';
import { county } from '../desks/county.fixture.ts';
import { Directory } from '../desks/directory.ts';
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

describe('a general rule for the emergency desk, with a specialty’s alert already open,', () => {
  const openAt = (tier: 'level-1' | 'level-2', deskNumber = 1) =>
    event('pre-alert.raised', {
      tier,
      targets: [{ targetId: targetIdOf(1), hospitalId: hospitalIdOf(deskNumber), deskId: deskIdOf(deskNumber) }],
    });
  const toFirst = event('destination.chosen', { hospitalId: hospitalIdOf(1) });

  test.each([
    ['level-1', 'level-1'],
    ['level-1', 'level-2'],
  ] as const)('is added to it as a reason where that same desk has it as %s and the rule is %s: one patient, one card', (tier, ruleTier) => {
    const { events } = actOn([opened, toFirst, openAt(tier)], [{ ...shock, tier: ruleTier }]);
    expect(events.map(({ type }) => type)).toEqual(['finding.raised', 'pre-alert.cause-added']);
  });

  test('rings by itself when it is more urgent', () => {
    const { events } = actOn([opened, toFirst, openAt('level-2')], [shock]);
    expect(events.map(({ type }) => type)).toEqual(['finding.raised', 'pre-alert.raised']);
  });

  test('rings by itself when another desk of the hospital is its emergency desk', () => {
    const [first] = county.hospitals;
    if (!first) throw new Error('no hospital');
    const triage = desk({ deskId: deskIdOf(9), hospitalId: first.hospitalId, serves: ['emergency'] });
    const chestPain = desk({ deskId: deskIdOf(1), hospitalId: first.hospitalId, serves: ['chest-pain'] });
    const directory = new Directory([{ ...first, desks: [triage, chestPain] }]);
    const planner = makePlans({ directory }).begin(caseAfter([opened, toFirst, openAt('level-1')]));
    actOnFindings(planner, { firing: [shock], quietRuleIds: [] });
    expect(written(planner).map(({ type }) => type)).toEqual(['finding.raised', 'pre-alert.raised']);
  });

  test('rings by itself when the other desk was released', () => {
    const { events } = actOn([opened, toFirst, openAt('level-1'), event('pre-alert.target-released')], [shock]);
    expect(events.map(({ type }) => type)).toEqual(['finding.raised', 'pre-alert.raised']);
  });

  test('rings by itself when that alert is over', () => {
    const { events } = actOn([opened, toFirst, openAt('level-1'), event('pre-alert.cancelled')], [shock]);
    expect(events.map(({ type }) => type)).toEqual(['finding.raised', 'pre-alert.raised']);
  });
});

test('a specialty’s rule is never hidden behind the emergency desk’s alert', () => {
  const emergency = event('pre-alert.raised', { specialty: 'emergency', tier: 'level-1' });
  const { events } = actOn([opened, emergency], [stemi]);
  expect(events.map(({ type }) => type)).toEqual(['finding.raised', 'pre-alert.raised']);
});
