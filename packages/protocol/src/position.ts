import * as v from 'valibot';

/** WGS-84. Inputs in GCJ-02 or BD-09 are converted before they become a Position. */
export const Position = v.object({
  latitudeDeg: v.pipe(v.number(), v.finite(), v.minValue(-90), v.maxValue(90)),
  longitudeDeg: v.pipe(v.number(), v.finite(), v.minValue(-180), v.maxValue(180)),
  speedMps: v.nullable(v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(120))),
  headingDeg: v.nullable(v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(360))),
  accuracyM: v.nullable(v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(100_000))),
});
export type Position = v.InferOutput<typeof Position>;
