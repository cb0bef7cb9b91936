import { auditActor } from '../audit/audit-entry.ts';
import { writeAudit } from '../audit/audit-store.ts';
import type { Db } from '../db/transaction.ts';
import type { StaffActor } from '../platform/actor.ts';
import { DomainError } from '../platform/errors.ts';
import type { Clock, Ids } from '../platform/ports.ts';
import { gateFrom, type Gate, type GateInput } from './gate.ts';
import { hospitalPlace, writeGate } from './gate-store.ts';

export interface SetGatePorts {
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: Ids;
}

function authorizeSetGate(staff: StaffActor): void {
  if (staff.role !== 'administrator')
    throw new DomainError('forbidden', 'gate.not-yours', 'gates are set by administrators');
}

/**
 * Sets one gate of a hospital, told in WGS-84, GCJ-02 or BD-09 and kept in WGS-84. The same again changes nothing.
 * @throws DomainError forbidden, not-found `hospital.not-found`, conflict `gate.other-hospital`, or as `gateFrom`
 */
export function setGate(ports: SetGatePorts, staff: StaffActor, input: GateInput): Promise<Gate> {
  authorizeSetGate(staff);
  return ports.db.withActor(staff, async (tx) => {
    const place = await hospitalPlace(tx, input.hospitalId);
    if (!place) throw new DomainError('not-found', 'hospital.not-found', 'there is no such hospital');
    const gate = gateFrom(input, place);
    if (!(await writeGate(tx, gate)))
      throw new DomainError('conflict', 'gate.other-hospital', 'this gate belongs to another hospital');
    const { gateId, hospitalId } = gate;
    const entry = { ...auditActor(staff), chain: hospitalId, action: 'gate.set', objectId: gateId, caseId: null };
    writeAudit(tx, [{ ...entry, purpose: 'system' }], ports.clock, ports.ids);
    return gate;
  });
}
