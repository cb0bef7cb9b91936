import { isOver } from '@pentad/protocol/case-reading';
import type { CaseState } from '@pentad/protocol/case-state';
import type { JobCardText } from '@pentad/protocol/dispatch-job';
import type { CaseId } from '@pentad/protocol/ids';
import { REGION_CHAIN } from '../audit/audit-entry.ts';
import { writeAudit } from '../audit/audit-store.ts';
import type { Db, Tx } from '../db/transaction.ts';
import { systemActor } from '../platform/actor.ts';
import type { Clock, Ids } from '../platform/ports.ts';
import type { Vault } from '../vault/vault.ts';
import { cardOf } from './dispatch-job.ts';
import { jobOfCase } from './dispatch-job-store.ts';
import { readContent } from './receive-dispatch-job.ts';

const ingest = systemActor('ingest');

export interface JobCardPorts {
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly vault: Vault;
  /** cases' own reader. */
  readonly readCase: (tx: Tx, caseId: CaseId) => Promise<CaseState | null>;
}

/**
 * The sealed part of a job for the vehicle that drives for it, as it was last told; each answer leaves an audit row.
 * null: not an open case of this vehicle, or one without a job: the same for every reason.
 */
export function readJobCard(ports: JobCardPorts, vehicle: string, caseId: CaseId): Promise<JobCardText | null> {
  const { clock, ids, vault, readCase } = ports;
  return ports.db.withActor(ingest, async (tx) => {
    const state = await readCase(tx, caseId);
    if (state === null || state.vehicle !== vehicle || isOver(state)) return null;
    const row = await jobOfCase(tx, caseId);
    const content = row === null ? null : await readContent(tx, vault, row);
    if (content === null) return null;
    const who = { chain: REGION_CHAIN, actorKind: 'vehicle' as const, actorId: vehicle };
    writeAudit(tx, [{ ...who, action: 'job-card.read', objectId: caseId, caseId, purpose: 'care' }], clock, ids);
    return cardOf(content);
  });
}
