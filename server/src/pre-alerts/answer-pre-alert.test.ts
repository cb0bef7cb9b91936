import type { CaseEvent } from '@pentad/protocol/case-event';
import type { AnswerInput } from '@pentad/protocol/http-api';
import type { PreAlertState } from '@pentad/protocol/pre-alert-state';
import {
  caseId,
  caseIdOf,
  deskIdOf,
  hospitalIdOf,
  preAlertIdOf,
  START_MS,
  targetIdOf,
} from '@pentad/protocol/testing/boring-ids';
import { event } from '@pentad/protocol/testing/builders';
import { describe, expect, test } from 'vitest';
import { MemoryCaseUnits } from '../cases/memory-case-units.fixture.ts';
import { alertOf, caseAfter, makePlans, targetAt, typesOf } from '../cases/planning.fixture.ts';
import type { StaffActor } from '../platform/actor.ts';
import { DomainError } from '../platform/errors.ts';
import { FakeTime } from '../platform/fake-time.fixture.ts';
import {
  auditor,
  dispatcher,
  nurse,
  otherNurse,
  secondNurse,
  specialist,
  staffMember,
  supervisor,
} from '../platform/staff.fixture.ts';
import { answerPreAlert, markSeen, type OnTarget } from './answer-pre-alert.ts';

const secondTarget = { targetId: targetIdOf(2), hospitalId: hospitalIdOf(2), deskId: deskIdOf(2) };
const open = [event('case.opened'), event('pre-alert.raised', { tier: 'level-1' })];
const inParallel = [...open, event('pre-alert.target-added', { target: secondTarget, reason: 'ladder' })];
const reachedRegion = event('pre-alert.escalated', { step: 'director-and-region' });
const onFirst: OnTarget = { caseId, preAlertId: preAlertIdOf(1), targetId: targetIdOf(1) };
const onSecond: OnTarget = { ...onFirst, targetId: targetIdOf(2) };

let acts = 0;
const answer = (some: Partial<AnswerInput> = {}): AnswerInput => ({
  opId: `operation-${(acts += 1)}`,
  answer: 'accept',
  minutes: null,
  reason: null,
  ...some,
});

function makeDesk(told: readonly CaseEvent[] = open) {
  const time = new FakeTime(START_MS + 60_000);
  const units = new MemoryCaseUnits({ clock: time, states: [caseAfter(told)] });
  const ports = { units, plans: makePlans({ clock: time }) };
  const seen = () => units.states.get(caseId);
  return {
    units,
    time,
    alert: (): PreAlertState => alertOf(seen() ?? caseAfter([])),
    accept: (staff: StaffActor, input = answer(), on = onFirst) => answerPreAlert(ports, staff, on, input),
    markSeen: (staff: StaffActor, on = onFirst) => markSeen(ports, staff, on),
  };
}

/** The refusal's kind and code. */
const refusal = async (run: Promise<unknown>): Promise<string> => {
  try {
    await run;
    return 'done';
  } catch (error) {
    if (error instanceof DomainError) return `${error.kind} ${error.code}`;
    throw error;
  }
};

