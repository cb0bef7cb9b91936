import { hasReached, isOver, openPreAlerts } from '@pentad/protocol/case-reading';
import { isOpenPreAlert } from '@pentad/protocol/pre-alert-state';
import { followDestination } from '../pre-alerts/follow-destination.ts';
import { joinEmergency } from '../pre-alerts/join-emergency.ts';
import { raisePreAlert } from '../pre-alerts/raise-pre-alert.ts';
import type { CasePlanner } from './case-planner.ts';

/** What the server owes a case after facts were added: in the same plan, so in the same transaction. */
export function reactToFacts(planner: CasePlanner): void {
  if (isOver(planner.state)) {
    for (const alert of Object.values(planner.state.preAlerts).filter(isOpenPreAlert)) {
      planner.write('pre-alert.cancelled', { preAlertId: alert.preAlertId, reason: 'case-over' });
    }
    return;
  }
  answerRequests(planner);
  endAtHandover(planner);
  if (openPreAlerts(planner.state).length > 0) followDestination(planner);
  joinEmergency(planner);
}

/** The patient is in the hospital's hands: what nobody has answered by then asks nobody any more. */
function endAtHandover(planner: CasePlanner): void {
  if (!hasReached(planner.state, 'handed-over')) return;
  for (const alert of openPreAlerts(planner.state).filter((open) => open.ownerTargetId === null)) {
    planner.write('pre-alert.cancelled', { preAlertId: alert.preAlertId, reason: 'handed-over' });
  }
}

function answerRequests(planner: CasePlanner): void {
  for (const request of Object.values(planner.state.requests)) {
    const isTaken = Object.values(planner.state.preAlerts).some((alert) =>
      alert.causes.some((cause) => cause.kind === 'crew' && cause.requestId === request.requestId),
    );
    if (isTaken) continue;
    raisePreAlert(planner, {
      specialty: request.specialty ?? planner.state.specialty ?? 'emergency',
      tier: request.tier,
      cause: { kind: 'crew', requestId: request.requestId },
      destination: request.hospitalId ?? planner.state.destination.current?.value.hospitalId ?? null,
    });
  }
}
