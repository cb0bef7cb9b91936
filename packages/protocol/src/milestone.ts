import * as v from 'valibot';

/** clinical.md 0.8, with the additions of design.md (The case). */
export const MilestoneCode = v.picklist([
  'T_ONSET',
  'T_LKW',
  'T_CALL',
  'T_ANSWER',
  'T_DISPATCH',
  'T_DEPART',
  'T_SCENE',
  'T_FMC',
  'T_BOARD',
  'T_ECG1',
  'T_ECG_TX',
  'T_ECG_DX',
  'T_PREALERT',
  'T_ACK',
  'T_TEAM_ACT',
  'T_TEAM_READY',
  'T_LEAVE',
  'T_GATE',
  'T_DOOR',
  'T_TRIAGE',
  'T_BEDSIDE',
  'T_HANDOVER',
  'T_CT_START',
  'T_CT_READ',
  'T_LAB',
  'T_CONSENT_START',
  'T_CONSENT_END',
  'T_NEEDLE',
  'T_PUNCTURE',
  'T_WIRE',
  'T_RECAN',
  'T_AIRWAY',
  'T_BLOOD',
  'T_TXA',
  'T_INCISION',
  'T_HEMOSTASIS',
  'T_BIRTH',
  'T_PPV',
  'T_COOL',
  'T_NICU',
  'T_BP_SEVERE',
  'T_ANTIHTN',
  'T_MGSO4',
  'T_DECISION',
  'T_DELIVERY',
  'T_ARREST',
  'T_ROSC',
  'T_DOOR_IN',
  'T_DOOR_OUT',
  'T_CLEAR',
  'T_AVAILABLE',
]);
export type MilestoneCode = v.InferOutput<typeof MilestoneCode>;

export const MilestoneSource = v.picklist(['device', 'gps', 'dispatch', 'server', 'staff', 'crew']);
export type MilestoneSource = v.InferOutput<typeof MilestoneSource>;

export interface MilestoneStamp {
  readonly stampId: string;
  readonly code: MilestoneCode;
  readonly atMs: number;
  readonly source: MilestoneSource;
  readonly errorMs: number | null;
  readonly actorName: string | null;
}

/**
 * All stamps are kept; this chooses the one shown. A correction decides; without one the more trustworthy
 * source, then the earlier instant, then the id: independent of arrival order.
 */
export function chosenStamp(stamps: readonly MilestoneStamp[], correctedStampId: string | null): MilestoneStamp | null {
  const corrected = stamps.find((stamp) => stamp.stampId === correctedStampId);
  if (corrected) return corrected;
  const rank = (stamp: MilestoneStamp) => MilestoneSource.options.indexOf(stamp.source);
  return (
    [...stamps].sort((a, b) => rank(a) - rank(b) || a.atMs - b.atMs || (a.stampId < b.stampId ? -1 : 1))[0] ?? null
  );
}
