import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldAll, foldPending } from './case-fold.ts';
import { isOver, milestones, openConflicts } from './case-reading.ts';
import type { CaseState } from './case-state.ts';
import { caseId, START_MS } from './testing/boring-ids.ts';
import { event } from './testing/builders.ts';
import { interleaved, somePicks, twoWriters } from './testing/two-writers.ts';

const twoArrivals = fc.tuple(twoWriters, somePicks, somePicks).map(([{ vehicle, hospital }, one, other]) => ({
  one: interleaved(vehicle, hospital, one),
  other: interleaved(vehicle, hospital, other),
}));
const runs = { numRuns: 600 };

const holdsInAnyOrder = (read: (state: CaseState) => unknown) =>
  fc.assert(
    fc.property(twoArrivals, ({ one, other }) => {
      expect(read(foldAll(caseId, one))).toEqual(read(foldAll(caseId, other)));
    }),
    runs,
  );

describe('two writers that have not seen each other, in any order of arrival (E10)', () => {
  test('end in the same milestones', () => holdsInAnyOrder(milestones));
  test('end in the same pre-alerts, owners, answers and ladders', () => holdsInAnyOrder((state) => state.preAlerts));
  test('end in the same open conflicts', () => holdsInAnyOrder(openConflicts));
  test('end as over or not over alike, at the same instant, with the same status', () =>
    holdsInAnyOrder((state) => [
      isOver(state),
      state.closedAtMs,
      state.cancelled?.atMs,
      state.status,
      state.openedAtMs,
    ]));
  test('end in the same set-valued facts', () =>
    holdsInAnyOrder(({ assessments, treatments, bloodLossMl, stamps, requests, findings, births, complaintCodes }) => [
      assessments,
      treatments,
      bloodLossMl,
      stamps,
      requests,
      findings,
      births,
      complaintCodes,
    ]));

  test('keep every value of a single-valued fact, whichever stands as the current one', () => {
    const valuesOf = (state: CaseState) =>
      ([state.destination, state.onset, state.patient] as const).map((field) =>
        [...field.earlier, ...(field.current ? [field.current] : [])]
          .map(({ value, writer }) => JSON.stringify([writer, value]))
          .sort(),
      );
    holdsInAnyOrder(valuesOf);
  });
});

test('the generators meet: conflicts, owners, corrections and late entries do occur', () => {
  const states = fc.sample(twoArrivals, { numRuns: 300, seed: 1 }).map(({ one }) => foldAll(caseId, one));
  const alerts = states.flatMap((state) => Object.values(state.preAlerts));
  expect(states.some((state) => openConflicts(state).some((conflict) => conflict.kind === 'written-apart'))).toBe(true);
  expect(states.some((state) => openConflicts(state).some((conflict) => conflict.kind === 'after-closing'))).toBe(true);
  expect(
    states.some((state) => Object.values(state.stampCorrections).some(({ stampId }) => state.stamps[stampId])),
  ).toBe(true);
  expect(alerts.some((alert) => alert.ownerTargetId !== null)).toBe(true);
  expect(alerts.some((alert) => alert.cancelled !== null)).toBe(true);
  expect(alerts.some((alert) => Object.values(alert.targets).some((target) => target.released))).toBe(true);
});

test('the agent, showing its own events ahead of the server, ends where the server ends once all are ordered', () => {
  fc.assert(
    fc.property(twoWriters, fc.nat(24), ({ vehicle, hospital }, known) => {
      const prefix = foldAll(caseId, interleaved(vehicle.slice(0, known), hospital, []));
      const pending = vehicle.slice(known).map((written) => written.event);
      const shown = foldPending(prefix, pending, START_MS);
      const ordered = foldAll(caseId, interleaved(vehicle, hospital, []));
      expect(milestones(shown)).toEqual(milestones(ordered));
      expect(shown.preAlerts).toEqual(ordered.preAlerts);
      expect(openConflicts(shown)).toEqual(openConflicts(ordered));
      expect(shown.caseSeq).toBe(ordered.caseSeq);
    }),
    runs,
  );
});

test('a pending event is shown at the agent’s own now until the server gives it a place', () => {
  const shown = foldPending(foldAll(caseId, []), [event('case.opened')], START_MS + 5);
  expect(shown.timeline).toMatchObject([{ caseSeq: 1, type: 'case.opened', recordedAtMs: START_MS + 5 }]);
});
