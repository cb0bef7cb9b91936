import type { CaseId, PreAlertId, TargetId } from '@pentad/protocol/ids';
import { auditActor, REGION_CHAIN } from '../audit/audit-entry.ts';
import { writeAudit } from '../audit/audit-store.ts';
import type { StaffActor } from '../platform/actor.ts';
import { DomainError } from '../platform/errors.ts';
import { authorizeViewing } from './authorize-viewing.ts';
import { caseOfTarget } from './case-scope-store.ts';
import type { ViewPorts } from './case-reads.ts';
import { readPatientName } from './patient-name.ts';

export const noSuchPreAlert = (): DomainError =>
  new DomainError('not-found', 'pre-alert.not-found', 'no such pre-alert');

export interface LocatedTarget {
  readonly caseId: CaseId;
  readonly preAlertId: PreAlertId;
  readonly targetId: TargetId;
  /** For the view the act answers with; opened under the same person's policies. */
  readonly patientName: string | null;
}

/**
 * The case an act on a target is about. Knocking at a target that is not there, or not theirs, leaves an audit row:
 * both get the same answer. The act itself is authorised and audited by its own verb.
 */
export async function locateTarget(
  ports: ViewPorts,
  staff: StaffActor,
  on: { readonly preAlertId: PreAlertId; readonly targetId: TargetId },
): Promise<LocatedTarget> {
  authorizeViewing(staff);
  const located = await ports.db.withActor(staff, async (tx) => {
    const caseId = await caseOfTarget(tx, on.preAlertId, on.targetId);
    if (caseId !== null) return { ...on, caseId, patientName: await readPatientName(tx, caseId, ports) };
    const entry = { ...auditActor(staff), chain: REGION_CHAIN, action: 'pre-alert.not-found', objectId: on.targetId };
    writeAudit(tx, [{ ...entry, caseId: null, purpose: 'care' }], ports.clock, ports.ids);
    return null;
  });
  if (located === null) throw noSuchPreAlert();
  return located;
}
