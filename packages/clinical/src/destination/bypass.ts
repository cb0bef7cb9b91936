import type { DestinationRules } from './destination-definition.ts';
import type { DriveTime, PatientNeeds } from './destination-question.ts';
import type { Candidate } from './hospital-fit.ts';
import type { Need } from './level-need.ts';
import { reason, type Reason } from './reason.ts';

/** Whether a hospital of the preferred level may be driven to past a nearer able one. */
export interface BypassVerdict {
  readonly isDirect: boolean;
  readonly reasons: readonly Reason[];
}

/** Sums of minutes carry no more than a microminute, so that 0.1 + 0.2 stands on a limit of 0.3. */
export const exact = (minutes: number): number => Math.round(minutes * 1e6) / 1e6;
const sound = (minutes: number | null): number | null =>
  minutes !== null && Number.isFinite(minutes) && minutes >= 0 ? minutes : null;

/** First contact to wire <= 120, goal <= 90 (clinical.md C). A first contact not stamped is counted from now, and said. */
function wire(candidate: Candidate, patient: PatientNeeds, { limits }: DestinationRules): BypassVerdict {
  if (!candidate.drive) return { isDirect: false, reasons: [] };
  const { minutes, bandMinutes } = candidate.drive;
  const elapsed = sound(patient.minutesSinceFirstContact);
  const own = sound(candidate.hospital.doorToWireMinutes);
  const doorToWire = own ?? limits.doorToWireAssumedMinutes.value;
  const total = exact((elapsed ?? 0) + minutes + doorToWire);
  const late = exact((elapsed ?? 0) + bandMinutes.to + doorToWire);
  const limit = limits.fmcToWireCapMinutes.value;
  const goal = limits.fmcToWireGoalMinutes.value;
  const isDirect = total <= limit;
  const said =
    total <= goal
      ? reason('wire-within-goal', { minutes: total, goal })
      : reason(isDirect ? 'wire-within-cap' : 'wire-beyond-cap', { minutes: total, limit });
  return {
    isDirect,
    reasons: [
      said,
      ...(isDirect && late > limit ? [reason('wire-late-end-beyond-cap', { minutes: late, limit })] : []),
      ...(elapsed === null ? [reason('wire-fmc-missing')] : []),
      ...(own === null ? [reason('wire-door-assumed', { minutes: doorToWire })] : []),
    ],
  };
}

/** The drives to every usable hospital that can give intravenous thrombolysis. */
const thrombolysisDrives = (candidates: readonly Candidate[]): readonly DriveTime[] =>
  candidates.flatMap(({ meets, capacity, drive }) =>
    meets !== 'neither' && capacity.state !== 'down' && drive ? [drive] : [],
  );

/**
 * The extra drive within its limit, and no candidate for thrombolysis carried past the window: one whom the nearest
 * can still reach at the early end of its band, and this hospital not at the late end of its own.
 */
function thrombectomy(
  candidate: Candidate,
  candidates: readonly Candidate[],
  patient: PatientNeeds,
  rules: DestinationRules,
): BypassVerdict {
  const drives = thrombolysisDrives(candidates);
  if (!candidate.drive || drives.length === 0) return { isDirect: false, reasons: [reason('evt-extra-unknown')] };
  const { limits } = rules;
  const limit = rules.isTransferSystemWeak
    ? limits.strokeExtraWhenTransferIsWeakMinutes.value
    : limits.strokeExtraMinutes.value;
  const extra = exact(candidate.drive.minutes - Math.min(...drives.map(({ minutes }) => minutes)));
  if (extra > limit) return { isDirect: false, reasons: [reason('evt-extra-beyond', { minutes: extra, limit })] };
  const within = reason('evt-extra-within', { minutes: Math.max(0, extra), limit });
  const sinceWell = sound(patient.minutesSinceLastKnownWell);
  if (sinceWell === null) return { isDirect: true, reasons: [within, reason('evt-window-unknown')] };
  const window = limits.ivtWindowMinutes.value;
  const arrival = exact(sinceWell + candidate.drive.bandMinutes.to);
  const earliest = Math.min(...drives.map(({ bandMinutes }) => bandMinutes.from));
  const isCandidate = exact(sinceWell + earliest) <= window;
  if (extra > 0 && isCandidate && arrival > window)
    return { isDirect: false, reasons: [reason('evt-passes-window', { minutes: arrival, limit: window })] };
  return { isDirect: true, reasons: [within] };
}

/** Ground drive <= 45 min to the highest level. */
function groundReach({ drive }: Candidate, { limits }: DestinationRules): BypassVerdict {
  if (!drive) return { isDirect: false, reasons: [reason('trauma-reach-unknown')] };
  const numbers = { minutes: drive.minutes, limit: limits.traumaGroundMinutes.value };
  const isDirect = drive.minutes <= numbers.limit;
  return { isDirect, reasons: [reason(isDirect ? 'trauma-in-reach' : 'trauma-beyond-reach', numbers)] };
}

/** Limits of clinical.md C for one hospital among all; without limits a preferred hospital is always direct. */
export function bypassOf(
  candidate: Candidate,
  candidates: readonly Candidate[],
  need: Need,
  patient: PatientNeeds,
  rules: DestinationRules,
): BypassVerdict {
  if (candidate.meets !== 'preferred') return { isDirect: false, reasons: [] };
  switch (need.bypass) {
    case 'wire':
      return wire(candidate, patient, rules);
    case 'thrombectomy':
      return thrombectomy(candidate, candidates, patient, rules);
    case 'trauma':
      return groundReach(candidate, rules);
    case null:
      return { isDirect: true, reasons: [] };
  }
}
