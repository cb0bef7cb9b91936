import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaseEvent, RecordedEvent } from './case-event.ts';
import { foldAll, foldCase } from './case-fold.ts';
import { emptyCase } from './case-state.ts';
import { makesOwner } from './pre-alert.ts';
import { isOpenPreAlert, isRinging, ownerAnswer, PROMISED_STEP, type PreAlertState } from './pre-alert-state.ts';
import { boringTarget } from './testing/boring-clinical.ts';
import { caseId, deskIdOf, hospitalIdOf, preAlertIdOf, START_MS, targetIdOf } from './testing/boring-ids.ts';
import { event, nurse, recordedLog } from './testing/builders.ts';
import { hospitalAlone, interleaved } from './testing/two-writers.ts';

const [one, other] = [targetIdOf(1), targetIdOf(2)];
const raised = () =>
  event('pre-alert.raised', {
    targets: [boringTarget, { targetId: other, hospitalId: hospitalIdOf(2), deskId: deskIdOf(2) }],
  });
const answered = (
  targetId = one,
  answer: 'accept' | 'accept-in-minutes' | 'suggest-divert' | 'ask-consult' = 'accept',
) => event('pre-alert.answered', { targetId, answer, minutes: answer === 'accept-in-minutes' ? 10 : null });
const released = (targetId = one) => event('pre-alert.target-released', { targetId });
const promised = (targetId = one) => event('pre-alert.escalated', { targetId, step: PROMISED_STEP });
const cancelled = () => event('pre-alert.cancelled');

/** The one pre-alert after these events; it is raised at caseSeq 1, the n-th event after it at 1 + n seconds. */
function after(...events: CaseEvent[]): PreAlertState {
  const alert = foldAll(caseId, recordedLog([raised(), ...events])).preAlerts[preAlertIdOf(1)];
  if (!alert) throw new Error('nothing was raised');
  return alert;
}
const target = (alert: PreAlertState, id = one) => alert.targets[id]!;
const ringing = (alert: PreAlertState) =>
  Object.values(alert.targets)
    .filter((each) => isRinging(alert, each))
    .map((each) => each.targetId);

describe('owner', () => {
  test('raised: nobody owns it, every target rings', () => {
    const alert = after();
    expect(alert).toMatchObject({ ownerTargetId: null, cancelled: null, raisedAtMs: START_MS + 1_000 });
    expect(ringing(alert)).toEqual([one, other]);
    expect(ownerAnswer(alert)).toBeNull();
  });

  test('the first accept owns it and stops every target’s sound', () => {
    const alert = after(answered(other));
    expect(alert.ownerTargetId).toBe(other);
    expect(ringing(alert)).toEqual([]);
    expect(ownerAnswer(alert)).toMatchObject({ answer: 'accept', byName: nurse.name, target: { targetId: other } });
  });

  test('a later accept of another target does not take over, and is kept (L1, I10)', () => {
    const alert = after(answered(one), answered(other));
    expect(alert.ownerTargetId).toBe(one);
    expect(target(alert, other).answers).toMatchObject([{ answer: 'accept', atMs: START_MS + 3_000 }]);
    expect(ownerAnswer(alert)?.target.targetId).toBe(one);
  });

  test('releasing the owner’s target frees the alert and the other rings again (L10)', () => {
    const alert = after(answered(one), released(one));
    expect(alert.ownerTargetId).toBeNull();
    expect(ringing(alert)).toEqual([other]);
  });

  test('releasing another target leaves the owner', () => {
    expect(after(answered(one), released(other)).ownerTargetId).toBe(one);
  });

  test('after the release the next accept owns it', () => {
    expect(after(answered(one), released(one), answered(other)).ownerTargetId).toBe(other);
  });

  test('a released target cannot become owner by a late accept, which is kept', () => {
    const alert = after(released(one), answered(one));
    expect(alert.ownerTargetId).toBeNull();
    expect(target(alert).answers).toHaveLength(1);
  });

  test('suggest-divert and ask-consult make no owner and leave the target ringing', () => {
    for (const answer of ['suggest-divert', 'ask-consult'] as const) {
      const alert = after(answered(one, answer));
      expect(alert.ownerTargetId).toBeNull();
      expect(ringing(alert)).toEqual([one, other]);
    }
  });

  test('suggest-divert after accept does not give the patient up', () => {
    const alert = after(answered(one), answered(one, 'suggest-divert'));
    expect(alert.ownerTargetId).toBe(one);
    expect(ownerAnswer(alert)?.answer).toBe('accept');
  });
});

describe('accept in minutes', () => {
  test('owns and stops the sound', () => {
    const alert = after(answered(one, 'accept-in-minutes'));
    expect(ownerAnswer(alert)).toMatchObject({ answer: 'accept-in-minutes', minutes: 10 });
    expect(ringing(alert)).toEqual([]);
  });

  test('then accept: the same owner, the crew sees the accept, and the promise can no longer lapse', () => {
    const alert = after(answered(one, 'accept-in-minutes'), answered(one), promised());
    expect(alert.ownerTargetId).toBe(one);
    expect(ownerAnswer(alert)).toMatchObject({ answer: 'accept', atMs: START_MS + 3_000 });
    expect(target(alert).answers).toHaveLength(2);
    expect(ringing(alert)).toEqual([]);
  });

  test('lapsed: nobody owns it and the target rings again in a new cycle, counted from then', () => {
    const alert = after(answered(one, 'accept-in-minutes'), promised());
    expect(alert.ownerTargetId).toBeNull();
    expect(ringing(alert)).toEqual([one, other]);
    expect(target(alert)).toMatchObject({ ringCycle: 1, ringsFromMs: START_MS + 3_000 });
  });

  test('of a target that does not own it, lapsing changes no owner', () => {
    const alert = after(answered(one), answered(other, 'accept-in-minutes'), promised(other));
    expect(alert.ownerTargetId).toBe(one);
    expect(target(alert, other).ringCycle).toBe(0);
  });
});

