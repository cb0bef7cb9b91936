import { isEventItem } from '@pentad/protocol/lane-item';
import { describe, expect, test } from 'vitest';
import { crewActor, hospitalId, openInput, vehicleDay } from './vehicle-day.fixture.ts';

const preAlertId = '01890000-0000-7000-8000-00000000aaaa';
const targetId = '01890000-0000-7000-8000-00000000bbbb';
const raised = (requestId: string) => ({
  preAlertId,
  specialty: 'chest-pain',
  tier: 'level-1',
  cause: { kind: 'crew', requestId },
  targets: [{ targetId, hospitalId, deskId: 'donghu-peoples-triage' }],
});

describe('what the crew sees', () => {
  test('E17: pressed while offline, the crew is told to phone at 15 s; on reconnect it is delivered once with the press time', async () => {
    const { region, agent, openCase, press, time } = vehicleDay();
    region.isHttpUp = false;
    const caseId = openCase();
    const pressedAtMs = time.nowMs();
    const { eventId } = press(caseId);
    await time.advance(14_000);
    expect(agent.showCase(caseId).requests[0]?.advice).toEqual([]);
    await time.advance(1_000);
    expect(agent.showCase(caseId).requests[0]).toMatchObject({
      isStored: false,
      sentAtMs: null,
      advice: [{ kind: 'phone-the-center', because: 'not-stored' }],
    });
    await time.advance(600_000);
    region.connect();
    await time.advance(2_000);
    const stored = region
      .stored('evt')
      .filter((item) => isEventItem(item) && item.event.envelope.type === 'pre-alert.requested');
    expect(stored).toHaveLength(1);
    expect(stored[0]).toMatchObject({ event: { envelope: { eventId, occurredAtMs: pressedAtMs } } });
    expect(agent.showCase(caseId).requests[0]).toMatchObject({ isStored: true });
  });

  test('I9: captured, sent, stored, delivered, displayed, seen and answered each show when they are true and not before', async () => {
    const { region, agent, openCase, press, time } = vehicleDay();
    region.isIngestUp = false;
    region.connect();
    const caseId = openCase();
    const { eventId } = press(caseId);
    const shown = () => agent.showCase(caseId).requests[0];
    expect(shown()).toMatchObject({ sentAtMs: null, isStored: false });
    await time.advance(100);
    expect(shown()?.sentAtMs).not.toBeNull();
    expect(shown()?.isStored).toBe(false);
    region.isIngestUp = true;
    region.disconnect();
    region.connect();
    await time.advance(100);
    expect(shown()).toMatchObject({ isStored: true, deliveredAtMs: null });
    region.record(caseId, 'pre-alert.raised', raised(eventId));
    expect(shown()).toMatchObject({ preAlertId, deliveredAtMs: null, displayedAtMs: null, seen: null, answers: [] });
    region.record(caseId, 'pre-alert.delivered', { preAlertId, targetId });
    expect(shown()).toMatchObject({ deliveredAtMs: region.nowMs(), displayedAtMs: null });
    region.record(caseId, 'pre-alert.displayed', { preAlertId, targetId });
    region.record(caseId, 'pre-alert.seen', { preAlertId, targetId }, { name: '林静怡' });
    expect(shown()).toMatchObject({ displayedAtMs: region.nowMs(), seen: { byName: '林静怡' }, answers: [] });
    region.record(
      caseId,
      'pre-alert.answered',
      { preAlertId, targetId, answer: 'accept', minutes: null, reason: null },
      { name: '林静怡' },
    );
    expect(shown()?.answers).toEqual([
      {
        answer: 'accept',
        byName: '林静怡',
        atMs: region.nowMs(),
        minutes: null,
        reason: null,
        deskId: 'donghu-peoples-triage',
        hospitalId,
        isOwner: true,
      },
    ]);
    expect(agent.listCases()[0]).toMatchObject({ caseId, isAnswered: true, waiting: 0 });
  });

  test('the phone table: on no live desk at 30 s, no person at 60 s, nothing after an answer', async () => {
    const { region, agent, openCase, press, time } = vehicleDay();
    region.connect();
    const caseId = openCase();
    const { eventId } = press(caseId);
    region.record(caseId, 'pre-alert.raised', raised(eventId));
    await time.advance(29_000);
    const advice = () => agent.showCase(caseId).requests[0]?.advice;
    expect(advice()).toEqual([]);
    await time.advance(1_000);
    expect(advice()).toEqual([{ kind: 'phone-the-center', because: 'on-no-live-desk' }]);
    region.record(caseId, 'pre-alert.displayed', { preAlertId, targetId });
    expect(advice()).toEqual([]);
    await time.advance(30_000);
    expect(advice()).toEqual([{ kind: 'phone-the-center', because: 'no-person' }]);
    region.record(
      caseId,
      'pre-alert.answered',
      { preAlertId, targetId, answer: 'accept', minutes: null, reason: null },
      { name: '林静怡' },
    );
    expect(advice()).toEqual([]);
  });

  test('a press after which the wall clock jumps an hour back is still counted from the press', async () => {
    const { agent, openCase, press, time } = vehicleDay();
    const caseId = openCase();
    press(caseId);
    time.wallOffsetMs -= 3_600_000;
    await time.advance(16_000);
    expect(agent.showCase(caseId).requests[0]).toMatchObject({ elapsedMs: 16_000 });
  });

  test('the case is the server’s log, then what the vehicle wrote and the server has not ordered; it survives a restart', async () => {
    const day = vehicleDay();
    day.region.connect();
    const caseId = day.openCase();
    await day.time.advance(1_000);
    day.region.record(caseId, 'destination.chosen', { hospitalId, reason: 'rule' });
    day.region.disconnect();
    day.region.isHttpUp = false;
    day.agent.recordEvent(caseId, {
      type: 'complaint.recorded',
      clinical: { complaintId: 'c-1', codes: ['sweating'] },
      actor: crewActor,
    });
    await day.restart();
    const screen = day.agent.showCase(caseId);
    expect(screen.prefixSeq).toBe(2);
    expect(screen.state).toMatchObject({
      caseSeq: 3,
      status: 'destination',
      complaintCodes: ['chest-pain', 'sweating'],
    });
    expect(screen.own.map(({ type, isStored }) => [type, isStored])).toEqual([
      ['case.opened', true],
      ['complaint.recorded', false],
    ]);
    day.region.connect();
    await day.time.advance(2_000);
    expect(day.agent.showCase(caseId)).toMatchObject({ prefixSeq: 3, state: { caseSeq: 3 } });
    const last = day.region.stored('evt').at(-1);
    expect(last).toMatchObject({ event: { envelope: { basedOnCaseSeq: 2 } } });
  });

  test('a lost frame is noticed by the next one and asked for', async () => {
    const { region, agent, openCase, time } = vehicleDay();
    region.connect();
    const caseId = openCase();
    await time.advance(1_000);
    region.record(caseId, 'destination.chosen', { hospitalId, reason: 'rule' }, { isPushed: false });
    region.record(caseId, 'case.progressed', { to: 'en-route' });
    await time.advance(100);
    expect(agent.showCase(caseId)).toMatchObject({
      prefixSeq: 3,
      state: { status: 'en-route', destination: { current: { value: { hospitalId } } } },
    });
  });

  test.each([
    ['another vehicle', { vehicle: 'veh-0002-other' }],
    ['another epoch', { epoch: '0'.repeat(32) }],
    ['nothing readable', { n: 'x' }],
  ])('E16: a pushed frame of %s is refused and counted', async (_, change) => {
    const { region, agent, openCase, time } = vehicleDay();
    region.connect();
    const caseId = openCase();
    await time.advance(1_000);
    const before = agent.showCase(caseId).prefixSeq;
    region.push('case', {
      vehicle: region.vehicle,
      epoch: null,
      n: region.topic.length + 1,
      caseId,
      events: [],
      ...change,
    });
    expect(agent.status().refusedDownlinks).toBe(1);
    expect(agent.showCase(caseId).prefixSeq).toBe(before);
  });
});

