import * as v from 'valibot';
import { Epoch, VehicleId } from './ids.ts';
import { Lane } from './lane.ts';
import { Code, SequenceNumber } from './quantities.ts';
import { SeqRange } from './seq-range.ts';

/**
 * Sent from committed rows only. Every seq of a lane ends stored (`through`, `ranges`), refused (quarantined,
 * durable) or shed (declared by the agent). `horizon` is the database's restore generation: when it changes,
 * the agent offers again all it still has.
 */
export const Receipt = v.looseObject({
  vehicle: VehicleId,
  epoch: Epoch,
  lane: Lane,
  through: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  ranges: v.pipe(v.array(SeqRange), v.maxLength(2_048)),
  refused: v.pipe(v.array(v.looseObject({ seq: SequenceNumber, code: Code })), v.maxLength(2_048)),
  shed: v.pipe(v.array(SeqRange), v.maxLength(2_048)),
  horizon: v.pipe(v.string(), v.maxLength(64)),
});
export type Receipt = v.InferOutput<typeof Receipt>;
