import { CaseView } from '@pentad/protocol/case-view';
import type { CaseEvent } from '@pentad/protocol/case-event';
import { findingIdOf, preAlertIdOf, START_MS, targetIdOf } from '@pentad/protocol/testing/boring-ids';
import { boringFinding } from '@pentad/protocol/testing/boring-clinical';
import { crew, event, nurse } from '@pentad/protocol/testing/builders';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { defaultLadder } from '../pre-alerts/ladder.ts';
import { caseViewOf, maskedName, type ViewOptions } from './case-view-of.ts';
import { caseAfter, type Told } from './planning.fixture.ts';

const NAME = '张建国';
const opened = event('case.opened');
const requested = event('pre-alert.requested', {}, { occurredAtMs: START_MS - 40_000 });
const raised = event('pre-alert.raised', { tier: 'level-1' });

const view = (told: readonly Told[], some: Partial<ViewOptions> = {}) => {
  const options = {
    visibility: 'full',
    ladder: defaultLadder,
    patientName: NAME,
    withTimeline: false,
    ...some,
  } as const;
  const made = caseViewOf(caseAfter(told), options);
  expect(v.parse(CaseView, made)).toEqual(made);
  return made;
};

const aged = (ageYears: number | null, ageDays: number | null = null): CaseEvent =>
  event('case.opened', { patient: { ageYears, ageDays, sex: 'female', gestationDays: 280, isPregnant: true } });

describe('who the patient is', () => {
  test.each([
    ['full', NAME],
    ['masked', '张*'],
    ['none', null],
  ] as const)('S29: %s shows the name as %s', (visibility, patientName) => {
    const made = view([opened], { visibility });
    expect(made).toMatchObject({ visibility, patientName });
    if (visibility !== 'full') expect(JSON.stringify(made)).not.toContain(NAME);
  });

  test('a name that is not known, or does not open, is null in every class', () => {
    for (const visibility of ['full', 'masked', 'none'] as const) {
      expect(view([opened], { visibility, patientName: null }).patientName).toBeNull();
    }
  });

  test.each([
    ['张', '张*'],
    ['欧阳建国', '欧*'],
    ['𠮷田', '𠮷*'],
    ['', '*'],
  ])('S29: masking %s shows %s: the first character whole, no length', (name, masked) => {
    expect(maskedName(name)).toBe(masked);
  });

  test.each([
    [0, 0],
    [9, 0],
    [10, 10],
    [64, 60],
    [130, 130],
    [null, null],
  ])('an age of %s is %s for walls: the decade', (ageYears, shown) => {
    expect(view([aged(ageYears)], { visibility: 'none' }).patient.ageYears).toBe(shown);
    expect(view([aged(ageYears)], { visibility: 'masked' }).patient.ageYears).toBe(ageYears);
  });

  test('days of age are for those who treat or coordinate', () => {
    expect(view([aged(0, 5)], { visibility: 'none' }).patient.ageDays).toBeNull();
    expect(view([aged(0, 5)], { visibility: 'masked' }).patient).toEqual({
      ageYears: 0,
      ageDays: 5,
      sex: 'female',
      gestationDays: 280,
      isPregnant: true,
    });
  });

  test('a case nobody has described shows nothing as known', () => {
    const made = view([event('onset.recorded')], { patientName: null });
    expect(made.patient).toEqual({ ageYears: null, ageDays: null, sex: null, gestationDays: null, isPregnant: null });
    expect(made).toMatchObject({ vehicle: null, specialty: null, destination: null, origin: null, preAlerts: [] });
  });
});

test('the timeline is whole on the case’s own topic and empty elsewhere', () => {
  expect(view([opened, raised]).timeline).toEqual([]);
  const { timeline } = view([opened, raised], { withTimeline: true });
  expect(timeline).toEqual([
    {
      caseSeq: 1,
      type: 'case.opened',
      occurredAtMs: START_MS,
      recordedAtMs: START_MS,
      actorKind: 'crew',
      actorName: crew.name,
    },
    {
      caseSeq: 2,
      type: 'pre-alert.raised',
      occurredAtMs: START_MS,
      recordedAtMs: START_MS,
      actorKind: 'server',
      actorName: null,
    },
  ]);
});

