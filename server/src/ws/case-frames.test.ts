import type { CaseEvent } from '@pentad/protocol/case-event';
import { foldCase } from '@pentad/protocol/case-fold';
import { emptyCase, type CaseState } from '@pentad/protocol/case-state';
import { caseId } from '@pentad/protocol/testing/boring-ids';
import { event, recorded } from '@pentad/protocol/testing/builders';
import { beforeEach, expect, test } from 'vitest';
import type { CasePlan } from '../cases/case-planner.ts';
import { defaultLadder } from '../pre-alerts/ladder.ts';
import { CaseFrames } from './case-frames.ts';

let stored: CaseState;
let loads: number;
let frames: CaseFrames;
beforeEach(() => {
  stored = emptyCase(caseId);
  loads = 0;
  frames = new CaseFrames({
    ladder: defaultLadder,
    load: () => {
      loads += 1;
      return Promise.resolve({ state: stored, patientName: '张建国', access: new Set(['h-1.stroke']) });
    },
  });
});

/** Stored as the next version of the case; the plan that led to it. */
function commit(
  fact: CaseEvent = event('onset.recorded'),
  sealed: CasePlan['events'][number]['sealed'] = null,
): CasePlan {
  const before = stored;
  const one = recorded(fact, before.caseSeq + 1);
  stored = foldCase(before, one);
  return { before, after: stored, events: [{ recorded: one, sealed, source: null }] };
}
const opened = [{ hospitalId: 'h-2', specialty: 'trauma' }] as const;

test('a change of the version at hand is shown without a read, with the name and the centers it is open to', async () => {
  commit();
  await frames.atLeast(caseId, 1);
  frames.committed({ plan: commit(), opened });
  const views = await frames.atLeast(caseId, 2);
  expect(loads).toBe(1);
  expect(views?.record).toEqual({
    state: stored,
    patientName: '张建国',
    access: new Set(['h-1.stroke', 'h-2.trauma']),
  });
});

test('a case open to no center before is known by its change alone', async () => {
  frames.committed({ plan: commit(), opened });
  expect((await frames.atLeast(caseId, 1))?.record.access).toEqual(new Set(['h-2.trauma']));
  expect(loads).toBe(0);
});

test('a version in between, or anything sealed, is read', async () => {
  commit();
  await frames.atLeast(caseId, 1);
  commit();
  frames.committed({ plan: commit(), opened: [] });
  await frames.atLeast(caseId, 3);
  expect(loads).toBe(2);
  frames.committed({ plan: commit(event('onset.recorded'), {}), opened: [] });
  await frames.atLeast(caseId, 4);
  expect(loads).toBe(3);
});
