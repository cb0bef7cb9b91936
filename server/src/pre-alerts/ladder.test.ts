import type { CaseEvent } from '@pentad/protocol/case-event';
import type { Tier } from '@pentad/protocol/pre-alert';
import { START_MS, targetIdOf } from '@pentad/protocol/testing/boring-ids';
import { event } from '@pentad/protocol/testing/builders';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alertOf, caseAfter, targetAt, type Told } from '../cases/planning.fixture.ts';
import { defaultLadder, notifiedBy, pendingSteps, REPEAT_STEP } from './ladder.ts';

const raised = (tier: Tier): CaseEvent => event('pre-alert.raised', { tier });
const fired = (step: string, round = 0): CaseEvent => event('pre-alert.escalated', { step, round });
const laterSteps = ['all-on-duty', 'second-channel', 'director-and-region', 'next-desk'];
const MINUTE_MS = 60_000;

function pendingAfter(told: readonly Told[], deskId = 'desk-1') {
  const alert = alertOf(caseAfter(told));
  return pendingSteps(defaultLadder, alert, targetAt(alert, deskId)).map(({ step, round, dueAtMs }) => [
    step,
    round,
    (dueAtMs - START_MS) / 1_000,
  ]);
}

describe('a ringing target has pending', () => {
  test.each([
    ['level-1', [30, 60, 120, 180]],
    ['level-2', [60, 120, 240, 360]],
  ] as const)('every later rung from its %s alert on, the alert itself left out', (tier, seconds) => {
    expect(pendingAfter([raised(tier)])).toEqual(laterSteps.map((step, index) => [step, 0, seconds[index]]));
  });

  test.each(laterSteps.map((step, index) => [step, laterSteps.slice(index + 1)] as const))(
    'no rung that has fired: after %s there are %j',
    (last, rest) => {
      const firedSoFar = laterSteps.slice(0, laterSteps.indexOf(last) + 1).map((step) => fired(step));
      const steps = pendingAfter([raised('level-1'), ...firedSoFar]).map(([step]) => step);
      expect(steps).toEqual(rest.length > 0 ? rest : [REPEAT_STEP]);
    },
  );

  test.each([
    ['level-1', 0, 240],
    ['level-1', 3, 420],
    ['level-2', 0, 480],
    ['level-2', 3, 840],
  ] as const)('L9: a %s round after the last rung, and again: %i rounds later at %i s', (tier, rounds, atSeconds) => {
    const factor = tier === 'level-1' ? 1 : 2;
    const repeats = Array.from({ length: rounds }, (_, round): Told => [
      (240 + 60 * round) * factor * 1_000,
      fired(REPEAT_STEP, round),
    ]);
    const all = [raised(tier), ...laterSteps.map((step) => fired(step)), ...repeats];
    expect(pendingAfter(all)).toEqual([[REPEAT_STEP, rounds, atSeconds]]);
  });

  test('the doubled times again when a named person lowers its tier, the shorter ones when it rises', () => {
    expect(pendingAfter([raised('level-1'), event('pre-alert.tier-lowered')])[0]).toEqual(['all-on-duty', 0, 60]);
    expect(pendingAfter([raised('level-2'), event('pre-alert.tier-raised')])[0]).toEqual(['all-on-duty', 0, 30]);
  });

  test('rungs counted from when it was itself added, not from when the alert was raised', () => {
    const added: Told = [180_000, event('pre-alert.target-added')];
    expect(pendingAfter([raised('level-1'), added], 'desk-2')[0]).toEqual(['all-on-duty', 0, 210]);
  });
});

describe('nothing is pending', () => {
  const other = event('pre-alert.target-added');
  test.each<[string, CaseEvent[]]>([
    ['for advice, which has no siren', [event('pre-alert.raised', { tier: 'advice' })]],
    ['once its desk has accepted', [raised('level-1'), event('pre-alert.answered')]],
    [
      'once another desk has accepted',
      [raised('level-1'), other, event('pre-alert.answered', { targetId: targetIdOf(2) })],
    ],
    ['once its target is released', [raised('level-1'), event('pre-alert.target-released')]],
    ['once the pre-alert is cancelled', [raised('level-1'), event('pre-alert.cancelled')]],
    ['once the team is stood down', [raised('level-1'), event('team.stood-down')]],
  ])('%s', (_, told) => {
    expect(pendingAfter(told)).toEqual([]);
  });
});

describe('"N minutes from now"', () => {
  const promise = event('pre-alert.answered', { answer: 'accept-in-minutes', minutes: 10 });
  const promised: Told = [MINUTE_MS, promise];
  const lapsed: Told = [11 * MINUTE_MS, fired('promised')];

  test('leaves one step pending: when the minutes are over', () => {
    expect(pendingAfter([raised('level-1'), promised])).toEqual([['promised', 0, 11 * 60]]);
  });

  test('is over with the acceptance', () => {
    expect(pendingAfter([raised('level-1'), promised, [2 * MINUTE_MS, event('pre-alert.answered')]])).toEqual([]);
  });

  test('said again counts from the last time it was said', () => {
    const again: Told = [5 * MINUTE_MS, event('pre-alert.answered', { answer: 'accept-in-minutes', minutes: 20 })];
    expect(pendingAfter([raised('level-1'), promised, again])).toEqual([['promised', 0, 25 * 60]]);
  });

  test('lapsed begins the whole ladder anew, under rounds of its own', () => {
    const before = laterSteps.slice(0, 2).map((step): Told => [MINUTE_MS, fired(step)]);
    const seconds = [30, 60, 120, 180].map((after) => 11 * 60 + after);
    expect(pendingAfter([raised('level-1'), ...before, promised, lapsed])).toEqual(
      laterSteps.map((step, index) => [step, 10_000, seconds[index]]),
    );
  });

  test('lapsed and given again lapses as another step', () => {
    const again: Told = [12 * MINUTE_MS, promise];
    expect(pendingAfter([raised('level-1'), promised, lapsed, again])).toEqual([['promised', 1, 22 * 60]]);
  });
});

test('I8: however long it rings and whatever lapses, no step and round is ever due twice, nor before the one before it', () => {
  const acts = fc.array(fc.constantFrom('fire', 'promise', 'tier'), { maxLength: 40 });
  fc.assert(
    fc.property(acts, (drawn) => {
      const told: Told[] = [raised('level-2')];
      const seen = new Set<string>();
      let nowMs = 0;
      for (const act of drawn) {
        const alert = alertOf(caseAfter(told));
        const next = pendingSteps(defaultLadder, alert, targetAt(alert, 'desk-1'))[0];
        if (act === 'promise')
          told.push([nowMs, event('pre-alert.answered', { answer: 'accept-in-minutes', minutes: 1 })]);
        else if (act === 'tier') told.push([nowMs, event('pre-alert.tier-raised')]);
        else if (next) {
          const key = `${next.step}/${next.round}`;
          expect(seen).not.toContain(key);
          seen.add(key);
          nowMs = Math.max(nowMs, next.dueAtMs - START_MS);
          told.push([nowMs, fired(next.step, next.round)]);
        }
      }
    }),
  );
});

test('every step says whom it calls: a repeat calls all, an unknown one the desk itself', () => {
  expect(notifiedBy(defaultLadder, 'director-and-region')).toEqual(['director', 'region']);
  expect(notifiedBy(defaultLadder, REPEAT_STEP)).toEqual([
    ...new Set(defaultLadder.steps.flatMap((rung) => rung.notifies)),
  ]);
  expect(notifiedBy(defaultLadder, 'promised')).toEqual(['duty-desk']);
});
