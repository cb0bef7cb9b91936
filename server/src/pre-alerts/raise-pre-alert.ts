import { isOver, openPreAlerts } from '@pentad/protocol/case-reading';
import type { Specialty } from '@pentad/protocol/center';
import { PreAlertId, TargetId, type HospitalId } from '@pentad/protocol/ids';
import { isMoreUrgent, type PreAlertCause, type Tier } from '@pentad/protocol/pre-alert';
import * as v from 'valibot';
import type { CasePlanner } from '../cases/case-planner.ts';
import { chooseTarget } from './choose-target.ts';

export interface RaiseWanted {
  readonly specialty: Specialty;
  readonly tier: Tier;
  readonly cause: PreAlertCause;
  readonly destination: HospitalId | null;
}

/**
 * One open pre-alert per (case, specialty): raises it, or raises its tier, or changes nothing.
 * A specialty no desk of the region serves goes to an emergency desk: a pre-alert always rings somewhere.
 */
export function raisePreAlert(planner: CasePlanner, wanted: RaiseWanted): void {
  if (isOver(planner.state)) return;
  const { directory, near, ids } = planner.context;
  const asked = { destination: wanted.destination, near, exclude: [] };
  const isServed = chooseTarget(directory, { ...asked, specialty: wanted.specialty }) !== null;
  const specialty = isServed ? wanted.specialty : 'emergency';
  const open = openPreAlerts(planner.state).find((alert) => alert.specialty === specialty);
  if (open) {
    if (open.causes.some((cause) => JSON.stringify(cause) === JSON.stringify(wanted.cause))) return;
    const { preAlertId } = open;
    if (isMoreUrgent(wanted.tier, open.tier))
      planner.write('pre-alert.tier-raised', { preAlertId, tier: wanted.tier, cause: wanted.cause });
    else planner.write('pre-alert.cause-added', { preAlertId, cause: wanted.cause });
    return;
  }
  const desk = chooseTarget(directory, { ...asked, specialty });
  if (!desk) return;
  planner.write('pre-alert.raised', {
    preAlertId: v.parse(PreAlertId, ids.next()),
    specialty,
    tier: wanted.tier,
    cause: wanted.cause,
    targets: [{ targetId: v.parse(TargetId, ids.next()), ...desk }],
  });
}
