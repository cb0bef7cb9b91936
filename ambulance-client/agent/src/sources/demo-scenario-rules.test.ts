import { CaseWatch } from '@pentad/clinical/case-watch';
import { ruleSet } from '@pentad/clinical/rule-sets/pentad-2';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Patient } from '@pentad/protocol/case-event-types';
import { ItemAnswers } from '@pentad/protocol/assessment-items';
import { emptyCase, type Assessment, type CaseState } from '@pentad/protocol/case-state';
import { Specialty } from '@pentad/protocol/center';
import type { CaseId } from '@pentad/protocol/ids';
import { MilestoneCode } from '@pentad/protocol/milestone';
import * as v from 'valibot';

const START_MS = 1_790_000_000_000;
const Assessed = v.object({
  consciousness: v.nullable(v.string()),
  oxygen: v.nullable(v.picklist(['air', 'oxygen'])),
  vitals: v.record(v.string(), v.nullable(v.number())),
  gcs: v.nullable(v.object({ eye: v.number(), verbal: v.number(), motor: v.number() })),
  items: v.optional(ItemAnswers, {}),
});
const Onset = v.object({
  kind: v.picklist(['onset', 'last-known-well']),
  agoMinutes: v.optional(v.nullable(v.number()), null),
  certainty: v.string(),
});
const Told = v.object({
  scenarios: v.array(
    v.object({
      id: v.string(),
      specialty: v.nullable(Specialty),
      expectedRules: v.array(v.string()),
      patient: v.object({
        ageYears: v.nullable(v.number()),
        ageDays: v.nullable(v.number()),
        sex: v.nullable(v.picklist(['male', 'female'])),
        pregnancyWeeks: v.nullable(v.number()),
      }),
      events: v.array(v.object({ atSeconds: v.number(), type: v.string(), data: v.record(v.string(), v.unknown()) })),
    }),
  ),
});
const { scenarios } = v.parse(
  Told,
  JSON.parse(readFileSync(new URL('../../../../fixtures/demo/scenarios.json', import.meta.url), 'utf8')),
);

const patientOf = ({ pregnancyWeeks, ...patient }: (typeof scenarios)[number]['patient']): Patient => ({
  ...patient,
  gestationDays: pregnancyWeeks === null ? null : pregnancyWeeks * 7,
  isPregnant: pregnancyWeeks === null ? null : true,
});

/** The crew's part of a story as the rules see it after an event; the monitor beside it is a recording. */
function stateAfter({ specialty, patient, events }: (typeof scenarios)[number], count: number): CaseState {
  const told = events.slice(0, count);
  const assessments = told
    .filter(({ type }) => type === 'assessment.recorded')
    .map(({ atSeconds, data }): Assessment => {
      const { gcs, ...rest } = v.parse(Assessed, data);
      const measuredAtMs = START_MS + atSeconds * 1000;
      const parts = gcs && { ...gcs, notTestable: [] };
      return { assessmentId: `at-${atSeconds}`, measuredAtMs, isPressureUnrecordable: null, gcs: parts, ...rest };
    });
  const onset = told.find(({ type }) => type === 'onset.recorded');
  const { agoMinutes, ...known } = onset ? v.parse(Onset, onset.data) : { agoMinutes: null, kind: null };
  const written = { caseSeq: 1, writer: 'vehicle', basedOnCaseSeq: 0 } as const;
  return {
    ...emptyCase('01920000-0000-7000-8000-000000000001' as CaseId),
    specialty,
    patient: { current: { value: patientOf(patient), ...written }, earlier: [] },
    onset:
      known.kind === null || !('certainty' in known)
        ? { current: null, earlier: [] }
        : {
            current: {
              value: { ...known, atMs: agoMinutes === null ? null : START_MS - agoMinutes * 60_000 },
              ...written,
            },
            earlier: [],
          },
    bloodLossMl: Object.fromEntries(
      told
        .filter(({ type }) => type === 'blood-loss.recorded')
        .map(({ atSeconds, data }) => [`at-${atSeconds}`, Number(data['volumeMl'])]),
    ),
    stamps: Object.fromEntries(
      told
        .filter(({ type }) => type === 'milestone.stamped')
        .map(({ atSeconds, data }) => {
          const code = v.parse(MilestoneCode, data['code']);
          const stamp = { stampId: code, code, atMs: START_MS + atSeconds * 1000, source: 'crew' as const };
          return [code, { ...stamp, errorMs: null, actorName: null }];
        }),
    ),
    assessments: Object.fromEntries(assessments.map((each) => [each.assessmentId, each])),
  };
}

test.each(scenarios)('the story $id comes to its rules on what its crew enters', (scenario) => {
  const fired = new Set<string>();
  scenario.events.forEach(({ atSeconds }, index) => {
    const { firing } = new CaseWatch(ruleSet).evaluate(stateAfter(scenario, index + 1), START_MS + atSeconds * 1000);
    for (const { ruleId, tier } of firing) if (tier !== 'advice') fired.add(ruleId);
  });
  expect([...fired].sort()).toEqual([...scenario.expectedRules].sort());
});
