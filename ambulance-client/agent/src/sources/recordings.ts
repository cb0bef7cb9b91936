import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CaseOrigin, Specialty } from '@pentad/protocol/center';
import * as v from 'valibot';
import { AgentError } from '../agent-error.ts';

const Id = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,64}$/));
const Measured = v.nullable(v.pipe(v.number(), v.finite()));

/** fixtures/recordings/numerics: one row a sample, null = not measured. */
export const NumericsRecording = v.object({
  id: Id,
  sampleSeconds: v.pipe(v.number(), v.minValue(0.1)),
  fields: v.array(v.string()),
  rows: v.pipe(v.array(v.array(Measured)), v.minLength(1)),
});
export type NumericsRecording = v.InferOutput<typeof NumericsRecording>;

/** fixtures/recordings/drives: [latitude, longitude, m/s, degrees], WGS-84, from the gate to the scene and back. */
export const DriveRecording = v.object({
  id: Id,
  sampleSeconds: v.pipe(v.number(), v.minValue(0.1)),
  sceneAtSeconds: v.pipe(v.number(), v.minValue(0)),
  points: v.pipe(v.array(v.tuple([v.number(), v.number(), Measured, Measured])), v.minLength(1)),
});
export type DriveRecording = v.InferOutput<typeof DriveRecording>;

const Seconds = v.pipe(v.number(), v.finite());
export const Overlay = v.object({ atSeconds: Seconds, untilSeconds: Seconds, field: v.string(), value: Measured });
export type Overlay = v.InferOutput<typeof Overlay>;

export const Scenario = v.object({
  id: Id,
  specialty: v.nullable(Specialty),
  ambulanceIndex: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  startAfterSeconds: Seconds,
  leaveSceneAtSeconds: Seconds,
  numericsId: Id,
  waveformId: Id,
  patient: v.object({
    ageYears: v.nullable(v.number()),
    ageDays: v.nullable(v.number()),
    sex: v.nullable(v.picklist(['male', 'female'])),
    pregnancyWeeks: v.nullable(v.number()),
    nameZh: v.string(),
  }),
  newborn: v.optional(v.object({ gestationDaysAtBirth: v.nullable(v.number()) })),
  events: v.array(v.object({ atSeconds: Seconds, type: v.string(), data: v.record(v.string(), v.unknown()) })),
  numericsOffsets: v.array(Overlay),
  linkGaps: v.optional(v.array(v.object({ fromSeconds: Seconds, untilSeconds: Seconds })), []),
});
export type Scenario = v.InferOutput<typeof Scenario>;
const ScenarioFile = v.object({ scenarios: v.array(Scenario) });
const CountyFile = v.object({ ambulances: v.array(v.object({ driveId: Id, numericsId: Id })) });
export type CountyAmbulance = v.InferOutput<typeof CountyFile>['ambulances'][number];

export const OpenedData = v.object({
  origin: CaseOrigin,
  specialty: v.nullable(Specialty),
  complaintCodes: v.array(v.string()),
});

function readJson<S extends v.GenericSchema>(path: string, schema: S): v.InferOutput<S> {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), readFileSync(path, 'utf8'));
  if (!read.success) throw new AgentError('invalid', 'recording.invalid', `not a recording of its kind: ${path}`);
  return read.output;
}

export const readNumerics = (folder: string, id: string): NumericsRecording =>
  readJson(join(folder, 'numerics', `${id}.json`), NumericsRecording);
export const readDrive = (folder: string, id: string): DriveRecording =>
  readJson(join(folder, 'drives', `${id}.json`), DriveRecording);
export const readScenarios = (demoFolder: string): readonly Scenario[] =>
  readJson(join(demoFolder, 'scenarios.json'), ScenarioFile).scenarios;
export const readAmbulances = (demoFolder: string): readonly CountyAmbulance[] =>
  readJson(join(demoFolder, 'county.json'), CountyFile).ambulances;
