import { foldCase } from '@pentad/protocol/case-fold';
import type { CaseState } from '@pentad/protocol/case-state';
import {
  caseId,
  deskIdOf,
  hospitalIdOf,
  preAlertIdOf,
  START_MS,
  targetIdOf,
  vehicle,
} from '@pentad/protocol/testing/boring-ids';
import { event, recorded } from '@pentad/protocol/testing/builders';
import type { CaseEvent } from '@pentad/protocol/case-event';
import { hospitalAlone } from '@pentad/protocol/testing/two-writers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultLadder } from '../pre-alerts/ladder.ts';
import type { CasePlan } from './case-planner.ts';
import { projectCase } from './case-projection.ts';
import { caseAfter, type Told } from './planning.fixture.ts';

const opened = event('case.opened');
const raised = event('pre-alert.raised', { tier: 'level-1' });
const second = { targetId: targetIdOf(2), hospitalId: hospitalIdOf(2), deskId: deskIdOf(2) };
const parallel = event('pre-alert.target-added', { target: second, reason: 'ladder' });
const over = event('case.cancelled');

/** What the tables must hold when `added` is written to a case that stood after `told`. */
function projectionOf(told: readonly Told[], added: readonly CaseEvent[]) {
  const before = caseAfter(told);
  const after = added.reduce<CaseState>((state, fact) => foldCase(state, recorded(fact, state.caseSeq + 1)), before);
  const plan: CasePlan = { before, after, events: [] };
  return projectCase(plan, defaultLadder);
}

describe('access', () => {
  test('is given to the center of each new target, whatever adds it', () => {
    expect(projectionOf([opened], [raised]).access).toEqual([{ hospitalId: 'hospital-1', specialty: 'chest-pain' }]);
    expect(projectionOf([opened, raised], [parallel]).access).toEqual([
      { hospitalId: 'hospital-2', specialty: 'chest-pain' },
    ]);
  });

  test('is given once: what changes later gives none', () => {
    expect(projectionOf([opened, raised], [event('pre-alert.seen'), event('pre-alert.answered')]).access).toEqual([]);
  });
});

describe('topics', () => {
  test('of a case without a pre-alert are the region, the case and its vehicle', () => {
    expect(projectionOf([], [opened]).topics).toEqual(['region', `case:${caseId}`, `vehicle:${vehicle}`]);
    const walkIn = event('case.opened', { vehicle: null, origin: 'walk-in' });
    expect(projectionOf([], [walkIn]).topics).toEqual(['region', `case:${caseId}`]);
  });

  test('are those of every desk and center ever asked, so that a released desk sees the end', () => {
    const told = [opened, raised, parallel, event('pre-alert.target-released')];
    const { topics } = projectionOf(told, [event('pre-alert.answered', { targetId: targetIdOf(2) })]);
    expect(topics).toEqual(
      expect.arrayContaining([
        'desk:desk-1',
        'desk:desk-2',
        'center:hospital-1.chest-pain',
        'center:hospital-2.chest-pain',
      ]),
    );
  });

  test('never name who the patient is', () => {
    for (const topic of projectionOf([opened, raised], [over]).topics) expect(topic).toMatch(/^[a-z]+(:[a-z0-9.-]+)?$/);
  });
});

describe('targets', () => {
  test('ring with their whole ladder pending until one is answered, then none does', () => {
    const [ringing] = projectionOf([opened], [raised]).targets;
    expect(ringing).toMatchObject({ deskId: 'desk-1', isOwner: false, isRinging: true });
    expect(ringing?.pending.map(({ step, dueAtMs }) => [step, dueAtMs - START_MS])).toEqual([
      ['all-on-duty', 32_000],
      ['second-channel', 62_000],
      ['director-and-region', 122_000],
      ['next-desk', 182_000],
    ]);
    const answered = projectionOf([opened, raised, parallel], [event('pre-alert.answered')]).targets;
    expect(answered.map(({ isOwner, isRinging, pending }) => ({ isOwner, isRinging, pending }))).toEqual([
      { isOwner: true, isRinging: false, pending: [] },
      { isOwner: false, isRinging: false, pending: [] },
    ]);
  });

  test('say which steps have fired and when', () => {
    const { targets } = projectionOf([opened, raised], [event('pre-alert.escalated', { step: 'all-on-duty' })]);
    expect(targets[0]?.fired).toEqual([
      expect.objectContaining({ step: 'all-on-duty', round: 0, firedAtMs: START_MS + 3_000 }),
    ]);
    expect(targets[0]?.pending.map(({ step }) => step)).not.toContain('all-on-duty');
  });

  test('L3: withdraw every step when the case is over, of every alert, touched or not', () => {
    const stroke = event('pre-alert.raised', { preAlertId: preAlertIdOf(2), specialty: 'stroke', targets: [second] });
    const { targets, preAlerts } = projectionOf([opened, raised, stroke], [over]);
    expect(targets.map(({ isRinging, pending }) => ({ isRinging, pending }))).toEqual(
      Array(2).fill({ isRinging: false, pending: [] }),
    );
    expect(preAlerts.map(({ isOpen }) => isOpen)).toEqual([false, false]);
  });

  test('of alerts that did not change are not written again', () => {
    const { targets, preAlerts } = projectionOf([opened, raised], [event('patient.described')]);
    expect([targets, preAlerts]).toEqual([[], []]);
  });
});

test('I10: whatever happens in whatever order, a pre-alert has one owner at most, it is a target of its own, and it does not ring', () => {
  fc.assert(
    fc.property(hospitalAlone, (acts) => {
      let state = caseAfter([opened]);
      for (const { event: act, recordedAtMs } of acts) {
        const after = foldCase(state, recorded(act, state.caseSeq + 1, recordedAtMs));
        const { targets, preAlerts } = projectCase({ before: state, after, events: [] }, defaultLadder);
        for (const { alert } of preAlerts) {
          const own = targets.filter((target) => target.preAlertId === alert.preAlertId);
          expect(own.filter((target) => target.isOwner).length).toBeLessThanOrEqual(1);
          if (own.some((target) => target.isOwner)) expect(own.some((target) => target.isRinging)).toBe(false);
        }
        state = after;
      }
    }),
    { numRuns: 60 },
  );
});

test('I6: a target rings only with a step pending that will call the next', () => {
  fc.assert(
    fc.property(hospitalAlone, (acts) => {
      let state = caseAfter([opened]);
      for (const { event: act, recordedAtMs } of acts) {
        const after = foldCase(state, recorded(act, state.caseSeq + 1, recordedAtMs));
        const { targets } = projectCase({ before: state, after, events: [] }, defaultLadder);
        for (const target of targets) if (target.isRinging) expect(target.pending).not.toEqual([]);
        state = after;
      }
    }),
    { numRuns: 60 },
  );
});
