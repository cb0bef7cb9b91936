import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldAll } from './case-fold.ts';
import { milestones } from './case-reading.ts';
import { chosenStamp, MilestoneSource, type MilestoneStamp } from './milestone.ts';
import { caseId, START_MS } from './testing/boring-ids.ts';
import { event, recordedLog } from './testing/builders.ts';

const stamp = (some: Partial<MilestoneStamp> = {}): MilestoneStamp => ({
  stampId: 'stamp-1',
  code: 'T_GATE',
  atMs: START_MS,
  source: 'crew',
  errorMs: null,
  actorName: null,
  ...some,
});

test('no stamp, no milestone', () => expect(chosenStamp([], 'stamp-1')).toBeNull());

test('the more trustworthy source wins over the earlier instant, device before crew', () => {
  const [crew, device] = [stamp({ atMs: 1 }), stamp({ stampId: 'stamp-2', source: 'device', atMs: 2 })];
  expect(chosenStamp([crew, device], null)).toBe(device);
});

test('of one source the earlier instant, of one instant the smaller id', () => {
  const early = stamp({ stampId: 'b', atMs: 1 });
  expect(chosenStamp([stamp({ stampId: 'a', atMs: 2 }), early], null)).toBe(early);
  expect(chosenStamp([stamp({ stampId: 'b' }), stamp({ stampId: 'a' })], null)?.stampId).toBe('a');
});

test('a correction decides; one that names a stamp nobody has is as none', () => {
  const [crew, device] = [stamp(), stamp({ stampId: 'stamp-2', source: 'device' })];
  expect(chosenStamp([crew, device], 'stamp-1')).toBe(crew);
  expect(chosenStamp([crew, device], 'stamp-9')).toBe(device);
});

test('the choice does not depend on the order of the stamps (E10)', () => {
  const some = fc.record({ atMs: fc.nat(3), source: fc.constantFrom(...MilestoneSource.options) });
  fc.assert(
    fc.property(fc.array(some, { maxLength: 8 }), fc.nat(8), fc.nat(8), (drawn, turn, correction) => {
      const stamps = drawn.map((part, n) => stamp({ ...part, stampId: `stamp-${n}` }));
      const turned = [...stamps.slice(turn), ...stamps.slice(0, turn)].reverse();
      expect(chosenStamp(turned, `stamp-${correction}`)).toEqual(chosenStamp(stamps, `stamp-${correction}`));
    }),
  );
});

const read = (...events: Parameters<typeof recordedLog>[0]) => milestones(foldAll(caseId, recordedLog(events)));
const gate = () => event('milestone.stamped', { stampId: 'gate', code: 'T_GATE', source: 'gps' });
const door = () =>
  event('milestone.stamped', { stampId: 'door', code: 'T_DOOR', source: 'staff', atMs: START_MS + 60_000 });

test('the door is the gate until a door is stamped, whichever came first', () => {
  expect(read(gate()).T_DOOR).toMatchObject({ stampId: 'gate', code: 'T_DOOR', atMs: START_MS });
  expect(read(gate(), door()).T_DOOR).toMatchObject({ stampId: 'door' });
  expect(read(door(), gate()).T_DOOR).toMatchObject({ stampId: 'door' });
  expect(read(door()).T_GATE).toBeUndefined();
});

test('of two corrections the later act decides, in whichever order they arrive; all stamps are kept', () => {
  const corrections = [
    event('milestone.corrected', { code: 'T_GATE', stampId: 'gate' }, { occurredAtMs: START_MS + 1 }),
    event('milestone.corrected', { code: 'T_GATE', stampId: 'late' }, { occurredAtMs: START_MS + 2 }),
  ];
  const late = event('milestone.stamped', { stampId: 'late', code: 'T_GATE', source: 'crew', atMs: START_MS + 30_000 });
  for (const order of [corrections, [...corrections].reverse()]) {
    expect(read(gate(), late, ...order).T_GATE).toMatchObject({ stampId: 'late' });
    expect(read(...order, late, gate()).T_GATE).toMatchObject({ stampId: 'late' });
    expect(Object.keys(foldAll(caseId, recordedLog([gate(), late, ...order])).stamps).sort()).toEqual(['gate', 'late']);
  }
});