describe('an answer', () => {
  test('of the desk makes it the owner, names the person and marks it seen by them', async () => {
    const desk = makeDesk();
    const state = await desk.accept(nurse);
    const target = targetAt(alertOf(state), 'desk-1');
    expect(alertOf(state).ownerTargetId).toBe(onFirst.targetId);
    expect(target.answers).toEqual([
      expect.objectContaining({ answer: 'accept', byId: nurse.staffId, byName: nurse.name, atMs: desk.time.nowMs() }),
    ]);
    expect(target.seen).toMatchObject({ byName: nurse.name });
    expect(desk.units.written.map(({ actor, plan }) => [actor, typesOf(plan)])).toEqual([
      [nurse, ['pre-alert.seen', 'pre-alert.answered']],
    ]);
  });

  test.each<[string, StaffActor]>([
    ['a nurse of another desk', otherNurse],
    ['a regional supervisor before the ladder reaches the region', supervisor],
    ['a dispatcher', dispatcher],
    ['an auditor', auditor],
    ['an auditor at the desk itself', staffMember(8, 'auditor', 1)],
    ['an administrator at the desk itself', staffMember(9, 'administrator', 1)],
    ['a nurse without a desk', staffMember(10, 'center-nurse', null)],
  ])('of %s is refused and changes nothing', async (_, staff) => {
    const desk = makeDesk();
    expect(await refusal(desk.accept(staff))).toBe('forbidden pre-alert.not-your-desk');
    expect(await refusal(desk.markSeen(staff))).toBe('forbidden pre-alert.not-your-desk');
    expect(desk.units.written).toEqual([]);
  });

  test('of a specialist of the desk counts as much as a nurse’s', async () => {
    expect(alertOf(await makeDesk().accept(specialist)).ownerTargetId).toBe(onFirst.targetId);
  });

  test('L9: of a regional supervisor is taken once the ladder has called the region, a dispatcher’s never', async () => {
    const desk = makeDesk([...open, reachedRegion]);
    expect(await refusal(desk.accept(dispatcher))).toBe('forbidden pre-alert.not-your-desk');
    expect(alertOf(await desk.accept(supervisor)).ownerTargetId).toBe(onFirst.targetId);
  });

  test('of a case, pre-alert or target that does not exist is not found', async () => {
    const desk = makeDesk();
    for (const on of [{ ...onFirst, caseId: caseIdOf(9) }, { ...onFirst, preAlertId: preAlertIdOf(9) }, onSecond]) {
      expect(await refusal(desk.accept(nurse, answer(), on))).toBe('not-found pre-alert.not-found');
    }
  });
});

describe('L1: first wins', () => {
  test('of two desks at the same instant one gets it, the other is told that it is taken', async () => {
    const desk = makeDesk(inParallel);
    const both = [desk.accept(nurse), desk.accept(otherNurse, answer(), onSecond)];
    expect(await Promise.all(both.map(refusal))).toEqual(['done', 'conflict pre-alert.already-taken']);
    expect(desk.alert().ownerTargetId).toBe(onFirst.targetId);
  });

  test('of two nurses of one desk one has accepted, the other sees that somebody did', async () => {
    const desk = makeDesk();
    const both = [desk.accept(nurse), desk.accept(secondNurse)];
    expect(await Promise.all(both.map(refusal))).toEqual(['done', 'conflict pre-alert.already-accepted']);
    expect(targetAt(desk.alert(), 'desk-1').answers).toHaveLength(1);
  });

  test('a desk that lost may still advise: that takes nothing from the owner', async () => {
    const desk = makeDesk(inParallel);
    await desk.accept(nurse);
    await desk.accept(otherNurse, answer({ answer: 'ask-consult' }), onSecond);
    expect(desk.alert().ownerTargetId).toBe(onFirst.targetId);
  });

  test('a promise is kept by accepting in time: the same desk stays the owner', async () => {
    const desk = makeDesk();
    await desk.accept(nurse, answer({ answer: 'accept-in-minutes', minutes: 5 }));
    expect(alertOf(await desk.accept(secondNurse)).ownerTargetId).toBe(onFirst.targetId);
    expect(targetAt(desk.alert(), 'desk-1').answers.map((given) => given.answer)).toEqual([
      'accept-in-minutes',
      'accept',
    ]);
  });
});

describe('L4, L5: said twice', () => {
  test('the same act answers with the state it reached and writes nothing more', async () => {
    const desk = makeDesk();
    const input = answer();
    const first = await desk.accept(nurse, input);
    expect((await desk.accept(nurse, input)).caseSeq).toBe(first.caseSeq);
    expect(desk.units.written).toHaveLength(1);
  });

  test('the same act is harmless even when the case has moved on', async () => {
    const desk = makeDesk();
    const input = answer({ answer: 'ask-consult' });
    await desk.accept(nurse, input);
    const after = await desk.accept(secondNurse);
    expect((await desk.accept(nurse, input)).caseSeq).toBe(after.caseSeq);
  });

  test('another person’s act under the same id is another act', async () => {
    const desk = makeDesk();
    const input = answer({ answer: 'ask-consult' });
    await desk.accept(nurse, input);
    await desk.accept(secondNurse, input);
    expect(targetAt(desk.alert(), 'desk-1').answers).toHaveLength(2);
  });

  test('a refused act is not used up', async () => {
    const desk = makeDesk();
    const input = answer({ answer: 'accept-in-minutes' });
    expect(await refusal(desk.accept(nurse, input))).toBe('invalid answer.minutes-missing');
    expect(alertOf(await desk.accept(nurse, { ...input, minutes: 5 })).ownerTargetId).toBe(onFirst.targetId);
  });
});

