import { Epoch } from '@pentad/protocol/ids';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { sampleDraft } from './journal/sample-items.fixture.ts';
import { vehicleDay } from './vehicle-day.fixture.ts';

describe('what is written is stored', () => {
  test('I3: a drive with a case ends with every item stored once and receipted', async () => {
    const { region, agent, drive, openCase, press, time } = vehicleDay();
    region.connect();
    const caseId = openCase();
    await drive(20);
    press(caseId);
    await drive(20);
    await time.advance(5_000);
    expect(agent.status().waiting).toEqual({ evt: 0, vit: 0, pos: 0, wav: 0, med: 0 });
    expect(region.stored('vit').map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    expect(region.published.filter(({ road }) => road === 'vit')).toHaveLength(40);
    expect(region.stored('evt')).toHaveLength(2);
  });

  test('E5: killed between publish and receipt, the agent sends again after the restart, and it is stored once', async () => {
    const day = vehicleDay();
    day.region.sendsReceipts = false;
    day.region.connect();
    day.openCase();
    await day.time.advance(1_000);
    expect(day.region.stored('evt')).toHaveLength(1);
    await day.restart();
    expect(day.agent.status().waiting.evt).toBe(1);
    day.region.sendsReceipts = true;
    day.region.disconnect();
    day.region.connect();
    await day.time.advance(2_000);
    expect(day.agent.status().waiting.evt).toBe(0);
    expect(day.region.stored('evt')).toHaveLength(1);
  });

  test('N1: what the broker took and lost with its store goes again at the reconnect, within a second', async () => {
    const { region, agent, openCase, time } = vehicleDay();
    region.connect();
    region.isIngestUp = false;
    openCase();
    await time.advance(2_000);
    expect(region.stored('evt')).toHaveLength(0);
    region.disconnect();
    region.isIngestUp = true;
    region.isHttpUp = false;
    await time.advance(3_000);
    region.connect();
    await time.advance(1_000);
    expect(region.stored('evt')).toHaveLength(1);
    expect(agent.status().waiting.evt).toBe(0);
  });

  test('a lost receipt is asked for, and nothing is sent twice', async () => {
    const { region, agent, sample, time } = vehicleDay();
    region.connect();
    await time.advance(1_000);
    region.sendsReceipts = false;
    sample(80);
    await time.advance(40_000);
    expect(agent.status().waiting.vit).toBe(0);
    expect(region.published.filter(({ road }) => road === 'vit' || road === 'bkv')).toHaveLength(1);
    expect(region.asked).toContain('held');
  });

  test('E9: after 30 minutes without a link live goes first, the backlog newest first by its own road, and all arrives', async () => {
    const { region, agent, drive, time } = vehicleDay();
    region.isHttpUp = false;
    await drive(1_800);
    region.connect();
    await drive(30);
    await time.advance(60_000);
    expect(agent.status().waiting).toEqual({ evt: 0, vit: 0, pos: 0, wav: 0, med: 0 });
    expect(region.stored('vit')).toHaveLength(1_830);
    const live = region.published.filter(({ road }) => road === 'vit').map(({ seq }) => seq);
    expect(live.slice(-30)).toEqual(Array.from({ length: 30 }, (_, index) => 1_801 + index));
    const backlog = region.published.filter(({ road }) => road === 'bkv').map(({ seq }) => seq);
    expect(backlog).toEqual([...backlog].sort((a, b) => b - a));
  }, 30_000);

  test('P22: a restored database gets again all that is still held', async () => {
    const { region, drive, openCase, time } = vehicleDay();
    region.connect();
    openCase();
    await drive(10);
    region.rows.clear();
    region.horizon = 'gen-2';
    region.disconnect();
    region.connect();
    await time.advance(10_000);
    expect(region.stored('vit')).toHaveLength(10);
    expect(region.stored('evt')).toHaveLength(1);
  });
});

describe('two journals of one vehicle', () => {
  test('E6: a wiped journal begins another epoch, and nothing of the two collides', async () => {
    const day = vehicleDay();
    day.region.connect();
    day.openCase();
    await day.time.advance(1_000);
    await day.agent.stop();
    day.shelf.setAside('journal.corrupt');
    await day.restart();
    day.region.connect();
    day.openCase();
    await day.time.advance(1_000);
    const keys = day.region.stored('evt').map(({ epoch, seq }) => `${epoch} ${seq}`);
    expect(keys).toHaveLength(2);
    expect(new Set(keys.map((key) => key.split(' ')[1]))).toEqual(new Set(['1']));
    expect(day.agent.status().waiting.evt).toBe(0);
  });

  test('E16: the server says a second journal is heard: the crew sees the alarm', async () => {
    const { region, agent, time } = vehicleDay();
    region.isSecondEpoch = true;
    region.connect();
    await time.advance(1_000);
    expect(agent.status()).toMatchObject({ isSecondEpoch: true });
    expect(agent.status().alarms).toContain('second-epoch');
  });

  test('E16: a disk restored to an earlier copy does not write over what the server holds; it goes on in another epoch', async () => {
    const { region, agent, openCase, time, shelf } = vehicleDay();
    const old = shelf.journal?.epoch;
    const ahead = sampleDraft('evt', 77).make({ seq: 9, epoch: v.parse(Epoch, old) });
    region.rows.set('ahead', ahead);
    openCase();
    region.connect();
    await time.advance(5_000);
    expect(agent.status().epoch).not.toBe(old);
    expect(agent.status().waiting.evt).toBe(0);
    expect(agent.status().alarms).toContain('journal-set-aside');
    expect(region.stored('evt').filter(({ epoch }) => epoch === agent.status().epoch)).toHaveLength(1);
  });
});
