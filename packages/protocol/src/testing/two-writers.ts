import fc from 'fast-check';
import type { CaseEvent, RecordedEvent } from '../case-event.ts';
import type { MilestoneCode, MilestoneSource } from '../milestone.ts';
import { Answer, Tier } from '../pre-alert.ts';
import { boringPatient } from './boring-clinical.ts';
import {
  caseIdOf,
  deskIdOf,
  eventIdOf,
  findingIdOf,
  hospitalIdOf,
  preAlertIdOf,
  START_MS,
  targetIdOf,
} from './boring-ids.ts';
import { crew, dispatcher, event, nurse, recorded, serverActor } from './builders.ts';

/** Few values everywhere, so that the two writers meet: same hospitals, same codes, same instants. */
const someInstant = fc.integer({ min: 0, max: 6 }).map((n) => START_MS + n * 1_000);
const someCode = fc.constantFrom<MilestoneCode[]>('T_GATE', 'T_DOOR');
const someSource = fc.constantFrom<MilestoneSource[]>('gps', 'crew');
const someHospital = fc.integer({ min: 1, max: 3 }).map(hospitalIdOf);
const somePreAlert = fc.constantFrom(1, 1, 1, 2).map(preAlertIdOf);
const someTarget = fc.constantFrom(1, 1, 2, 2, 3).map(targetIdOf);
const someTier = fc.constantFrom(...Tier.options);
/** A writer's few stamps of a code: stamped again and again, and known by name to both. */
const stampIdOf = (writer: 'v' | 'h', n: number, code: MilestoneCode) => `${writer}-${n}-${code.replace('_', '-')}`;
const someStamp = fc.record({ writer: fc.constantFrom<('v' | 'h')[]>('v', 'h'), n: fc.nat(2), code: someCode });
const someCause = fc.oneof(
  fc.record({ kind: fc.constant('rule' as const), findingId: fc.integer({ min: 1, max: 2 }).map(findingIdOf) }),
  fc.record({ kind: fc.constant('crew' as const), requestId: fc.constantFrom('request-1', 'request-2') }),
);

type Draft = (place: number) => CaseEvent;
const draft = <T>(part: fc.Arbitrary<T>, write: (part: T, place: number) => CaseEvent): fc.Arbitrary<Draft> =>
  part.map((drawn) => (place) => write(drawn, place));

/** What both may write, each under ids of its own; what bears on one another stands in one group. */
const shared = (writer: 'v' | 'h'): fc.Arbitrary<Draft>[] => {
  const stamped = draft(
    fc.record({ n: fc.nat(2), code: someCode, atMs: someInstant, source: someSource }),
    ({ n, ...stamp }) => event('milestone.stamped', { ...stamp, stampId: stampIdOf(writer, n, stamp.code) }),
  );
  const corrected = draft(someStamp, ({ writer: of, n, code }) =>
    event('milestone.corrected', { code, stampId: stampIdOf(of, n, code) }),
  );
  return [
    fc.oneof(stamped, stamped, corrected),
    fc.oneof(
      draft(someHospital, (hospitalId) => event('destination.chosen', { hospitalId })),
      draft(fc.option(someInstant), (atMs) => event('onset.recorded', { atMs })),
      draft(fc.integer({ min: 60, max: 62 }), (ageYears) =>
        event('patient.described', { patient: { ...boringPatient, ageYears } }),
      ),
    ),
    fc.oneof(
      draft(fc.constantFrom('a', 'b', 'c'), (code) =>
        event('complaint.recorded', { complaintId: `${writer}-complaint`, codes: [code] }),
      ),
      draft(fc.nat(2), (n) => event('treatment.recorded', { treatmentId: `${writer}-treatment-${n}` })),
      draft(fc.nat(2), (n) => event('treatment.withdrawn', { treatmentId: `${writer}-treatment-${n}` })),
    ),
    fc.oneof(
      draft(fc.constantFrom('closed', 'closed', 'arrived', 'en-route'), (to) => event('case.progressed', { to })),
      draft(fc.constant(null), () => event('case.cancelled', { reason: 'no-patient' })),
      draft(fc.constant(null), () => event('outcome.recorded')),
    ),
  ];
};

const vehicleDrafts: fc.Arbitrary<Draft>[] = [
  draft(fc.record({ tier: someTier, hospitalId: fc.option(someHospital) }), (request, place) =>
    event('pre-alert.requested', { ...request, requestId: `request-${place}` }),
  ),
  draft(fc.nat(2), (n) => event('assessment.recorded', { assessmentId: `v-assessment-${n}` })),
  draft(fc.nat(500), (volumeMl) => event('blood-loss.recorded', { volumeMl })),
  draft(fc.integer({ min: 1, max: 4 }), (order) =>
    event('birth.recorded', { order, childCaseId: caseIdOf(10 + order) }),
  ),
  draft(fc.constant(null), () => event('case.opened')),
];

const onTarget = fc.record({ preAlertId: somePreAlert, targetId: someTarget });
const targetsOf = (first: number) =>
  [first, (first % 3) + 1].map((n) => ({ targetId: targetIdOf(n), hospitalId: hospitalIdOf(n), deskId: deskIdOf(n) }));

const raised = draft(
  fc.record({ preAlertId: somePreAlert, tier: someTier, cause: someCause, first: fc.integer({ min: 1, max: 3 }) }),
  ({ first, ...alert }) => event('pre-alert.raised', { ...alert, targets: targetsOf(first) }),
);

