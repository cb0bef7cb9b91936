import { expect, test } from 'vitest';
import { quietLog } from '../platform/virtual-time.fixture.ts';
import { crewActor, openInput, vehicleDay } from '../vehicle-day.fixture.ts';
import { ItemCounter, tallyLine } from './item-tally.ts';

test('items are counted as captured, stored and waiting, with those an earlier run left', async () => {
  const { agent, region, time, sample } = vehicleDay();
  sample(80);
  const counter = new ItemCounter();
  const counted = counter.counting(agent);
  const { caseId } = counted.openCase(openInput);
  counted.recordEvent(caseId, { type: 'case.progressed', clinical: { to: 'assessed' }, actor: crewActor });
  const content = new Uint8Array(20_000).fill(7);
  counted.addMedia({ caseId, patientSlot: 1, mediaType: 'application/pdf', content, takenAtMs: time.nowMs() });
  const away = counter.tally(counted.status());
  expect(away.evt).toMatchObject({ captured: 2, stored: 0, waiting: 2, waitingBefore: 0 });
  expect(away.vit).toMatchObject({ captured: 0, waitingBefore: 1, waiting: 1 });
  expect(away.med.captured).toBe(away.med.waiting);
  region.connect();
  await time.advance(20_000);
  const whole = counter.tally(counted.status());
  expect(whole.evt).toMatchObject({ captured: 2, stored: 2, waiting: 0 });
  expect(whole.vit).toMatchObject({ stored: 1, waiting: 0 });
  expect(tallyLine(whole)).toContain('事件/events 2/2');
});

test('what the agent sheds is heard from its log', () => {
  const { agent } = vehicleDay();
  const counter = new ItemCounter();
  const log = counter.listening(quietLog);
  const counted = counter.counting(agent);
  log.error('journal.gap-declared', { lane: 'wav', count: 12, cause: 'storage-full' });
  expect(counter.tally(counted.status()).wav).toMatchObject({ shed: 12, stored: 0 });
});