describe('the crew’s acts', () => {
  test('the same event id twice is one event; another act under it is refused', () => {
    const { agent } = vehicleDay();
    const eventId = '01890000-0000-7000-8000-00000000cccc';
    const first = agent.openCase({ ...openInput, eventId });
    expect(agent.openCase({ ...openInput, eventId, caseId: first.caseId })).toEqual(first);
    expect(agent.status().waiting.evt).toBe(1);
    expect(() =>
      agent.requestPreAlert(first.caseId, {
        actor: crewActor,
        eventId,
        specialty: null,
        tier: 'level-1',
        hospitalId: null,
      }),
    ).toThrow('event.id-taken');
  });

  test.each([
    ['pre-alert.answered', {}, 'event.server-only'],
    ['finding.raised', {}, 'event.server-only'],
    ['nobody.knows', {}, 'event.unknown-type'],
    ['destination.chosen', { hospitalId: 1 }, 'uplink.event-invalid'],
  ])('%s is refused with a code and journals nothing', (type, clinical, code) => {
    const { agent, openCase } = vehicleDay();
    const caseId = openCase();
    expect(() => agent.recordEvent(caseId, { type, clinical, actor: crewActor })).toThrow(code);
    expect(agent.status().waiting.evt).toBe(1);
  });

  test('a case nobody opened is not found', () => {
    const { agent } = vehicleDay();
    const unknown = vehicleDay().openCase();
    expect(() => agent.showCase(unknown)).toThrow('case.not-found');
  });
});
