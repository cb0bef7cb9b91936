import fc from 'fast-check';
import { MilestoneCode } from '@pentad/protocol/milestone';
import { describe, expect, it, test } from 'vitest';
import given from '../../data/clock-targets.json' with { type: 'json' };
import { clockTargets, clockTargetsFor, clockTargetsOf, type ClockTarget } from './clock-target-definition.ts';
import { clockOf, intervalOf, isMet, type Stamps } from './clock-of.ts';

const NOW = 1_790_000_000_000;
const one = (id: string): ClockTarget => {
  const found = clockTargets.find((target) => target.id === id);
  if (!found) throw new Error(id);
  return found;
};
const clock = (id: string, stamps: Stamps, nowMs = NOW) => clockOf(stamps, nowMs, [one(id)])[0];
const ago = (seconds: number): number => NOW - seconds * 1000;

const measured = clockTargets.filter(({ notYetMeasured }) => !notYetMeasured);
const bounded = measured.filter(({ atMostS }) => atMostS !== null);

describe.each(bounded.map((target) => [target.id, target] as const))('%s at its upper limit', (_, target) => {
  const most = target.atMostS ?? 0;
  const finished = (seconds: number): Stamps => ({
    [target.from[0] ?? 'T_CALL']: NOW,
    [target.to[0] ?? 'T_DOOR']: NOW + seconds * 1000,
  });
  const status = (seconds: number) => clockOf(finished(seconds), NOW + 1e9, [target])[0]?.status;

  it('is met a millisecond before, on the line only if inclusive, missed a millisecond after', () => {
    expect(status(most - 0.001)).toBe('met');
    expect(status(most)).toBe(target.isStrict ? 'missed' : 'met');
    expect(status(most + 0.001)).toBe('missed');
  });

  it('runs until the limit can no longer be kept', () => {
    const running = (seconds: number) =>
      clockOf({ [target.from[0] ?? 'T_CALL']: NOW }, NOW + seconds * 1000, [target])[0];
    expect(running(most - 0.001)).toMatchObject({ status: 'running', isOver: false });
    expect(running(most)).toMatchObject({ status: target.isStrict ? 'missed' : 'running', remainingS: 0 });
    expect(running(most + 1)).toMatchObject({ status: 'missed', isOver: false, remainingS: -1 });
  });
});

describe('an interval', () => {
  it('of 90 min and half a second is not rounded into its limit', () => {
    expect(clock('CP-DOOR-WIRE', { T_DOOR: ago(5400.5), T_WIRE: NOW })).toMatchObject({
      status: 'missed',
      elapsedS: 5400.5,
    });
  });

  it.each([
    ['no start', { T_WIRE: NOW }, 'start-missing'],
    ['neither', {}, 'start-missing'],
    ['null', { T_DOOR: null, T_WIRE: NOW }, 'start-missing'],
    ['no number', { T_DOOR: Number.NaN }, 'start-missing'],
    ['the end before the start', { T_DOOR: NOW, T_WIRE: ago(1) }, 'out-of-order'],
    ['a start after now', { T_DOOR: NOW + 1 }, 'out-of-order'],
  ])('with %s cannot be computed', (_, stamps, because) => {
    expect(clock('CP-DOOR-WIRE', stamps)).toEqual({
      targetId: 'CP-DOOR-WIRE',
      status: 'not-computable',
      because,
      isOver: false,
      elapsedS: null,
      remainingS: null,
    });
  });

  it('of no length is one', () => {
    expect(clock('CP-DOOR-WIRE', { T_DOOR: NOW, T_WIRE: NOW })).toMatchObject({ status: 'met', elapsedS: 0 });
  });

  it('counts from last known well before onset', () => {
    const stamps = { T_LKW: ago(16_200), T_ONSET: ago(100), T_NEEDLE: NOW };
    expect(clock('ST-ONSET-NEEDLE', stamps)).toMatchObject({ status: 'met', elapsedS: 16_200 });
    expect(clock('ST-ONSET-NEEDLE', { ...stamps, T_LKW: ago(16_201) })?.status).toBe('missed');
    expect(clock('ST-ONSET-NEEDLE', { T_ONSET: ago(100), T_NEEDLE: NOW })?.elapsedS).toBe(100);
  });

  it('of bleeding control ends with whichever came first', () => {
    const stamps = { T_DOOR: ago(4000), T_INCISION: NOW, T_PUNCTURE: ago(500) };
    expect(clock('TR-BLEEDING-CONTROL', stamps)).toMatchObject({ status: 'met', elapsedS: 3500 });
  });

  it.each([
    [600, 'met'],
    [599.999, 'missed'],
    [0, 'missed'],
    [-5, 'missed'],
  ])('pre-alert %d s before arrival: %s', (seconds, status) => {
    expect(clock('TR-PREALERT-LEAD', { T_PREALERT: NOW, T_DOOR: NOW + seconds * 1000 })?.status).toBe(status);
  });

  it.each([
    [0, 'met'],
    [1, 'met'],
    [-0.001, 'missed'],
  ])('team ready %d s before arrival: %s', (seconds, status) => {
    expect(clock('TR-TEAM-READY', { T_TEAM_READY: NOW, T_DOOR: NOW + seconds * 1000 })?.status).toBe(status);
  });

  it.each([
    [7199.999, 'missed'],
    [7200, 'met'],
    [86_400, 'met'],
    [86_400.001, 'missed'],
  ])('angiography %d s after lysis: %s', (seconds, status) => {
    expect(clock('CP-LYSIS-ANGIO', { T_NEEDLE: NOW, T_PUNCTURE: NOW + seconds * 1000 })?.status).toBe(status);
  });

  it('for the record has no verdict', () => {
    expect(clock('EMS-ONSET-CALL', { T_ONSET: ago(60), T_CALL: NOW })).toMatchObject({
      status: 'recorded',
      elapsedS: 60,
      remainingS: null,
    });
  });

  it('that the log does not hold says so whatever is stamped', () => {
    for (const target of clockTargets.filter(({ notYetMeasured }) => notYetMeasured))
      expect(clockOf({ T_DOOR: ago(9), T_BLOOD: NOW, T_NEEDLE: ago(4) }, NOW, [target])[0]).toMatchObject({
        status: 'not-computable',
        because: 'not-yet-measured',
      });
  });
});