describe('建议改送 and 请会诊', () => {
  test.each(['suggest-divert', 'ask-consult'] as const)(
    '%s leaves the target open and climbs to the next rung at once',
    async (given) => {
      const desk = makeDesk();
      await desk.accept(nurse, answer({ answer: given, reason: 'no-bed' }));
      const target = targetAt(desk.alert(), 'desk-1');
      expect(desk.alert().ownerTargetId).toBeNull();
      expect(target.escalations.map((fired) => fired.step)).toEqual(['all-on-duty']);
      expect(target.escalations[0]?.dueAtMs).toBe(desk.time.nowMs());
    },
  );

  test('accepting climbs no rung', async () => {
    const desk = makeDesk();
    await desk.accept(nurse);
    expect(targetAt(desk.alert(), 'desk-1').escalations).toEqual([]);
  });
});

describe('an answer says what it needs to', () => {
  test('"in N minutes" needs N and keeps it; other answers keep no minutes', async () => {
    const desk = makeDesk();
    await desk.accept(nurse, answer({ answer: 'accept-in-minutes', minutes: 10 }));
    await desk.accept(nurse, answer({ answer: 'accept', minutes: 10 }));
    expect(targetAt(desk.alert(), 'desk-1').answers.map((given) => given.minutes)).toEqual([10, null]);
  });

  test('"suggest another hospital" needs a reason, keeps the target open and ringing', async () => {
    const desk = makeDesk();
    expect(await refusal(desk.accept(nurse, answer({ answer: 'suggest-divert' })))).toBe(
      'invalid answer.reason-missing',
    );
    await desk.accept(nurse, answer({ answer: 'suggest-divert', reason: 'no-bed' }));
    expect(desk.alert().ownerTargetId).toBeNull();
    expect(targetAt(desk.alert(), 'desk-1').answers).toEqual([
      expect.objectContaining({ answer: 'suggest-divert', reason: 'no-bed' }),
    ]);
  });
});

describe('too late', () => {
  test.each<[string, CaseEvent[], string]>([
    ['L3: for a cancelled case', [event('case.cancelled')], 'conflict pre-alert.over'],
    ['L3: for a closed case', [event('case.progressed', { to: 'closed' })], 'conflict pre-alert.over'],
    ['L3: for a cancelled pre-alert', [event('pre-alert.cancelled')], 'conflict pre-alert.over'],
    ['for a team that was stood down', [event('team.stood-down')], 'conflict pre-alert.over'],
    ['L10: for a target that was redirected', [event('pre-alert.target-released')], 'conflict pre-alert.redirected'],
  ])('%s the answer is refused as what it is, and nothing is reopened', async (_, end, expected) => {
    const desk = makeDesk([...open, ...end]);
    expect(await refusal(desk.accept(nurse))).toBe(expected);
    expect(desk.units.written).toEqual([]);
  });
});

describe('seen', () => {
  test('is the first named person who opened it; a second reader changes nothing', async () => {
    const desk = makeDesk();
    const first = await desk.markSeen(nurse);
    expect((await desk.markSeen(secondNurse)).caseSeq).toBe(first.caseSeq);
    expect(targetAt(desk.alert(), 'desk-1').seen).toMatchObject({ byName: nurse.name });
    expect(targetAt(desk.alert(), 'desk-1').answers).toEqual([]);
  });

  test('of a case that is over is not written', async () => {
    const desk = makeDesk([...open, event('case.cancelled')]);
    await desk.markSeen(nurse);
    expect(desk.units.written).toEqual([]);
    expect(await refusal(desk.markSeen(nurse, { ...onFirst, caseId: caseIdOf(9) }))).toBe(
      'not-found pre-alert.not-found',
    );
  });
});
