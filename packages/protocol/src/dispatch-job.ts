import * as v from 'valibot';
import { Code, InstantMs } from './quantities.ts';

const text = (length: number) => v.nullable(v.pipe(v.string(), v.maxLength(length)));
const optionalText = (length: number) => v.optional(text(length), null);

/**
 * What the vehicle's job card shows of a job and nothing else may: sealed in the log, asked for by the vehicle itself.
 * Coordinates are WGS-84 degrees as decimal text.
 */
export const JobCardText = v.looseObject({
  address: optionalText(400),
  latitudeDeg: optionalText(24),
  longitudeDeg: optionalText(24),
  callerPhone: optionalText(40),
  callerName: optionalText(80),
  patientName: optionalText(80),
  complaint: optionalText(1_000),
  note: optionalText(2_000),
});
export type JobCardText = v.InferOutput<typeof JobCardText>;

/** The stamps a dispatch centre can give (clinical.md 0.8); null = it does not know. Integer Unix ms. */
export const DispatchTimes = v.object({
  callAtMs: v.optional(v.nullable(InstantMs), null),
  answerAtMs: v.optional(v.nullable(InstantMs), null),
  dispatchAtMs: v.optional(v.nullable(InstantMs), null),
  departAtMs: v.optional(v.nullable(InstantMs), null),
});
export type DispatchTimes = v.InferOutput<typeof DispatchTimes>;

/** The same job sent again, with more in it, is the same job: `jobNumber` within its dispatch centre names it. */
export const DispatchJobInput = v.strictObject({
  jobNumber: v.pipe(v.string(), v.regex(/^[A-Za-z0-9._-]{1,64}$/)),
  /** Exactly one names the vehicle: its id, its plate or its call sign. */
  vehicle: v.strictObject({
    vehicleId: v.optional(text(40), null),
    plate: v.optional(text(20), null),
    callSign: v.optional(text(40), null),
  }),
  times: DispatchTimes,
  complaint: optionalText(1_000),
  complaintCodes: v.optional(v.pipe(v.array(Code), v.maxLength(32)), []),
  sex: v.optional(v.nullable(v.picklist(['male', 'female'])), null),
  ageYears: v.optional(v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(130))), null),
  address: optionalText(400),
  location: v.optional(
    v.nullable(
      v.strictObject({
        latitudeDeg: v.pipe(v.number(), v.finite(), v.minValue(-90), v.maxValue(90)),
        longitudeDeg: v.pipe(v.number(), v.finite(), v.minValue(-180), v.maxValue(180)),
        datum: v.picklist(['WGS-84', 'GCJ-02', 'BD-09']),
      }),
    ),
    null,
  ),
  callerPhone: optionalText(40),
  callerName: optionalText(80),
  patientName: optionalText(80),
  note: optionalText(2_000),
  isWithdrawn: v.optional(v.boolean(), false),
});
export type DispatchJobInput = v.InferOutput<typeof DispatchJobInput>;
