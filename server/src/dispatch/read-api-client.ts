import { timingSafeEqual } from 'node:crypto';
import { REGION_CHAIN } from '../audit/audit-entry.ts';
import { writeAudit } from '../audit/audit-store.ts';
import type { Db } from '../db/transaction.ts';
import { hashSecret } from '../people/secret-token.ts';
import { systemActor } from '../platform/actor.ts';
import type { Clock, Ids } from '../platform/ports.ts';
import { standingApiClient } from './api-client-store.ts';

const api = systemActor('api');
const tokenParts = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})$/;
/** Compared with where there is nobody, so that an unknown client takes as long as a wrong secret. */
const nobody = Buffer.alloc(32);

/** A machine of a dispatch centre, known by its token; `name` is the centre's. */
export interface ApiClient {
  readonly clientId: string;
  readonly name: string;
}

/**
 * The client a bearer token speaks for, or null. Looked up each time: a revoked one is out with its next request. A
 * refusal leaves an audit row that names the client only where there is one.
 */
export function readApiClient(
  ports: { readonly db: Db; readonly clock: Clock; readonly ids: Ids },
  token: string,
): Promise<ApiClient | null> {
  const [, clientId, secret] = tokenParts.exec(token) ?? [];
  if (clientId === undefined || secret === undefined) return Promise.resolve(null);
  return ports.db.withActor(api, async (tx) => {
    const row = await standingApiClient(tx, clientId, 'dispatch');
    const isFit = timingSafeEqual(hashSecret(secret), row?.tokenSha256 ?? nobody);
    if (row !== null && isFit) return { clientId, name: row.name };
    const who = { chain: REGION_CHAIN, actorKind: 'system' as const, actorId: 'api', action: 'api-token.refused' };
    const entry = { ...who, objectId: row?.clientId ?? 'unknown', caseId: null, purpose: 'sign-in' as const };
    writeAudit(tx, [entry], ports.clock, ports.ids);
    return null;
  });
}
