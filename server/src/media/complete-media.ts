import { createHash } from 'node:crypto';
import type { MediaType } from '@pentad/protocol/media';
import { EventId, uuidV7, type CaseId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import { authorizeOwnPart, type CaseUnits } from '../cases/case-units.ts';
import type { PlanFactory } from '../cases/plan-factory.ts';
import type { Db, Tx } from '../db/transaction.ts';
import { systemActor } from '../platform/actor.ts';
import type { Logger } from '../platform/logger.ts';
import type { Vault, VaultScope } from '../vault/vault.ts';
import { countBytes, markMismatch, markStored, readContent, readMediaRow, readUnfinished } from './media-store.ts';

const ingest = systemActor('ingest');

export interface CompleteMediaPorts {
  readonly db: Db;
  readonly units: CaseUnits;
  readonly plans: PlanFactory;
  readonly vault: Vault;
  readWrappedKey(tx: Tx, scope: VaultScope, scopeId: string): Promise<Buffer | null>;
  readonly log: Logger;
}

/** One event a content and case, whoever completes it and however often: its id follows from both. */
const eventIdOf = (caseId: string, sha256: string, atMs: number): EventId =>
  v.parse(EventId, uuidV7(atMs, createHash('sha256').update(`${caseId}/${sha256}`).digest().subarray(0, 10)));

/**
 * After a chunk is committed: when it was the last one missing and the whole has its hash, the case's log says so, and
 * every page and the vehicle with it. Content that does not add up is left where it is and said.
 */
export async function completeMedia(
  ports: CompleteMediaPorts,
  { caseId, sha256, vehicle }: { caseId: CaseId; sha256: string; vehicle: string },
): Promise<void> {
  const found = await ports.db.withActor(ingest, async (tx) => {
    const row = await readMediaRow(tx, caseId, sha256);
    if (!row || row.isStored) return null;
    if ((await countBytes(tx, caseId, sha256)) < row.totalBytes) return null;
    const wrappedKey = await ports.readWrappedKey(tx, 'case', caseId);
    if (!wrappedKey) return null;
    const content = await readContent(tx, { caseId, sha256, totalBytes: row.totalBytes }, { ...ports, wrappedKey });
    if (content.kind === 'mismatch') markMismatch(tx, caseId, sha256);
    return { row, content };
  });
  if (found === null || found.content.kind === 'missing') return;
  if (found.content.kind === 'mismatch') return ports.log.warn('media.hash-mismatch', { caseId });
  if (await sayStored(ports, { caseId, vehicle, sha256, ...found.row }))
    await ports.db.withActor(ingest, (tx) => markStored(tx, caseId, sha256));
}

/**
 * A chunk is receipted by its row, and what follows from the last one may have been cut off by a crash or a lock: whoever
 * runs this says it.
 */
export async function completeUnfinishedMedia(ports: CompleteMediaPorts): Promise<void> {
  for (const one of await ports.db.withActor(ingest, readUnfinished)) await completeMedia(ports, one);
}

/** false: the case is another vehicle's, and its log does not say so. */
async function sayStored(
  { units, plans, log }: CompleteMediaPorts,
  stored: {
    caseId: CaseId;
    vehicle: string;
    sha256: string;
    mediaType: MediaType;
    totalBytes: number;
    firstChunkAtMs: number;
  },
): Promise<boolean> {
  const { caseId, sha256, mediaType, totalBytes } = stored;
  const eventId = eventIdOf(caseId, sha256, stored.firstChunkAtMs);
  const outcome = await units.change<boolean>(ingest, {
    caseId,
    guard: { kind: 'event', eventId },
    mayOpen: true,
    authorize: authorizeOwnPart,
    decide: (locked) => {
      if (locked.vehicle !== null && locked.vehicle !== stored.vehicle) {
        log.warn('media.not-assigned', { caseId, vehicle: stored.vehicle });
        return { plan: null, result: false };
      }
      const planner = plans.begin(locked);
      planner.write('media.stored', { sha256, mediaType, bytes: totalBytes }, undefined, eventId);
      return { plan: planner.plan(), result: true };
    },
  });
  // The event is there already: somebody else said it.
  return outcome.kind === 'guarded' || (outcome.kind === 'decided' && outcome.result);
}