test('whatever is stamped: no number that is none, met and missed only on both stamps or past the limit', () => {
  const instant = fc.oneof(
    fc.integer({ min: -1e6, max: 1e6 }).map((offset) => NOW + offset * 100),
    fc.constantFrom(null, Number.NaN),
  );
  const stamps = fc.dictionary(fc.constantFrom(...MilestoneCode.options), instant) as fc.Arbitrary<Stamps>;
  fc.assert(
    fc.property(stamps, fc.integer({ min: NOW - 1e8, max: NOW + 1e8 }), (given1, nowMs) => {
      for (const [index, found] of clockOf(given1, nowMs, clockTargets).entries()) {
        const target = clockTargets[index];
        for (const number of [found.elapsedS, found.remainingS])
          expect(number === null || Number.isFinite(number)).toBe(true);
        expect(found.because === null).toBe(found.status !== 'not-computable');
        if (!target || found.status !== 'met') continue;
        expect(found.isOver).toBe(true);
        expect(isMet(target, intervalOf(target, given1).seconds ?? Number.NaN)).toBe(true);
      }
    }),
  );
});

describe('the table of clocks', () => {
  it('labels nothing of trauma and neonate as official', () => {
    const official = clockTargets.filter(({ kind }) => kind === 'official').map(({ specialty }) => specialty);
    expect(official).not.toContain('trauma');
    expect(official).not.toContain('neonate');
  });

  it('holds the official door to needle strictly, the recommended one on the line (C41)', () => {
    expect([one('ST-DNT-OFFICIAL').isStrict, one('ST-DNT').isStrict]).toEqual([true, false]);
  });

  it('of a case: its specialty, its tier, its way of arriving if that is known', () => {
    const ids = (arrival: 'direct' | 'transferred' | null) =>
      clockTargetsFor('chest-pain', 'level-1', arrival).map(({ id }) => id);
    expect(ids('direct')).toEqual(expect.arrayContaining(['EMS-CALL-ANSWER', 'ALERT-ACK-1', 'CP-FMC-WIRE-DIRECT']));
    expect(ids('direct')).not.toEqual(expect.arrayContaining(['CP-FMC-WIRE-TRANSFERRED']));
    expect(ids('transferred')).toContain('CP-FMC-WIRE-TRANSFERRED');
    expect(ids(null).filter((id) => id.startsWith('CP-FMC-WIRE'))).toEqual([]);
    expect(ids(null)).not.toContain('ALERT-ACK-2');
  });

  const [first] = given.targets;
  it.each([
    ['an unknown milestone', { from: ['T_LUNCH'] }],
    ['an end that is missing without a word', { to: [] }],
    ['a record with a limit', { atMostS: 5 }],
    ['a limit below 0', { strength: 'must', atMostS: -1 }],
    ['no source', { source: '' }],
  ])('refuses %s', (_, change) => {
    expect(() => clockTargetsOf({ version: 'x', targets: [{ ...first, ...change }] })).toThrow();
  });

  it('refuses an id given twice', () => {
    expect(() => clockTargetsOf({ version: 'x', targets: [first, first] })).toThrow('twice');
  });
});