describe('cancelled', () => {
  test('a late answer after the cancel keeps it cancelled, and is recorded (L3)', () => {
    const alert = after(cancelled(), answered(one));
    expect(alert.cancelled).toMatchObject({ reason: 'case-cancelled', atMs: START_MS + 2_000 });
    expect(isOpenPreAlert(alert)).toBe(false);
    expect(ringing(alert)).toEqual([]);
    expect(target(alert).answers).toHaveLength(1);
  });

  test('the first cancel stands', () => {
    const alert = after(cancelled(), event('pre-alert.cancelled', { reason: 'second-thought' }));
    expect(alert.cancelled?.reason).toBe('case-cancelled');
  });

  test('raising the same pre-alert again does not reopen it (E10, I11)', () => {
    expect(isOpenPreAlert(after(cancelled(), raised()))).toBe(false);
  });
});

describe('tier', () => {
  test('a rule raises and never lowers; a named person lowers', () => {
    const raise = (tier: 'level-1' | 'level-2' | 'advice') => event('pre-alert.tier-raised', { tier });
    expect(after(raise('advice')).tier).toBe('level-2');
    expect(after(raise('level-1'), raise('level-2')).tier).toBe('level-1');
    expect(after(raise('level-1'), event('pre-alert.tier-lowered', { tier: 'advice' })).tier).toBe('advice');
  });

  test('advice never rings', () => {
    expect(ringing(after(event('pre-alert.tier-lowered', { tier: 'advice' })))).toEqual([]);
  });
});

test('delivered, displayed, seen: the first of each stands, on its own target', () => {
  const steps = () => [event('pre-alert.delivered'), event('pre-alert.displayed'), event('pre-alert.seen')];
  const alert = after(...steps(), ...steps());
  expect(target(alert)).toMatchObject({
    deliveredAtMs: START_MS + 2_000,
    displayedAtMs: START_MS + 3_000,
    seen: { atMs: START_MS + 4_000, byName: nurse.name },
  });
  expect(target(alert, other)).toMatchObject({ deliveredAtMs: null, displayedAtMs: null, seen: null });
});

test('steps of a pre-alert or a target that was never raised change nothing', () => {
  const before = after();
  expect(after(answered(targetIdOf(9)), released(targetIdOf(9)), promised(targetIdOf(9)))).toEqual(before);
  expect(foldAll(caseId, recordedLog([answered(), cancelled(), event('team.activated')])).preAlerts).toEqual({});
});

test('team: activation reopens what was stood down', () => {
  const stoodDown = after(event('team.activated'), event('team.stood-down'));
  expect(isOpenPreAlert(stoodDown)).toBe(false);
  expect(stoodDown.teamActivated).not.toBeNull();
});

describe('in any life of a pre-alert', () => {
  const lives = hospitalAlone.map((hospital) => interleaved([], hospital, []));
  /** Each pair of states around one event, for every pre-alert. */
  const eachStep = (
    log: readonly RecordedEvent[],
    look: (before: PreAlertState, now: PreAlertState, step: RecordedEvent) => void,
  ) => {
    log.reduce((state, step) => {
      const next = foldCase(state, step);
      for (const before of Object.values(state.preAlerts)) look(before, next.preAlerts[before.preAlertId]!, step);
      return next;
    }, emptyCase(caseId));
  };
  const always = (look: Parameters<typeof eachStep>[1]) =>
    fc.assert(
      fc.property(lives, (log) => eachStep(log, look)),
      { numRuns: 400 },
    );

  test('an owner is a target that accepted and was not released (I10)', () =>
    always((_before, now) => {
      if (now.ownerTargetId === null) return;
      const owner = target(now, now.ownerTargetId);
      expect(owner.released).toBeNull();
      expect(owner.answers.some((given) => makesOwner(given.answer))).toBe(true);
    }));

  test('ownership never passes straight to another, and ends only by release or a lapsed promise (I10)', () =>
    always((before, now, step) => {
      if (before.ownerTargetId === null || before.ownerTargetId === now.ownerTargetId) return;
      expect(now.ownerTargetId).toBeNull();
      expect(['pre-alert.target-released', 'pre-alert.escalated']).toContain(step.envelope.type);
      expect(step.clinical).toMatchObject({ targetId: before.ownerTargetId });
    }));

  test('cancelled stays as it was cancelled; nothing written about a target is taken back (I7, I11)', () =>
    always((before, now) => {
      if (before.cancelled) expect(now.cancelled).toEqual(before.cancelled);
      for (const was of Object.values(before.targets)) {
        const is = target(now, was.targetId);
        expect(is.answers.slice(0, was.answers.length)).toEqual(was.answers);
        expect(is.escalations.slice(0, was.escalations.length)).toEqual(was.escalations);
        for (const once of ['deliveredAtMs', 'displayedAtMs', 'seen', 'released'] as const) {
          if (was[once] !== null) expect(is[once]).toEqual(was[once]);
        }
      }
    }));
});
