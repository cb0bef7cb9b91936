import type { Tx } from '../db/transaction.ts';

export interface ApiClientRow {
  readonly clientId: string;
  readonly name: string;
  readonly tokenSha256: Buffer;
}

/** One that was revoked is not there any more. */
export async function standingApiClient(tx: Tx, clientId: string, kind: 'dispatch'): Promise<ApiClientRow | null> {
  const [row] = await tx.prepared<{ client_id: string; name: string; token_sha256: Buffer }>(
    'api-client-standing',
    'SELECT client_id, name, token_sha256 FROM api_client WHERE client_id = $1 AND kind = $2 AND revoked_at IS NULL',
    [clientId, kind],
  );
  return row ? { clientId: row.client_id, name: row.name, tokenSha256: row.token_sha256 } : null;
}
