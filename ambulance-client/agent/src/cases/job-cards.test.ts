import { CaseId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { vehicleDay } from '../vehicle-day.fixture.ts';

const caseId = v.parse(CaseId, '01890000-0000-7000-8000-00000000ca5e');
const card = {
  address: '幸福路12号CANARY',
  latitudeDeg: '31.198000',
  longitudeDeg: '121.396000',
  callerPhone: '13912345678',
  callerName: null,
  patientName: null,
  complaint: '胸痛',
  note: null,
};
const patient = { ageYears: 71, ageDays: null, sex: 'female', gestationDays: null, isPregnant: null };

function dispatched() {
  const lines: unknown[] = [];
  const note = (...line: unknown[]) => void lines.push(line);
  const day = vehicleDay({ log: { info: note, warn: note, error: note } });
  const { region } = day;
  const tell = (told: Partial<typeof card> = {}) => {
    region.cards.set(caseId, { ...card, ...told });
    region.record(caseId, 'dispatch.received', {
      jobId: 'job-1',
      complaintCodes: [],
      jobNumber: 'J-1',
      source: 'http',
    });
  };
  const open = () => {
    region.record(caseId, 'case.opened', {
      origin: 'dispatch-120',
      vehicle: region.vehicle,
      patientSlot: null,
      patient,
      complaintCodes: [],
      specialty: null,
    });
    tell();
  };
  const asked = () => region.asked.filter((ask) => ask === 'job').length;
  return { ...day, day, lines, open, tell, asked, shown: () => day.agent.showCase(caseId).jobCard };
}

describe('the card of a job', () => {
  test('is asked for once the log says that there is one, and shown with its case', async () => {
    const { region, time, open, shown, asked } = dispatched();
    region.connect();
    open();
    expect(shown()).toEqual({ card: null, isLatest: false });
    await time.advance(2_000);
    expect(shown()).toEqual({ card, isLatest: true });
    await time.advance(60_000);
    expect(asked()).toBe(1);
  });

  test('is not asked for of a case the crew opened itself', async () => {
    const { region, agent, openCase, time, asked } = dispatched();
    region.connect();
    const own = openCase();
    await time.advance(5_000);
    expect([agent.showCase(own).jobCard, asked()]).toEqual([null, 0]);
  });

  test('told again it is fetched again, and until then the old one is shown as old', async () => {
    const { region, time, open, tell, shown } = dispatched();
    region.connect();
    open();
    await time.advance(2_000);
    tell({ address: '光明路7号' });
    expect(shown()).toEqual({ card, isLatest: false });
    await time.advance(2_000);
    expect(shown()).toEqual({ card: { ...card, address: '光明路7号' }, isLatest: true });
  });

  test('that does not come is asked for until it does', async () => {
    const { region, time, open, shown } = dispatched();
    region.isHttpUp = false;
    region.connect();
    open();
    region.cards.delete(caseId);
    await time.advance(90_000);
    expect(shown()).toEqual({ card: null, isLatest: false });
    region.cards.set(caseId, card);
    await time.advance(40_000);
    expect(shown()?.card).toEqual(card);
  });

  test('comes by the second path while the broker is away, or carries nothing', async () => {
    const away = dispatched();
    away.open();
    await away.time.advance(10_000);
    expect(away.shown()?.card).toEqual(card);
    const mute = dispatched();
    mute.region.connect();
    mute.open();
    mute.region.isAnswering = false;
    await mute.time.advance(40_000);
    expect(mute.shown()?.card).toEqual(card);
  });

  test('is there after a restart without any link, and gone with its case', async () => {
    const { day, region, time, open, shown } = dispatched();
    region.connect();
    open();
    await time.advance(2_000);
    region.isHttpUp = false;
    region.disconnect();
    await day.restart();
    expect(shown()).toEqual({ card, isLatest: true });
    const kept = () =>
      day.shelf
        .open()
        .keptKeys()
        .filter((key) => key.startsWith('job-card:'));
    region.isHttpUp = true;
    region.connect();
    region.record(caseId, 'case.cancelled', { reason: 'no-patient' });
    await time.advance(2_000);
    expect(shown()?.card).toEqual(card);
    await time.advance(97 * 3_600_000);
    await day.agent.stop();
    expect(kept()).toEqual([]);
  }, 30_000);

  test('stands in no log line', async () => {
    const { region, time, open, lines } = dispatched();
    region.connect();
    open();
    await time.advance(5_000);
    expect(JSON.stringify(lines)).not.toMatch(/CANARY|13912345678|胸痛/);
  });
});
