import type { CaseEvent } from '@pentad/protocol/case-event';
import { hospitalIdOf, preAlertIdOf } from '@pentad/protocol/testing/boring-ids';
import { event } from '@pentad/protocol/testing/builders';
import { describe, expect, test } from 'vitest';
import { alertOf, caseAfter, makePlans, targetAt, written } from './planning.fixture.ts';
import { reactToFacts } from './react-to-facts.ts';

const opened = event('case.opened');
const requested = (some: Parameters<typeof event<'pre-alert.requested'>>[1] = {}) => event('pre-alert.requested', some);

function react(told: readonly CaseEvent[]) {
  const planner = makePlans().begin(caseAfter(told));
  reactToFacts(planner);
  return { events: written(planner), state: planner.state };
}

describe('a crew’s request', () => {
  test('E17: raises the pre-alert it asks for, once, with the crew’s press as its cause', () => {
    const { events, state } = react([opened, requested()]);
    expect(events).toEqual([
      expect.objectContaining({
        type: 'pre-alert.raised',
        specialty: 'chest-pain',
        tier: 'level-1',
        cause: { kind: 'crew', requestId: 'request-1' },
      }),
    ]);
    const planner = makePlans().begin(state);
    reactToFacts(planner);
    expect(written(planner)).toEqual([]);
  });

  test('goes to the hospital it names, else to the chosen destination', () => {
    expect(react([opened, requested({ hospitalId: hospitalIdOf(2) })]).events[0]).toHaveProperty(
      'targets.0.deskId',
      'desk-2',
    );
    const chosen = event('destination.chosen', { hospitalId: hospitalIdOf(2) });
    expect(react([opened, chosen, requested({ hospitalId: null })]).events[0]).toHaveProperty(
      'targets.0.deskId',
      'desk-2',
    );
  });

  test.each([
    ['its own specialty', opened, 'stroke', 'stroke'],
    ['the case’s, where it names none', opened, null, 'chest-pain'],
    ['emergency, where nobody names one: never none', event('case.opened', { specialty: null }), null, 'emergency'],
  ] as const)('is for %s', (_, opening, specialty, rings) => {
    expect(react([opening, requested({ specialty })]).events[0]).toHaveProperty('specialty', rings);
  });

  test('pressed again, more urgent, raises the tier of the open alert', () => {
    const told = [
      opened,
      requested({ requestId: 'request-1', tier: 'level-2' }),
      event('pre-alert.raised', { tier: 'level-2' }),
    ];
    const { events } = react([...told, requested({ requestId: 'request-2', tier: 'level-1' })]);
    expect(events).toEqual([expect.objectContaining({ type: 'pre-alert.tier-raised', tier: 'level-1' })]);
  });

  test('L3: answered by an alert that has since been cancelled does not ring again', () => {
    expect(react([opened, requested(), event('pre-alert.raised'), event('pre-alert.cancelled')]).events).toEqual([]);
  });

  test('E10: of a case that is over raises nothing', () => {
    expect(react([opened, event('case.cancelled'), requested()]).events).toEqual([]);
  });
});

test('a request and a new destination in one go end at the new desk', () => {
  const told = [
    opened,
    requested(),
    event('pre-alert.raised'),
    event('destination.chosen', { hospitalId: hospitalIdOf(2) }),
  ];
  const { state } = react(told);
  expect(targetAt(alertOf(state), 'desk-2').released).toBeNull();
  expect(targetAt(alertOf(state), 'desk-1').released).not.toBeNull();
});

describe('a case that is over', () => {
  test.each([
    ['cancelled', event('case.cancelled')],
    ['closed', event('case.progressed', { to: 'closed' })],
  ])('cancels its open pre-alerts when it is %s, each once', (_, end) => {
    const stroke = event('pre-alert.raised', { preAlertId: preAlertIdOf(2), specialty: 'stroke' });
    const { events, state } = react([opened, event('pre-alert.raised'), stroke, end]);
    expect(events).toEqual(
      [1, 2].map((n) => ({ type: 'pre-alert.cancelled', preAlertId: preAlertIdOf(n), reason: 'case-over' })),
    );
    const planner = makePlans().begin(state);
    reactToFacts(planner);
    expect(written(planner)).toEqual([]);
  });
});
