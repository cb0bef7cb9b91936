import type { GeoPoint } from '@pentad/geo/geo-point';
import {
  caseId,
  deskIdOf,
  hospitalIdOf,
  preAlertIdOf,
  START_MS,
  targetIdOf,
} from '@pentad/protocol/testing/boring-ids';
import { event } from '@pentad/protocol/testing/builders';
import { describe, expect, test } from 'vitest';
import { MemoryCaseUnits } from '../cases/memory-case-units.fixture.ts';
import { alertOf, caseAfter, makePlans, targetAt, type Told } from '../cases/planning.fixture.ts';
import { northOfAll } from '../desks/county.fixture.ts';
import { FakeTime, recordingLog } from '../platform/fake-time.fixture.ts';
import { nurse } from '../platform/staff.fixture.ts';
import { answerPreAlert } from './answer-pre-alert.ts';
import { fireDueSteps, type DueStepRow } from './fire-due-steps.ts';
import { defaultLadder } from './ladder.ts';

const open = [event('case.opened'), event('pre-alert.raised', { tier: 'level-1' })];
const onTarget = { caseId, preAlertId: preAlertIdOf(1), targetId: targetIdOf(1) };
const accept = { opId: 'operation-1', answer: 'accept', minutes: null, reason: null } as const;
const MINUTE_MS = 60_000;

function makeClock(told: readonly Told[] = open, some: { near?: GeoPoint } = {}) {
  const time = new FakeTime();
  const units = new MemoryCaseUnits({ clock: time, states: [caseAfter(told)] });
  const plans = makePlans({ clock: time, near: some.near ?? null });
  const fired: string[] = [];
  const log = recordingLog();
  const onFired = (row: DueStepRow, latenessMs: number) =>
    void fired.push(`${row.step}/${row.round} +${latenessMs / 1_000}s`);
  const options = { units, plans, ladder: defaultLadder, clock: time, log, onFired };
  const fireAt = (atMs: number, rows?: readonly DueStepRow[]) => {
    time.jump(START_MS + atMs - time.nowMs());
    const steps = rows === undefined ? units.steps : { due: () => Promise.resolve(rows) };
    return fireDueSteps({ ...options, steps });
  };
  const lastPlan = () => {
    const last = units.written.at(-1);
    return last
      ? last.plan.events.map(({ recorded: { envelope, clinical } }) => ({ type: envelope.type, ...clinical }))
      : [];
  };
  return {
    time,
    units,
    plans,
    fired,
    log,
    fireAt,
    lastPlan,
    alert: () => alertOf(units.states.get(caseId) ?? caseAfter([])),
  };
}

describe('what is due', () => {
  test('fires at its time and not before, as an event that says whom it calls', async () => {
    const clock = makeClock();
    expect(await clock.fireAt(29_999)).toBe(0);
    expect(clock.units.written).toEqual([]);
    expect(await clock.fireAt(30_000)).toBe(1);
    expect(clock.lastPlan()).toEqual([
      {
        type: 'pre-alert.escalated',
        preAlertId: preAlertIdOf(1),
        targetId: targetIdOf(1),
        step: 'all-on-duty',
        round: 0,
        dueAtMs: START_MS + 30_000,
        notifies: ['desk-all', 'first-line'],
      },
    ]);
    expect(clock.units.written[0]?.actor).toEqual({ kind: 'system', role: 'clock' });
  });

  test('P13: after three minutes without any server fires at once, in order, each once, with its lateness', async () => {
    const clock = makeClock();
    await clock.fireAt(185_000);
    expect(clock.fired).toEqual([
      'all-on-duty/0 +155s',
      'second-channel/0 +125s',
      'director-and-region/0 +65s',
      'next-desk/0 +5s',
    ]);
    await clock.fireAt(185_000);
    expect(clock.fired).toHaveLength(4);
  });

  test('L9: repeats each minute until a person takes it, for as long as nobody does', async () => {
    const clock = makeClock([
      event('case.opened'),
      event('pre-alert.raised', { specialty: 'trauma', tier: 'level-1' }),
    ]);
    for (let seconds = 0; seconds <= 600; seconds += 30) await clock.fireAt(seconds * 1_000);
    const repeats = clock.alert().targets[targetIdOf(1)]?.escalations.filter(({ step }) => step === 'repeat') ?? [];
    expect(repeats.map(({ round, firedAtMs }) => [round, (firedAtMs - START_MS) / 1_000])).toEqual(
      [240, 300, 360, 420, 480, 540, 600].map((at, round) => [round, at]),
    );
    await answerPreAlert(clock, nurse, onTarget, accept);
    const before = clock.fired.filter((name) => name.startsWith('repeat')).length;
    await clock.fireAt(700_000);
    expect(clock.fired.filter((name) => name.startsWith('repeat'))).toHaveLength(before);
  });
});

