import * as v from 'valibot';

/**
 * One row of a topic: which events of which case were committed. Readers take the case as it is now, so a slow
 * reader catches up in one step; nothing of a patient stands in the feed. `ring`: a ladder step fired.
 */
export const FeedPointer = v.object({
  caseId: v.string(),
  fromSeq: v.number(),
  toSeq: v.number(),
  vehicle: v.nullable(v.object({ vehicle: v.string(), n: v.number() })),
  ring: v.nullable(v.object({ preAlertId: v.string(), targetId: v.string(), step: v.string(), round: v.number() })),
});
export type FeedPointer = v.InferOutput<typeof FeedPointer>;
