import { topicOf } from '@pentad/protocol/console-feed';
import type { CaseDetail } from '@pentad/protocol/http-api';
import type { CaseId } from '@pentad/protocol/ids';
import { auditActor, REGION_CHAIN } from '../audit/audit-entry.ts';
import { writeAudit } from '../audit/audit-store.ts';
import { caseViewOf } from '../cases/case-view-of.ts';
import { topicNumbers } from '../events/feed-store.ts';
import type { StaffActor } from '../platform/actor.ts';
import { authorizeViewing, noSuchCase } from './authorize-viewing.ts';
import type { ViewPorts } from './case-reads.ts';
import { hospitalOfReader } from './case-scope-store.ts';
import { readPatientName } from './patient-name.ts';

const DAY_MS = 86_400_000;

/**
 * A person opens a case: its view with the whole timeline, and the cursor of its topic to go on from. The cursor is
 * read first, so what is committed in between comes once more by the feed and never not at all.
 * @throws DomainError not-found, the same for a case that is not there and one that is not theirs
 */
export function viewCase(ports: ViewPorts, staff: StaffActor, caseId: CaseId): Promise<CaseDetail> {
  const visibility = authorizeViewing(staff);
  const { reads, ladder, clock, ids } = ports;
  return ports.db.withActor(staff, async (tx) => {
    const n = (await topicNumbers(tx, [topicOf.case(caseId)])).get(topicOf.case(caseId)) ?? 0;
    const state = await reads.readCase(tx, caseId);
    if (state === null) throw noSuchCase();
    const nowMs = clock.nowMs();
    const fromMs = Math.min(state.openedAtMs ?? nowMs, nowMs) - DAY_MS;
    const latest =
      state.vehicle === null
        ? undefined
        : (
            await reads.numericsBetween(tx, { caseId, vehicle: state.vehicle, fromMs, toMs: nowMs + DAY_MS, limit: 1 })
          )[0];
    const patientName = await readPatientName(tx, caseId, ports);
    const chain = (await hospitalOfReader(tx, caseId, staff.staffId)) ?? REGION_CHAIN;
    const purpose = visibility === 'full' ? 'care' : 'coordination';
    writeAudit(
      tx,
      [{ ...auditActor(staff), chain, action: 'case.viewed', objectId: caseId, caseId, purpose }],
      clock,
      ids,
    );
    return {
      n,
      case: caseViewOf(state, { visibility, ladder, patientName, withTimeline: true }),
      latest: latest ?? null,
    };
  });
}