test('findings carry their inputs with unit and age, and say when they have ended', () => {
  const told = [opened, event('finding.raised'), event('finding.ended')];
  expect(view(told).findings).toEqual([
    { findingId: findingIdOf(1), raisedAtMs: START_MS, isEnded: true, finding: boringFinding },
  ]);
});

test('milestones, destination and conflicts are shown as they stand', () => {
  const apart = event('destination.chosen', { reason: 'nearest' }, { actor: nurse, basedOnCaseSeq: 0 });
  const made = view([opened, event('milestone.stamped'), event('destination.chosen'), apart]);
  expect(made.milestones).toEqual([{ code: 'T_SCENE', atMs: START_MS, source: 'crew' }]);
  expect(made.destination).toEqual({ hospitalId: 'hospital-1', reason: 'nearest' });
  expect(made.conflicts).toEqual([expect.objectContaining({ kind: 'written-apart', field: 'destination' })]);
});

describe('a pre-alert', () => {
  const ofView = (told: readonly Told[]) => {
    const [alert] = view(told).preAlerts;
    const target = alert?.targets[0];
    if (!alert || !target) throw new Error('no pre-alert');
    return { alert, target };
  };

  test('E17: shows when the crew pressed, on their clock; one a rule raised shows none', () => {
    expect(ofView([opened, requested, raised]).alert).toMatchObject({
      pressedAtMs: START_MS - 40_000,
      raisedAtMs: START_MS,
    });
    const byRule = event('pre-alert.raised', { cause: { kind: 'rule', findingId: findingIdOf(1) } });
    expect(ofView([opened, byRule]).alert.pressedAtMs).toBeNull();
  });

  test('shows its whole ladder: the alert itself, what fired with its instant, what is to come with when it is due', () => {
    const fired: Told = [31_000, event('pre-alert.escalated', { step: 'all-on-duty', dueAtMs: START_MS + 30_000 })];
    const { target } = ofView([opened, raised, fired]);
    expect(
      target.ladder.map(({ step, dueAtMs, firedAtMs }) => [
        step,
        dueAtMs - START_MS,
        firedAtMs && firedAtMs - START_MS,
      ]),
    ).toEqual([
      ['duty-desk', 0, 0],
      ['all-on-duty', 30_000, 31_000],
      ['second-channel', 60_000, null],
      ['director-and-region', 120_000, null],
      ['next-desk', 180_000, null],
    ]);
    expect(target.isRinging).toBe(true);
  });

  test('I9: shows delivered, displayed, seen and answered only once they are in the log, each at its own time', () => {
    const none = ofView([opened, raised]).target;
    expect(none).toMatchObject({ deliveredAtMs: null, displayedAtMs: null, seen: null, answers: [] });
    const all: Told[] = (['delivered', 'displayed', 'seen', 'answered'] as const).map((what, index) => [
      (index + 1) * 1_000,
      event(`pre-alert.${what}`),
    ]);
    expect(ofView([opened, raised, ...all]).target).toMatchObject({
      deliveredAtMs: START_MS + 1_000,
      displayedAtMs: START_MS + 2_000,
      seen: { atMs: START_MS + 3_000, byName: nurse.name },
      answers: [{ atMs: START_MS + 4_000, byName: nurse.name, answer: 'accept', minutes: null, reason: null }],
      isRinging: false,
    });
  });

  test.each([
    ['cancelled itself', [event('pre-alert.cancelled')]],
    ['of a case that is over', [event('case.cancelled')]],
  ])('%s is not open, does not ring and calls nobody any more', (_, end) => {
    const { alert, target } = ofView([opened, raised, ...end]);
    expect([alert.isOpen, target.isRinging]).toEqual([false, false]);
    expect(target.ladder.filter(({ firedAtMs }) => firedAtMs === null)).toEqual([]);
  });

  test('L1: tells every target who has it', () => {
    const told = [
      opened,
      raised,
      event('pre-alert.target-added'),
      event('pre-alert.answered', { targetId: targetIdOf(2) }),
    ];
    const { alert } = ofView(told);
    expect(alert).toMatchObject({ preAlertId: preAlertIdOf(1), ownerTargetId: targetIdOf(2) });
    expect(alert.targets.map(({ isRinging }) => isRinging)).toEqual([false, false]);
  });
});
