import { describe, expect, test } from 'vitest';
import { seededRandom } from './platform/virtual-time.fixture.ts';
import type { Log } from './ports.ts';
import { hospitalId, openInput, vehicleDay } from './vehicle-day.fixture.ts';

describe('the second path', () => {
  test('N3: the stream gives no PubAck: events go by HTTPS within ten seconds, and its answer is the receipt', async () => {
    const { region, agent, openCase, time } = vehicleDay();
    region.connect();
    await time.advance(1_000);
    region.isStreamUp = false;
    openCase();
    await time.advance(10_000);
    expect(region.stored('evt')).toHaveLength(1);
    expect(agent.status().waiting.evt).toBe(0);
  });

  test('N5: no heartbeat for ten seconds is shown as link loss; events and the downlink go by HTTPS', async () => {
    const day = vehicleDay();
    const { region, agent, time } = day;
    region.connect();
    await time.advance(2_000);
    expect(agent.status().rung).toBe('broker');
    region.isAnswering = false;
    region.isStreamUp = false;
    await time.advance(11_000);
    expect(agent.status()).toMatchObject({ rung: 'second-path', isBrokerConnected: true });
    const caseId = day.openCase();
    await time.advance(3_000);
    expect(region.stored('evt')).toHaveLength(1);
    region.record(caseId, 'destination.chosen', { hospitalId, reason: 'rule' }, { isPushed: false });
    await time.advance(3_000);
    expect(agent.showCase(caseId).state.destination.current?.value.hospitalId).toBe(hospitalId);
  });

  test('E13: no way out at all is shown within ten seconds', async () => {
    const { region, agent, time } = vehicleDay();
    region.connect();
    await time.advance(60_000);
    expect(agent.status().rung).toBe('broker');
    region.isHttpUp = false;
    region.isAnswering = false;
    await time.advance(10_500);
    expect(agent.status().rung).toBe('none');
    region.isHttpUp = true;
    await time.advance(5_000);
    expect(agent.status().rung).toBe('second-path');
    region.isHttpUp = false;
    await time.advance(10_000);
    expect(agent.status().rung).toBe('none');
  });

  test('E18: the JWT is renewed after two thirds of its life, and again after a failure', async () => {
    const { region, credentials, time } = vehicleDay();
    region.isHttpUp = false;
    await time.advance(4.7 * 86_400_000);
    expect(region.jwtRenewals).toBe(0);
    region.isHttpUp = true;
    await time.advance(1_300_000);
    expect(credentials.jwts).toEqual(['first', 'renewed-1']);
  }, 60_000);
});

test('E11: on a link that is up 3 s and down 5 s everything gets through, and what waits never grows without end', async () => {
  const { region, agent, drive } = vehicleDay();
  region.isHttpUp = false;
  await drive(120);
  const waiting: number[] = [];
  for (let round = 0; round < 20; round += 1) {
    region.connect();
    await drive(3);
    region.disconnect();
    await drive(5);
    waiting.push(agent.status().waiting.vit);
  }
  expect(waiting.every((count, index) => index === 0 || count <= Math.max(5, waiting[index - 1] ?? 0))).toBe(true);
  expect(waiting.at(-1)).toBe(5);
  expect(region.stored('vit').length).toBe(120 + 160 - 5);
}, 30_000);

test('P22: after a restore the case shows the server’s new log, not the one that is gone', async () => {
  const { region, agent, openCase, time } = vehicleDay();
  region.connect();
  const caseId = openCase();
  await time.advance(1_000);
  region.record(caseId, 'destination.chosen', { hospitalId, reason: 'rule' });
  expect(agent.showCase(caseId)).toMatchObject({ prefixSeq: 2, state: { status: 'destination' } });
  region.restore();
  region.disconnect();
  region.connect();
  await time.advance(5_000);
  expect(agent.showCase(caseId)).toMatchObject({
    prefixSeq: 1,
    state: { status: 'opened', destination: { current: null } },
  });
  expect(agent.showCase(caseId).own[0]).toMatchObject({ isStored: true });
});

describe('clocks', () => {
  test('E7: a vehicle clock ten minutes slow is measured, shown as unreliable, and the day is the server’s', async () => {
    const { region, agent, sample, time } = vehicleDay();
    time.wallOffsetMs = 0;
    region.clockAheadMs = 1_700_000_000_000;
    region.connect();
    await time.advance(1_000);
    sample(80);
    await time.advance(100);
    expect(agent.status().clock).toMatchObject({ offsetMs: 1_700_000_000_000, isUnreliable: true });
    expect(agent.status().alarms).toContain('clock-unreliable');
    expect(region.stored('vit')[0]).toMatchObject({ day: '2023-11-14', clock: { offsetMs: 1_700_000_000_000 } });
  });

  test('E7: a jump of an hour between two questions changes the offset at once', async () => {
    const { region, agent, time } = vehicleDay();
    region.connect();
    await time.advance(1_000);
    time.wallOffsetMs -= 3_600_000;
    expect(agent.status().clock?.offsetMs).toBe(3_600_000);
  });
});

