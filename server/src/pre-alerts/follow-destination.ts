import { openPreAlerts } from '@pentad/protocol/case-reading';
import { TargetId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import type { CasePlanner } from '../cases/case-planner.ts';
import { chooseTarget } from './choose-target.ts';

/**
 * The vehicle goes elsewhere: the new desk is asked before the old ones are released, in one transaction, so that
 * no instant is without an owner or a ringing target (faults.md L10, L11).
 */
export function followDestination(planner: CasePlanner): void {
  const destination = planner.state.destination.current?.value.hospitalId ?? null;
  if (destination === null) return;
  const { directory, ids } = planner.context;
  for (const alert of openPreAlerts(planner.state)) {
    const live = Object.values(alert.targets).filter((target) => target.released === null);
    const isAskedThere = live.some((target) => target.hospitalId === destination);
    const owner = live.find((target) => target.targetId === alert.ownerTargetId);
    if (isAskedThere && owner && owner.hospitalId !== destination) {
      // The desk it goes to was asked in parallel already: the owner elsewhere lets go, and that desk rings.
      const { preAlertId } = alert;
      planner.write('pre-alert.target-released', {
        preAlertId,
        targetId: owner.targetId,
        reason: 'destination-changed',
      });
    }
    if (isAskedThere) continue;
    const desk = chooseTarget(directory, { specialty: alert.specialty, destination, near: null, exclude: [] });
    if (!desk || live.some((target) => target.deskId === desk.deskId)) continue;
    planner.write('pre-alert.target-added', {
      preAlertId: alert.preAlertId,
      target: { targetId: v.parse(TargetId, ids.next()), ...desk },
      reason: 'destination',
      fromTargetId: live[0]?.targetId ?? null,
    });
    for (const target of live) {
      planner.write('pre-alert.target-released', {
        preAlertId: alert.preAlertId,
        targetId: target.targetId,
        reason: 'destination-changed',
      });
    }
  }
}
