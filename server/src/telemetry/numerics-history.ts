import type { NumericsView } from '@pentad/protocol/console-feed';
import type { CaseId } from '@pentad/protocol/ids';
import { auditActor, REGION_CHAIN } from '../audit/audit-entry.ts';
import { writeAudit } from '../audit/audit-store.ts';
import { authorizeViewing, noSuchCase } from '../people/authorize-viewing.ts';
import type { ViewPorts } from '../people/case-reads.ts';
import type { StaffActor } from '../platform/actor.ts';
import { DomainError } from '../platform/errors.ts';
import { readHistory } from './numerics-history-store.ts';

const MAX_WINDOW_MS = 6 * 60 * 60_000;
const MAX_ROWS = 5_000;

/**
 * The stored numerics of one case within a window of six hours at most, thinned to 5,000 rows.
 * @throws DomainError invalid `numerics.window`; not-found as for the case itself
 */
export function numericsHistory(
  ports: Pick<ViewPorts, 'db' | 'reads' | 'clock' | 'ids'>,
  staff: StaffActor,
  wanted: { readonly caseId: CaseId; readonly fromMs: number; readonly toMs: number },
): Promise<NumericsView[]> {
  const visibility = authorizeViewing(staff);
  const { caseId, fromMs, toMs } = wanted;
  if (toMs < fromMs || toMs - fromMs > MAX_WINDOW_MS) {
    throw new DomainError('invalid', 'numerics.window', 'a window runs forward and over six hours at most');
  }
  return ports.db.withActor(staff, async (tx) => {
    const state = await ports.reads.readCase(tx, caseId);
    if (state === null) throw noSuchCase();
    const purpose = visibility === 'full' ? 'care' : 'coordination';
    const entry = { ...auditActor(staff), chain: REGION_CHAIN, action: 'numerics.viewed', objectId: caseId, caseId };
    writeAudit(tx, [{ ...entry, purpose }], ports.clock, ports.ids);
    if (state.vehicle === null) return [];
    return readHistory(tx, { caseId, vehicle: state.vehicle, fromMs, toMs, maxRows: MAX_ROWS });
  });
}