/** The steps on which ownership and ringing turn: in every run. */
const turns: fc.Arbitrary<Draft>[] = [
  draft(fc.record({ target: onTarget, answer: fc.constantFrom(...Answer.options) }), ({ target, answer }) =>
    event('pre-alert.answered', { ...target, answer, minutes: answer === 'accept-in-minutes' ? 10 : null }),
  ),
  draft(
    fc.record({ target: onTarget, step: fc.constantFrom('desk', 'first-line', 'promised'), round: fc.nat(2) }),
    ({ target, ...fired }) => event('pre-alert.escalated', { ...target, ...fired }),
  ),
  draft(somePreAlert, (preAlertId) => event('pre-alert.cancelled', { preAlertId })),
  draft(onTarget, (target) => event('pre-alert.target-released', target)),
];

const hospitalDrafts: fc.Arbitrary<Draft>[] = [
  draft(fc.record({ preAlertId: somePreAlert, tier: someTier, cause: someCause }), (raised) =>
    event('pre-alert.tier-raised', raised),
  ),
  draft(fc.record({ preAlertId: somePreAlert, cause: someCause }), (added) => event('pre-alert.cause-added', added)),
  draft(fc.record({ preAlertId: somePreAlert, tier: someTier }), (lowered) => event('pre-alert.tier-lowered', lowered)),
  draft(fc.tuple(somePreAlert, fc.integer({ min: 1, max: 3 })), ([preAlertId, n]) =>
    event('pre-alert.target-added', { preAlertId, target: targetsOf(n)[0]! }),
  ),
  ...(['pre-alert.delivered', 'pre-alert.displayed', 'pre-alert.seen'] as const).map((type) =>
    draft(onTarget, (target) => event(type, target)),
  ),
  draft(somePreAlert, (preAlertId) => event('team.activated', { preAlertId })),
  draft(somePreAlert, (preAlertId) => event('team.ready', { preAlertId })),
  draft(somePreAlert, (preAlertId) => event('team.stood-down', { preAlertId })),
  draft(fc.integer({ min: 1, max: 2 }), (n) => event('finding.raised', { findingId: findingIdOf(n) })),
  draft(fc.integer({ min: 1, max: 2 }), (n) => event('finding.ended', { findingId: findingIdOf(n) })),
];

export interface WrittenApart {
  readonly event: CaseEvent;
  readonly recordedAtMs: number;
}

const staff = [nurse, serverActor, dispatcher];

/** One writer's sequence. Each event keeps its own instants wherever it lands in the log; none has seen the other writer. */
const sequenceOf = (
  drafts: fc.Arbitrary<Draft>,
  actors: readonly (typeof crew)[],
  firstId: number,
): fc.Arbitrary<WrittenApart[]> =>
  fc.array(fc.tuple(drafts, fc.constantFrom(...actors), someInstant), { maxLength: 24, size: 'max' }).map((drawn) =>
    drawn.map(([write, actor, occurredAtMs], place) => {
      const written = write(place);
      const envelope = { ...written.envelope, eventId: eventIdOf(firstId + place), actor, occurredAtMs };
      return { event: { ...written, envelope }, recordedAtMs: START_MS + firstId + place * 100 };
    }),
  );

/**
 * A few kinds of events a run, other ones every run: what rarely meets among thirty kinds meets often among four.
 * Both writers draw of the same shared kinds.
 */
const someKinds = (drafts: readonly fc.Arbitrary<Draft>[], maxLength: number) =>
  fc.subarray([...drafts], { minLength: 1, maxLength });
const sharedKinds = fc.subarray([...shared('v').keys()], { minLength: 1, maxLength: 2 });
const these = (drafts: readonly fc.Arbitrary<Draft>[], places: readonly number[]) =>
  drafts.filter((_, place) => places.includes(place));

const evenly = (both: readonly fc.Arbitrary<Draft>[], own: readonly fc.Arbitrary<Draft>[]) =>
  fc.oneof(fc.oneof(...both), fc.oneof(...own));

/** The crew's facts and the hospital's or server's acts, each oblivious of the other. */
export const twoWriters = fc
  .tuple(sharedKinds, someKinds(vehicleDrafts, 2), someKinds(hospitalDrafts, 4))
  .chain(([places, vehicleOnly, hospitalOnly]) =>
    fc.record({
      vehicle: sequenceOf(evenly(these(shared('v'), places), vehicleOnly), [crew], 10_000),
      hospital: sequenceOf(evenly(these(shared('h'), places), [raised, ...turns, ...hospitalOnly]), staff, 20_000),
    }),
  );

/** The life of pre-alerts alone, every step in it. */
export const hospitalAlone = someKinds(hospitalDrafts, 6).chain((kinds) =>
  sequenceOf(fc.oneof(raised, ...turns, ...kinds), staff, 20_000),
);

/** One log in which each writer's own order holds; `picks` says whose turn it is. */
export function interleaved(
  vehicle: readonly WrittenApart[],
  hospital: readonly WrittenApart[],
  picks: readonly boolean[],
): RecordedEvent[] {
  const log: RecordedEvent[] = [];
  let [atVehicle, atHospital] = [0, 0];
  while (atVehicle < vehicle.length || atHospital < hospital.length) {
    const isVehicleNext = atHospital >= hospital.length || (atVehicle < vehicle.length && picks[log.length] === true);
    const next = isVehicleNext ? vehicle[atVehicle++] : hospital[atHospital++];
    if (next) log.push(recorded(next.event, log.length + 1, next.recordedAtMs));
  }
  return log;
}

export const somePicks = fc.array(fc.boolean(), { minLength: 48, maxLength: 48 });
