import * as v from 'valibot';
import { HospitalId } from './ids.ts';
import { Code, InstantMs } from './quantities.ts';

const ItemId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{1,64}$/));

/** Preparation, handover, referral and tests already done: set-valued facts keyed by id. */
export const hospitalCareEvents = {
  'preparation.updated': v.looseObject({
    itemId: ItemId,
    code: Code,
    state: v.picklist(['open', 'ready', 'cannot-be-ready', 'withdrawn']),
    leadTimeMs: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
  }),
  'handover.item': v.looseObject({ itemId: ItemId, code: Code, isReadBack: v.boolean() }),
  'handover.signed': v.looseObject({ side: v.picklist(['crew', 'hospital']) }),
  'referral.requested': v.looseObject({ referralId: ItemId, hospitalId: HospitalId, reason: Code }),
  'done-test.recorded': v.looseObject({ testId: ItemId, code: Code, doneAtMs: InstantMs }),
} as const;