test('E2: an unreadable record becomes a gap that is declared once, and the rest arrives', async () => {
  const { region, agent, shelf, time, sample } = vehicleDay();
  for (let index = 0; index < 5; index += 1) sample(80);
  shelf.journal?.corrupt('vit', 3);
  region.connect();
  await time.advance(60_000);
  expect(region.stored('vit').map(({ seq }) => seq)).toEqual([1, 2, 4, 5]);
  expect(region.stored('evt')).toMatchObject([{ gap: { lane: 'vit', ranges: [[3, 3]], cause: 'journal-corrupt' } }]);
  expect(agent.status()).toMatchObject({ declaredGaps: 1, waiting: { evt: 0, vit: 0, pos: 0 } });
});

test('E3: over its bound the journal drops what was receipted, then sheds positions and numerics of the past, declared; never events', async () => {
  const { region, agent, drive, openCase, time } = vehicleDay({ limits: { maxJournalBytes: 800_000 } });
  region.isHttpUp = false;
  const caseId = openCase();
  await drive(2_400);
  expect(agent.status().journalBytes).toBeLessThan(850_000);
  region.connect();
  await time.advance(120_000);
  const shed = region.stored('evt').flatMap((item) => ('gap' in item ? [item.gap] : []));
  expect(
    shed.every((gap) => typeof gap === 'object' && gap !== null && 'cause' in gap && gap.cause === 'storage-full'),
  ).toBe(true);
  expect(shed.length).toBeGreaterThan(0);
  expect(region.stored('evt').some((item) => 'event' in item)).toBe(true);
  expect(agent.showCase(caseId).own[0]).toMatchObject({ isStored: true });
  expect(agent.status().waiting).toEqual({ evt: 0, vit: 0, pos: 0, wav: 0, med: 0 });
  const { declaredGaps } = agent.status();
  expect(region.stored('vit').length + region.stored('pos').length + declaredGaps).toBe(4_800);
}, 30_000);

test.each(['journal.io', 'journal.corrupt'] as const)(
  'E4: %s while writing sets the file aside, and the act is journalled in another',
  async (code) => {
    const { region, agent, shelf, openCase, time } = vehicleDay();
    if (shelf.journal) shelf.journal.failNextAppend = code;
    const caseId = openCase();
    expect(shelf.setAsideReasons).toEqual([code]);
    expect(agent.status().alarms).toContain('journal-set-aside');
    region.connect();
    await time.advance(1_000);
    expect(agent.showCase(caseId).own[0]).toMatchObject({ isStored: true });
  },
);

test('H1: random bytes and half messages from the broker are refused and counted, and nothing stops', async () => {
  const { region, agent, openCase, time } = vehicleDay();
  region.connect();
  openCase();
  await time.advance(1_000);
  const random = seededRandom(99);
  const receipt = Buffer.from(JSON.stringify(region.receipt('evt', agent.status().epoch)));
  for (let round = 0; round < 500; round += 1) {
    const [length = 0, kind = 0] = random(2);
    const bytes = kind % 2 === 0 ? random(length) : receipt.subarray(0, length % receipt.length);
    region.pushBytes(kind % 3 === 0 ? 'case' : 'rcpt', bytes);
  }
  const { refusedReceipts, refusedDownlinks } = agent.status();
  expect(refusedReceipts + refusedDownlinks).toBe(500);
  openCase();
  await time.advance(1_000);
  expect(agent.status().waiting.evt).toBe(0);
});

test('H11: a whole case leaves no name, vital sign or free text in the logs', async () => {
  const lines: string[] = [];
  const write = (code: string, fields: object = {}) => lines.push(JSON.stringify({ code, ...fields }));
  const log: Log = { info: write, warn: write, error: write };
  const { region, agent, time, sample, press } = vehicleDay({ log });
  region.connect();
  const { caseId } = agent.openCase({ ...openInput, sealed: { name: '欧阳金丝雀' } });
  sample(137);
  press(caseId);
  region.push('rcpt', { vehicle: 'x', name: '欧阳金丝雀' });
  region.disconnect();
  await time.advance(30_000);
  expect(lines.length).toBeGreaterThan(2);
  expect(lines.join('\n')).not.toMatch(/欧阳|张医生|137/);
});
