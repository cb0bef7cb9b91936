import { openPreAlerts } from '@pentad/protocol/case-reading';
import { isMoreUrgent } from '@pentad/protocol/pre-alert';
import type { PreAlertState } from '@pentad/protocol/pre-alert-state';
import type { CasePlanner } from '../cases/case-planner.ts';

const liveDesks = (alert: PreAlertState): string[] =>
  Object.values(alert.targets)
    .filter((target) => target.released === null)
    .map((target) => target.deskId);

const isUntouched = (alert: PreAlertState): boolean =>
  alert.ownerTargetId === null && Object.values(alert.targets).every((target) => target.answers.length === 0);

/**
 * One patient is one card at a desk. A general alert nobody has answered joins the specialty's alert that rings at the
 * same desks at least as urgently: its reasons go along, nothing is lowered and no desk falls silent.
 */
export function joinEmergency(planner: CasePlanner): void {
  for (const general of openPreAlerts(planner.state).filter(
    (alert) => alert.specialty === 'emergency' && isUntouched(alert),
  )) {
    const heard = openPreAlerts(planner.state).find(
      (alert) =>
        alert.specialty !== 'emergency' &&
        !isMoreUrgent(general.tier, alert.tier) &&
        liveDesks(general).length > 0 &&
        liveDesks(general).every((deskId) => liveDesks(alert).includes(deskId)),
    );
    if (!heard) continue;
    for (const cause of general.causes) planner.write('pre-alert.cause-added', { preAlertId: heard.preAlertId, cause });
    planner.write('pre-alert.cancelled', { preAlertId: general.preAlertId, reason: 'joined-specialty' });
  }
}
