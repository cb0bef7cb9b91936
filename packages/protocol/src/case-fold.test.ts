import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { CaseEvent, RecordedEvent, type CaseEventType } from './case-event.ts';
import { foldAll, foldCase } from './case-fold.ts';
import { isOver, milestones, openConflicts, openPreAlerts } from './case-reading.ts';
import { emptyCase, type CaseState } from './case-state.ts';
import { addLaterFields } from './testing/add-later-fields.ts';
import { boringClinical } from './testing/boring-clinical.ts';
import { caseId, caseIdOf } from './testing/boring-ids.ts';
import { event, nurse, rawEvent, recorded, recordedLog } from './testing/builders.ts';
import { interleaved, somePicks, twoWriters } from './testing/two-writers.ts';

const knownTypes = Object.keys(boringClinical) as CaseEventType[];
const aLog = fc
  .tuple(twoWriters, somePicks)
  .map(([{ vehicle, hospital }, picks]) => interleaved(vehicle, hospital, picks));
const aLogInTwo = fc.tuple(aLog, fc.nat(47)).map(([log, cut]) => ({ log, at: cut % (log.length + 1) }));

const garbage = fc.dictionary(fc.string(), fc.anything(), { maxKeys: 6 });
const hostileValue = fc.oneof(
  fc.anything(),
  fc.constantFrom('constructor', '__proto__', 'toString', -0, Number.NaN, 1e308, ''),
);
/** A valid clinical part with one or two fields replaced by something else. */
const nearlyValid = fc.constantFrom(...knownTypes).chain((type) =>
  fc.dictionary(fc.constantFrom(...Object.keys(boringClinical[type])), hostileValue, { maxKeys: 2 }).map((bad) => ({
    type: type as string,
    clinical: { ...boringClinical[type], ...bad },
  })),
);
const anyType = fc.oneof(
  fc.constantFrom<string>(...knownTypes),
  fc.constantFrom('drone.landed', 'to-string.x', 'constructor', '__proto__', 'toString'),
);
const anything = fc.oneof(nearlyValid, fc.record({ type: anyType, clinical: garbage }));

/** Everything of a state but the place it has reached. */
const withoutPlace = ({ caseSeq: _seq, timeline: _timeline, ...rest }: CaseState) => rest;

describe('the fold is total', () => {
  test('garbage, unknown types and any order never throw, and every event keeps its place in the timeline (E10, H1)', () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 40 }), (drawn) => {
        const log = recordedLog(drawn.map(({ type, clinical }) => rawEvent(type, clinical)));
        const state = foldAll(caseId, log);
        expect(state.timeline.map((entry) => entry.eventId)).toEqual(log.map((entry) => entry.envelope.eventId));
        expect(state.caseSeq).toBe(log.length);
        openConflicts(state);
        milestones(state);
        openPreAlerts(state);
      }),
      { numRuns: 500 },
    );
  });

  test.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty'])(
    'an id %j is an id like any other (H5)',
    (name) => {
      const state = foldAll(
        caseId,
        recordedLog([
          event('treatment.withdrawn', { treatmentId: name }),
          event('milestone.stamped', { stampId: name }),
        ]),
      );
      expect(state.treatments[name]).toEqual({ code: 'unknown', givenAtMs: expect.any(Number), isWithdrawn: true });
      expect(milestones(state).T_SCENE).toMatchObject({ stampId: name });
      expect(Object.keys(foldAll(caseId, []).treatments)).toEqual([]);
    },
  );

  test.each(knownTypes)('%s alone, first of a case whatever it is, opens it', (type) => {
    const state = foldAll(caseId, [recorded(event(type), 1)]);
    expect(state).toMatchObject({ caseSeq: 1, timeline: [{ type }] });
    expect(state.openedAtMs).not.toBeNull();
  });
});

/** As jsonb gives keys back: shorter ones first. */
const inOrderOfJsonb = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOrderOfJsonb);
  if (typeof value !== 'object' || value === null) return value;
  const keys = Object.entries(value).sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1));
  return Object.fromEntries(keys.map(([key, part]) => [key, inOrderOfJsonb(part)]));
};

