import type { UnitView } from '@pentad/protocol/console-feed';
import type { Vehicle } from '@pentad/protocol/http-api';
import { auditActor } from '../audit/audit-entry.ts';
import { writeAudit } from '../audit/audit-store.ts';
import type { StaffActor } from '../platform/actor.ts';
import type { ViewPorts } from './case-reads.ts';
import { authorizeUnits } from './authorize-viewing.ts';
import { readUnits } from './region-store.ts';

/** The region as a person may see it: all units, their cases only where those are theirs to see. */
export function viewRegion(
  ports: ViewPorts,
  staff: StaffActor,
  chain: string,
): Promise<{ vehicles: Vehicle[]; units: UnitView[] }> {
  const maySeeUnits = authorizeUnits(staff);
  return ports.db.withActor(staff, async (tx) => {
    const vehicles = await ports.reads.readVehicles(tx);
    const units = maySeeUnits ? await readUnits(tx) : [];
    const entry = { ...auditActor(staff), chain, action: 'region.viewed', objectId: 'region', caseId: null };
    writeAudit(tx, [{ ...entry, purpose: 'coordination' }], ports.clock, ports.ids);
    return { vehicles, units };
  });
}
