import type { CaseId } from '@pentad/protocol/ids';
import { auditActor, REGION_CHAIN } from '../audit/audit-entry.ts';
import { writeAudit } from '../audit/audit-store.ts';
import { authorizeViewing, noSuchCase } from '../people/authorize-viewing.ts';
import type { ViewPorts } from '../people/case-reads.ts';
import type { StaffActor } from '../platform/actor.ts';
import { DomainError } from '../platform/errors.ts';
import { readContent, readMediaRow } from './media-store.ts';

export interface ViewedMedia {
  readonly mediaType: string;
  readonly content: Buffer;
}

/**
 * A picture or document of a case, whole. Pictures may show faces and names: only who may know the patient sees them.
 * @throws DomainError not-found as for the case, or `media.not-found` while it is not whole; forbidden `media.masked`
 */
export function viewMedia(
  ports: Pick<ViewPorts, 'db' | 'reads' | 'clock' | 'ids' | 'vault'>,
  staff: StaffActor,
  { caseId, sha256 }: { caseId: CaseId; sha256: string },
): Promise<ViewedMedia> {
  if (authorizeViewing(staff) !== 'full')
    throw new DomainError('forbidden', 'media.masked', 'pictures may name people');
  return ports.db.withActor(staff, async (tx) => {
    if ((await ports.reads.readCase(tx, caseId)) === null) throw noSuchCase();
    const entry = { ...auditActor(staff), chain: REGION_CHAIN, action: 'media.viewed', objectId: sha256, caseId };
    writeAudit(tx, [{ ...entry, purpose: 'care' }], ports.clock, ports.ids);
    const row = await readMediaRow(tx, caseId, sha256);
    const wrappedKey = await ports.reads.readWrappedKey(tx, 'case', caseId);
    const content =
      row?.isStored && wrappedKey
        ? await readContent(tx, { caseId, sha256, totalBytes: row.totalBytes }, { vault: ports.vault, wrappedKey })
        : null;
    if (!row || content?.kind !== 'whole')
      throw new DomainError('not-found', 'media.not-found', 'no such content, or not whole yet');
    return { mediaType: row.mediaType, content: content.bytes };
  });
}
