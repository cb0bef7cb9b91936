import type { CaseState } from '@pentad/protocol/case-state';
import { expect, it } from 'vitest';
import { RecordTimeline } from './record-timeline.ts';
import { assessmentOf, at, caseOf } from './testing/case-builder.ts';

const withOnset = (kind: 'onset' | 'last-known-well', certainty: string): CaseState => ({
  ...caseOf('stroke'),
  onset: {
    current: { value: { kind, atMs: at(0), certainty }, caseSeq: 2, writer: 'vehicle', basedOnCaseSeq: 1 },
    earlier: [],
  },
});

it.each([
  ['onset', 'exact', at(0)],
  ['onset', 'about', at(0)],
  ['onset', 'wake-up', null],
  ['onset', 'unknown', null],
  ['last-known-well', 'wake-up', at(0)],
] as const)('%s, %s: last known well at %s', (kind, certainty, expected) => {
  expect(new RecordTimeline(withOnset(kind, certainty), []).at(at(60)).lastKnownWellAtMs).toBe(expected);
});

it('keeps the newest answer to each question, and drops one whose term is over', () => {
  const first = assessmentOf(0, { items: { vomiting: true, radialPulse: true, painScore: 4 } });
  const second = assessmentOf(300, { items: { painScore: 7, vomiting: null } });
  const timeline = new RecordTimeline(caseOf('stroke'), [second, first]);
  const valuesAt = (seconds: number) =>
    Object.fromEntries(Object.entries(timeline.at(at(seconds)).answers).map(([name, { value }]) => [name, value]));
  expect(valuesAt(-1)).toEqual({});
  expect(valuesAt(299)).toEqual({ vomiting: true, radialPulse: true, painScore: 4 });
  expect(valuesAt(300)).toEqual({ vomiting: null, radialPulse: true, painScore: 7 });
  expect(valuesAt(900)).toMatchObject({ radialPulse: true });
  expect(valuesAt(901)).toEqual({ vomiting: null, painScore: 7 });
});
