import * as v from 'valibot';
import { Code } from './quantities.ts';

const ItemId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{1,64}$/));

/** The words of question, opinion and read-back are sealed; the log holds that they were given, by whom, about what. */
export const consultationEvents = {
  'consultation.asked': v.looseObject({ consultationId: ItemId, topic: Code }),
  'consultation.opined': v.looseObject({ consultationId: ItemId, opinionId: ItemId }),
  'consultation.read-back': v.looseObject({ consultationId: ItemId, opinionId: ItemId, isConfirmed: v.boolean() }),
  'consultation.ended': v.looseObject({ consultationId: ItemId }),
} as const;