describe('L2: nobody is called after the answer', () => {
  test('a step read as due before the answer does not fire after it', async () => {
    const clock = makeClock();
    clock.time.jump(30_000);
    const rows = await clock.units.steps.due(clock.time.nowMs(), 64);
    await answerPreAlert(clock, nurse, onTarget, accept);
    await clock.fireAt(30_000, rows);
    expect(clock.fired).toEqual([]);
    expect(targetAt(clock.alert(), 'desk-1').escalations).toEqual([]);
  });

  test('P12: a step two instances read as due fires once', async () => {
    const clock = makeClock();
    clock.time.jump(30_000);
    const rows = await clock.units.steps.due(clock.time.nowMs(), 64);
    await Promise.all([clock.fireAt(30_000, rows), clock.fireAt(30_000, rows)]);
    expect(clock.fired).toEqual(['all-on-duty/0 +0s']);
  });

  test.each([
    ['a case that is over', event('case.cancelled')],
    ['a released target', event('pre-alert.target-released')],
    ['a cancelled pre-alert', event('pre-alert.cancelled')],
  ])('L3: nor for %s, whatever rows say', async (_, end) => {
    const { steps } = makeClock().units;
    const rows = await steps.due(START_MS + 30_000, 64);
    const clock = makeClock([...open, end]);
    await clock.fireAt(30_000, rows);
    expect(clock.fired).toEqual([]);
  });
});

describe('180 s: the next desk', () => {
  const before: Told[] = ['all-on-duty', 'second-channel', 'director-and-region'].map((step) => [
    1_000,
    event('pre-alert.escalated', { step }),
  ]);

  test('is asked in parallel: a new target rings beside the old one, from the start of its own ladder', async () => {
    const clock = makeClock([...open, ...before]);
    await clock.fireAt(180_000);
    const [step, added] = clock.lastPlan();
    expect(step).toMatchObject({ type: 'pre-alert.escalated', step: 'next-desk', notifies: ['next-desk', 'crew'] });
    expect(added).toMatchObject({ type: 'pre-alert.target-added', reason: 'ladder', fromTargetId: targetIdOf(1) });
    expect(targetAt(clock.alert(), 'desk-2')).toMatchObject({ ringsFromMs: START_MS + 180_000, released: null });
    expect(targetAt(clock.alert(), 'desk-1').released).toBeNull();
  });

  test('is the nearest to the vehicle that was not asked yet', async () => {
    const stroke = event('pre-alert.raised', { specialty: 'emergency', tier: 'level-1' });
    const clock = makeClock([event('case.opened'), stroke, ...before], { near: northOfAll });
    await clock.fireAt(180_000);
    expect(targetAt(clock.alert(), 'desk-3').addedFor).toBe('ladder');
  });

  test('L9: where every desk has been asked the step still calls everyone below it', async () => {
    const second = { targetId: targetIdOf(2), hospitalId: hospitalIdOf(2), deskId: deskIdOf(2) };
    const all = event('pre-alert.target-added', { target: second, reason: 'ladder' });
    const clock = makeClock([...open, all, ...before]);
    await clock.fireAt(180_000);
    const own = targetAt(clock.alert(), 'desk-1').escalations.map(({ step }) => step);
    expect(own.at(-1)).toBe('next-desk');
    expect(Object.keys(clock.alert().targets)).toHaveLength(2);
  });
});

describe('a promise', () => {
  const promise = event('pre-alert.answered', { answer: 'accept-in-minutes', minutes: 10 });

  test('that lapses rings the desk again and frees it', async () => {
    const clock = makeClock([...open, [MINUTE_MS, promise]]);
    await clock.fireAt(11 * MINUTE_MS);
    expect(clock.fired).toEqual(['promised/0 +0s']);
    expect(clock.alert().ownerTargetId).toBeNull();
    await clock.fireAt(11 * MINUTE_MS + 30_000);
    expect(clock.fired.at(-1)).toBe('all-on-duty/10000 +0s');
  });

  test('that was kept does not ring', async () => {
    const kept: Told = [2 * MINUTE_MS, event('pre-alert.answered')];
    const lapsing = makeClock([...open, [MINUTE_MS, promise]]);
    const rows = await lapsing.units.steps.due(START_MS + 11 * MINUTE_MS, 64);
    const clock = makeClock([...open, [MINUTE_MS, promise], kept]);
    await clock.fireAt(11 * MINUTE_MS, rows);
    expect(clock.fired).toEqual([]);
  });
});

test('P17, I8: a step that cannot be written is logged and tried again, and the later ones of its target wait for it', async () => {
  const clock = makeClock();
  clock.units.failures.push(new Error('lost connection'));
  await clock.fireAt(60_000);
  expect(clock.fired).toEqual([]);
  expect(clock.log.codes()).toEqual(['ladder.step-failed']);
  await clock.fireAt(61_000);
  expect(clock.fired).toEqual(['all-on-duty/0 +31s', 'second-channel/0 +1s']);
});

test('a row of a case, pre-alert or target that is gone fires nothing', async () => {
  const row = {
    caseId,
    preAlertId: preAlertIdOf(9),
    targetId: targetIdOf(1),
    step: 'all-on-duty',
    round: 0,
    dueAtMs: START_MS,
  };
  const clock = makeClock();
  await clock.fireAt(30_000, [row]);
  expect(clock.fired).toEqual([]);
});
