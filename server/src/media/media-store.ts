import { createHash } from 'node:crypto';
import { mediaTypes, type MediaType } from '@pentad/protocol/media';
import { CaseId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import type { Tx } from '../db/transaction.ts';
import type { MediaEntry } from '../uplink/uplink-entry.ts';
import type { Vault } from '../vault/vault.ts';

const placeOf = (caseId: string, sha256: string, offset: number): string => `media_chunk/${caseId}/${sha256}/${offset}`;

/**
 * One batch of chunks, sealed under their case's key; a chunk that is there already is stored already.
 * @returns those of another vehicle's case, which are not stored
 */
export async function insertMedia(
  tx: Tx,
  entries: readonly MediaEntry[],
  { vault, caseKey }: { vault: Vault; caseKey: (tx: Tx, caseId: CaseId) => Promise<Buffer> },
): Promise<readonly MediaEntry[]> {
  const caseIds = [...new Set(entries.map(({ item }) => item.caseId))];
  const owners = await tx.prepared<{ case_id: string; vehicle_id: string }>(
    'media-owners',
    'SELECT case_id, vehicle_id FROM cases WHERE case_id = ANY($1) AND vehicle_id IS NOT NULL',
    [caseIds],
  );
  const ownerOf = new Map(owners.map((row) => [row.case_id, row.vehicle_id]));
  const isForeign = ({ item }: MediaEntry): boolean => (ownerOf.get(item.caseId) ?? item.vehicle) !== item.vehicle;
  const own = entries.filter((entry) => !isForeign(entry));
  for (const { item, receivedAtMs } of own.sort((a, b) => (a.item.caseId < b.item.caseId ? -1 : 1))) {
    const { caseId, media } = item;
    const key = await caseKey(tx, caseId);
    tx.write(
      'media-begin',
      `INSERT INTO media (case_id, sha256, media_type, total_bytes, first_chunk_at)
       VALUES ($1, $2, $3, $4, to_timestamp($5 / 1000.0)) ON CONFLICT DO NOTHING`,
      [caseId, media.sha256, media.mediaType, media.totalBytes, receivedAtMs],
    );
    tx.write(
      'media-chunk',
      'INSERT INTO media_chunk (case_id, sha256, byte_offset, bytes, ciphertext) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING',
      [
        caseId,
        media.sha256,
        media.offset,
        media.bytes.length,
        vault.seal(key, 'case', caseId, placeOf(caseId, media.sha256, media.offset), Buffer.from(media.bytes)),
      ],
    );
    tx.write(
      'media-offer',
      `INSERT INTO media_offer (vehicle_id, epoch, seq, case_id, sha256, byte_offset, received_at)
       VALUES ($1, $2, $3, $4, $5, $6, to_timestamp($7 / 1000.0)) ON CONFLICT DO NOTHING`,
      [item.vehicle, item.epoch, item.seq, caseId, media.sha256, media.offset, receivedAtMs],
    );
  }
  return entries.filter(isForeign);
}

export interface MediaRow {
  readonly mediaType: MediaType;
  readonly totalBytes: number;
  readonly firstChunkAtMs: number;
  readonly isStored: boolean;
}

export async function readMediaRow(tx: Tx, caseId: CaseId, sha256: string): Promise<MediaRow | null> {
  const rows = await tx.prepared<{
    media_type: string;
    total_bytes: number;
    first_chunk_at: Date;
    stored_at: Date | null;
  }>(
    'media-read',
    'SELECT media_type, total_bytes, first_chunk_at, stored_at FROM media WHERE case_id = $1 AND sha256 = $2',
    [caseId, sha256],
  );
  const row = rows[0];
  if (!row) return null;
  return {
    mediaType: v.parse(v.picklist(mediaTypes), row.media_type),
    totalBytes: row.total_bytes,
    firstChunkAtMs: row.first_chunk_at.getTime(),
    isStored: row.stored_at !== null,
  };
}

/** Bytes that have come, overlaps counted twice: less than the whole says that something is missing. */
export async function countBytes(tx: Tx, caseId: CaseId, sha256: string): Promise<number> {
  const rows = await tx.prepared<{ bytes: string }>(
    'media-bytes',
    'SELECT coalesce(sum(bytes), 0) AS bytes FROM media_chunk WHERE case_id = $1 AND sha256 = $2',
    [caseId, sha256],
  );
  return Number(rows[0]?.bytes ?? 0);
}

export type Content =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  | { readonly kind: 'missing' }
  /** Everything is there, and together it has not the hash it is named by. */
  | { readonly kind: 'mismatch' };

/** Chunks in order of their place; two that overlap, sent at two sizes, fill the same place. */
export async function readContent(
  tx: Tx,
  { caseId, sha256, totalBytes }: { caseId: CaseId; sha256: string; totalBytes: number },
  { vault, wrappedKey }: { vault: Vault; wrappedKey: Buffer },
): Promise<Content> {
  const rows = await tx.prepared<{ byte_offset: number; ciphertext: Buffer }>(
    'media-content',
    'SELECT byte_offset, ciphertext FROM media_chunk WHERE case_id = $1 AND sha256 = $2 ORDER BY byte_offset, bytes',
    [caseId, sha256],
  );
  const bytes = Buffer.alloc(totalBytes);
  let filled = 0;
  for (const row of rows) {
    if (row.byte_offset > filled) return { kind: 'missing' };
    const place = placeOf(caseId, sha256, row.byte_offset);
    const part = vault.open(wrappedKey, 'case', caseId, place, row.ciphertext);
    part.copy(bytes, row.byte_offset);
    filled = Math.max(filled, row.byte_offset + part.length);
  }
  if (filled < totalBytes) return { kind: 'missing' };
  const isItself = createHash('sha256').update(bytes).digest('hex') === sha256;
  return isItself ? { kind: 'whole', bytes } : { kind: 'mismatch' };
}

export interface Unfinished {
  readonly caseId: CaseId;
  readonly sha256: string;
  readonly vehicle: string;
}

/** Content whose bytes are all here, for half a minute, and of which nothing was said. */
export async function readUnfinished(tx: Tx): Promise<Unfinished[]> {
  const rows = await tx.query<{ case_id: string; sha256: string; vehicle_id: string }>(
    `SELECT m.case_id, m.sha256, (SELECT o.vehicle_id FROM media_offer o WHERE o.case_id = m.case_id AND o.sha256 = m.sha256 LIMIT 1) AS vehicle_id
     FROM media m WHERE m.stored_at IS NULL AND m.mismatch_at IS NULL AND m.first_chunk_at < now() - interval '30 seconds'
       AND (SELECT coalesce(sum(c.bytes), 0) FROM media_chunk c WHERE c.case_id = m.case_id AND c.sha256 = m.sha256) >= m.total_bytes
     LIMIT 50`,
  );
  return rows.map((row) => ({ caseId: v.parse(CaseId, row.case_id), sha256: row.sha256, vehicle: row.vehicle_id }));
}

export function markMismatch(tx: Tx, caseId: CaseId, sha256: string): void {
  tx.write('media-mismatch', 'UPDATE media SET mismatch_at = now() WHERE case_id = $1 AND sha256 = $2', [
    caseId,
    sha256,
  ]);
}

export function markStored(tx: Tx, caseId: CaseId, sha256: string): void {
  tx.write(
    'media-stored',
    'UPDATE media SET stored_at = now() WHERE case_id = $1 AND sha256 = $2 AND stored_at IS NULL',
    [caseId, sha256],
  );
}