describe('the fold is incremental', () => {
  test('going on from any stored projection is the same as folding all', () => {
    fc.assert(
      fc.property(aLogInTwo, ({ log, at }) => {
        const stored = JSON.stringify(foldAll(caseId, log.slice(0, at)));
        const goneOn = log.slice(at).reduce(foldCase, JSON.parse(stored) as CaseState);
        expect(goneOn).toEqual(foldAll(caseId, log));
      }),
      { numRuns: 300 },
    );
  });

  test('and reads the same when PostgreSQL gave the stored keys back in another order', () => {
    fc.assert(
      fc.property(aLogInTwo, ({ log, at }) => {
        const stored = inOrderOfJsonb(foldAll(caseId, log.slice(0, at))) as CaseState;
        const goneOn = log.slice(at).reduce(foldCase, stored);
        expect(openConflicts(goneOn)).toEqual(openConflicts(foldAll(caseId, log)));
        expect(milestones(goneOn)).toEqual(milestones(foldAll(caseId, log)));
      }),
      { numRuns: 300 },
    );
  });

  test('two writers who agree are not in conflict because one of their values was stored meanwhile', () => {
    const [mine, theirs] = recordedLog([
      event('destination.chosen'),
      event('destination.chosen', {}, { actor: nurse }),
    ]);
    const stored = inOrderOfJsonb(foldAll(caseId, [mine!])) as CaseState;
    expect(openConflicts(foldCase(stored, theirs!))).toEqual([]);
  });

  test('folding an event twice, at once or much later, changes nothing (E10)', () => {
    fc.assert(
      fc.property(aLog, fc.array(fc.nat(48), { maxLength: 8 }), (log, again) => {
        const twice = log.flatMap((entry, index) => [
          entry,
          entry,
          ...again.filter((at) => at <= index).map((at) => log[at]!),
        ]);
        expect(foldAll(caseId, twice)).toEqual(foldAll(caseId, log));
      }),
      { numRuns: 300 },
    );
  });

  test('an event of another case changes nothing', () => {
    const state = foldAll(caseId, recordedLog([event('case.opened')]));
    expect(foldCase(state, recorded(event('case.cancelled', {}, { caseId: caseIdOf(9) }), 2))).toBe(state);
  });

  test('what is folded into is never changed', () => {
    const freeze = (value: unknown): unknown => {
      if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
      return value;
    };
    fc.assert(
      fc.property(aLog, (log) => {
        freeze(log);
        log.reduce((state, entry) => freeze(foldCase(state, entry)) as CaseState, emptyCase(caseId));
      }),
    );
  });
});

describe('what the fold does not know it leaves alone (P18)', () => {
  test('an unknown type changes only caseSeq and timeline, wherever it stands', () => {
    fc.assert(
      fc.property(aLogInTwo, garbage, ({ log, at }, clinical) => {
        fc.pre(log.length > 0);
        const strange = rawEvent('drone.landed', clinical, {
          occurredAtMs: Math.max(...log.map((entry) => entry.envelope.occurredAtMs)),
        });
        const events = [...log.slice(0, at).map(asEvent), strange, ...log.slice(at).map(asEvent)];
        const instants = [...log.slice(0, at), null, ...log.slice(at)].map((entry) => entry?.recordedAtMs ?? 0);
        const withStranger = events.map((given, index) => recorded(given, index + 1, instants[index]));
        const [seen, unseen] = [foldAll(caseId, withStranger), foldAll(caseId, log)];
        expect(readings(seen)).toEqual(readings(unseen));
        expect(seen.timeline).toHaveLength(log.length + 1);
      }),
      { numRuns: 300 },
    );
  });

  test('a known type that does not fit its schema changes only caseSeq and timeline', () => {
    const before = foldAll(caseId, recordedLog([event('case.opened')]));
    for (const type of knownTypes.filter((known) => known !== 'identity.attached')) {
      const after = foldCase(before, recorded(rawEvent(type, {}), 2));
      expect(withoutPlace(after)).toEqual(withoutPlace(before));
    }
  });

  test.each(knownTypes)('fields of a newer writer in %s leave the state as without them', (type) => {
    const opening = [event('case.opened'), event('pre-alert.raised'), event('finding.raised')];
    const plain = recordedLog([...opening, event(type)]);
    const newer = v.parse(v.array(RecordedEvent), addLaterFields(plain));
    expect(foldAll(caseId, newer)).toEqual(foldAll(caseId, plain));
  });

  test('one writer with a newer program makes no conflict by the fields the other does not know', () => {
    const mine = event('patient.described');
    const theirs = v.parse(CaseEvent, addLaterFields(event('patient.described', {}, { actor: nurse })));
    expect(openConflicts(foldAll(caseId, recordedLog([mine, theirs])))).toEqual([]);
  });
});

const asEvent = ({ envelope, clinical }: RecordedEvent) => ({ envelope, clinical });

/** All that does not name places in the log. */
const readings = (state: CaseState) => ({
  milestones: milestones(state),
  preAlerts: state.preAlerts,
  findings: state.findings,
  requests: state.requests,
  status: state.status,
  isOver: isOver(state),
  destination: state.destination.current?.value,
  onset: state.onset.current?.value,
  patient: state.patient.current?.value,
  apart: openConflicts(state).filter((conflict) => conflict.kind === 'written-apart'),
});
