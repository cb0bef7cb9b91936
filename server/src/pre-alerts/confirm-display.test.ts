import type { CaseEvent } from '@pentad/protocol/case-event';
import { caseId, caseIdOf, preAlertIdOf, targetIdOf } from '@pentad/protocol/testing/boring-ids';
import { event } from '@pentad/protocol/testing/builders';
import { expect, test } from 'vitest';
import { MemoryCaseUnits } from '../cases/memory-case-units.fixture.ts';
import { caseAfter, makePlans, typesOf } from '../cases/planning.fixture.ts';
import type { StaffActor } from '../platform/actor.ts';
import { FakeTime } from '../platform/fake-time.fixture.ts';
import { nurse, otherNurse, secondNurse, supervisor } from '../platform/staff.fixture.ts';
import { confirmDisplay, type DisplayStage } from './confirm-display.ts';

const open = [event('case.opened'), event('pre-alert.raised')];
const onTarget = { caseId, preAlertId: preAlertIdOf(1), targetId: targetIdOf(1) };

function makePage(told: readonly CaseEvent[] = open) {
  const time = new FakeTime();
  const units = new MemoryCaseUnits({ clock: time, states: [caseAfter(told)] });
  const ports = { units, plans: makePlans({ clock: time }) };
  return {
    written: () => units.written.map(({ plan }) => typesOf(plan)),
    confirm: (staff: StaffActor, stage: DisplayStage, deskId = 'desk-1', on = onTarget) =>
      confirmDisplay(ports, staff, on, deskId, stage),
  };
}

test('I9: what a page of the desk confirms is written once, whoever confirms it again', async () => {
  const page = makePage();
  await page.confirm(nurse, 'delivered');
  await page.confirm(secondNurse, 'delivered');
  await page.confirm(nurse, 'displayed');
  await page.confirm(secondNurse, 'displayed');
  expect(page.written()).toEqual([['pre-alert.delivered'], ['pre-alert.displayed']]);
});

test('what is displayed has been delivered', async () => {
  const page = makePage();
  await page.confirm(nurse, 'displayed');
  await page.confirm(nurse, 'delivered');
  expect(page.written()).toEqual([['pre-alert.delivered', 'pre-alert.displayed']]);
});

test.each([
  ['a nurse of another desk in this one’s name', otherNurse],
  ['a supervisor, who looks on', supervisor],
])('H15: %s is refused', async (_, staff) => {
  const page = makePage();
  await expect(page.confirm(staff, 'displayed')).rejects.toMatchObject({ kind: 'forbidden', code: 'desk.not-yours' });
  expect(page.written()).toEqual([]);
});

test('a page of another desk that shows the case says nothing of this target', async () => {
  const page = makePage();
  await page.confirm(otherNurse, 'displayed', 'desk-2');
  expect(page.written()).toEqual([]);
});

test('for a case that is over, or that is not there, nothing is written', async () => {
  const over = makePage([...open, event('case.cancelled')]);
  await over.confirm(nurse, 'displayed');
  const page = makePage();
  await page.confirm(nurse, 'displayed', 'desk-1', { ...onTarget, caseId: caseIdOf(9) });
  await page.confirm(nurse, 'displayed', 'desk-1', { ...onTarget, targetId: targetIdOf(9) });
  expect([...over.written(), ...page.written()]).toEqual([]);
});
