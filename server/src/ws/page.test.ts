import { caseId } from '@pentad/protocol/testing/boring-ids';
import { describe, expect, test } from 'vitest';
import { auditor, dispatcher, nurse, staffMember, supervisor } from '../platform/staff.fixture.ts';
import { authorizeSubscription, visibilityOf } from './page.ts';

const administrator = staffMember(8, 'administrator', null);
const may = (staff: typeof nurse, topic: string): boolean => {
  try {
    authorizeSubscription(staff, topic);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ kind: 'not-found', code: 'topic.not-found', message: 'no such topic' });
    return false;
  }
};

describe('H15: who may subscribe', () => {
  test.each([
    ['region', [supervisor, dispatcher], [nurse, auditor, administrator]],
    ['desk:desk-1', [nurse, supervisor, dispatcher], [auditor, administrator, staffMember(9, 'center-nurse', 2)]],
    ['vehicle:vehicle-0001', [], [nurse, supervisor, dispatcher, auditor, administrator]],
    ['center:hospital-1.chest-pain', [], [nurse, supervisor, dispatcher, auditor, administrator]],
    ['shard:3', [], [nurse, supervisor, dispatcher, auditor, administrator]],
    ['desk:', [], [nurse]],
    ['', [], [nurse, supervisor]],
  ])('to %s', (topic, allowed, refused) => {
    for (const staff of allowed) expect(may(staff, topic), staff.role).toBe(true);
    for (const staff of refused) expect(may(staff, topic), staff.role).toBe(false);
  });

  test('to a case is decided by the case, row by row', () => {
    expect(may(nurse, `case:${caseId}`)).toBe(true);
  });
});

test('S29: names are whole at the desks and masked for the region', () => {
  expect([nurse, staffMember(3, 'center-specialist', 1)].map(visibilityOf)).toEqual(['full', 'full']);
  expect([supervisor, dispatcher].map(visibilityOf)).toEqual(['masked', 'masked']);
});
