import { NumericsReplay } from '@pentad/agent/sources/numerics-replay';
import { readNumerics, readScenarios, type Scenario } from '@pentad/agent/sources/recordings';
import { RecordedEvent } from '@pentad/protocol/case-event';
import { CaseId } from '@pentad/protocol/ids';
import type { StoredCases, StoredSample } from '@pentad/server/rule-replay/stored-cases';
import * as v from 'valibot';

/** Where the demo's cases and the recordings under them lie. */
export interface RecordingsPlace {
  readonly demoDir: string;
  readonly recordingsDir: string;
}

/** Any instant: a baseline does not depend on the day. */
const START_MS = 1_790_000_000_000;
const vehicle = 'veh-recorded';
const idOf = (kind: string, n: number): string => `01920000-0000-7000-8${kind}-${n.toString(16).padStart(12, '0')}`;

function openedBy({ patient, newborn, specialty }: Scenario, n: number): RecordedEvent {
  const { ageYears, ageDays, sex, pregnancyWeeks } = patient;
  const gestationDays = pregnancyWeeks === null ? (newborn?.gestationDaysAtBirth ?? null) : pregnancyWeeks * 7;
  const isPregnant = pregnancyWeeks === null ? null : true;
  return v.parse(RecordedEvent, {
    caseSeq: 1,
    recordedAtMs: START_MS,
    hasSealed: false,
    envelope: {
      eventId: idOf('0e0', n),
      caseId: idOf('0c0', n),
      type: 'case.opened',
      occurredAtMs: START_MS,
      actor: { kind: 'crew', id: 'crew-recorded', name: null, assurance: 'pin' },
      basedOnCaseSeq: 0,
    },
    clinical: {
      origin: 'dispatch-120',
      vehicle,
      patientSlot: 1,
      patient: { ageYears, ageDays, sex, gestationDays, isPregnant },
      complaintCodes: [],
      specialty,
    },
  });
}

/**
 * The recordings of the demo as cases: for each demo case its patient and center, the recording under it once from end to
 * end without what the demo scripts over it, and a crew that enters nothing. What real monitoring alone makes the rules do.
 */
export function recordedCases({ demoDir, recordingsDir }: RecordingsPlace): StoredCases {
  const scenarios = readScenarios(demoDir);
  const ids = scenarios.map((_, n) => v.parse(CaseId, idOf('0c0', n)));
  const scenarioOf = (caseId: CaseId): Scenario | undefined => scenarios[ids.indexOf(caseId)];
  async function* samples(caseId: CaseId): AsyncGenerator<StoredSample> {
    const scenario = scenarioOf(caseId);
    if (!scenario) return;
    const recording = readNumerics(recordingsDir, scenario.numericsId);
    const replay = new NumericsReplay(recording);
    for (let row = 0; row < recording.rows.length; row += 1) {
      const second = row * recording.sampleSeconds;
      yield { vehicle, measuredAtMs: START_MS + second * 1000, ...replay.sample(second, START_MS) };
    }
  }
  return {
    count: async () => ids.length,
    page: async (_, after, limit) => {
      const from = after === null ? 0 : ids.indexOf(after) + 1;
      return ids.slice(from, from + limit);
    },
    events: async (caseId) => scenarios.flatMap((scenario, n) => (ids[n] === caseId ? [openedBy(scenario, n)] : [])),
    samples,
  };
}
