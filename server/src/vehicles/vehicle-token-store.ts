import type { Tx } from '../db/transaction.ts';
import type { VehicleRow } from './known-vehicles.ts';

/** Also drops what is long over, so that asking for nonces never fills the table. */
export async function insertNonce(tx: Tx, nonceHash: Buffer, expiresAtMs: number, nowMs: number): Promise<void> {
  await tx.prepared('nonce-trim', 'DELETE FROM vehicle_nonce WHERE expires_at < to_timestamp($1 / 1000.0)', [nowMs]);
  await tx.prepared(
    'nonce-insert',
    'INSERT INTO vehicle_nonce (nonce_hash, expires_at) VALUES ($1, to_timestamp($2 / 1000.0))',
    [nonceHash, expiresAtMs],
  );
}

/** Once only: of two that show the same nonce one gets it. */
export async function takeNonce(tx: Tx, nonceHash: Buffer, nowMs: number): Promise<boolean> {
  const rows = await tx.prepared<{ is_live: boolean }>(
    'nonce-take',
    'DELETE FROM vehicle_nonce WHERE nonce_hash = $1 RETURNING expires_at > to_timestamp($2 / 1000.0) AS is_live',
    [nonceHash, nowMs],
  );
  return rows[0]?.is_live ?? false;
}

interface Row {
  readonly vehicle_id: string;
  readonly nkey_public: string;
}

const readRow = (row: Row | undefined): VehicleRow | null =>
  row ? { vehicleId: row.vehicle_id, nkeyPublic: row.nkey_public, isRevoked: false } : null;

export async function standingVehicle(tx: Tx, vehicle: string): Promise<VehicleRow | null> {
  const rows = await tx.prepared<Row>(
    'vehicle-standing',
    'SELECT vehicle_id, nkey_public FROM vehicle WHERE vehicle_id = $1 AND revoked_at IS NULL',
    [vehicle],
  );
  return readRow(rows[0]);
}

export async function insertToken(
  tx: Tx,
  token: { tokenHash: Buffer; vehicle: string; expiresAtMs: number; nowMs: number },
): Promise<void> {
  await tx.prepared(
    'vehicle-token-trim',
    'DELETE FROM vehicle_token WHERE vehicle_id = $1 AND expires_at < to_timestamp($2 / 1000.0)',
    [token.vehicle, token.nowMs],
  );
  await tx.prepared(
    'vehicle-token-insert',
    'INSERT INTO vehicle_token (token_hash, vehicle_id, expires_at) VALUES ($1, $2, to_timestamp($3 / 1000.0))',
    [token.tokenHash, token.vehicle, token.expiresAtMs],
  );
}

/** The vehicle of a token in its time, unless it was revoked since. */
export async function vehicleOfToken(tx: Tx, tokenHash: Buffer, nowMs: number): Promise<VehicleRow | null> {
  const rows = await tx.prepared<Row>(
    'vehicle-of-token',
    `SELECT vehicle_id, nkey_public FROM vehicle_token JOIN vehicle USING (vehicle_id)
     WHERE token_hash = $1 AND expires_at > to_timestamp($2 / 1000.0) AND revoked_at IS NULL`,
    [tokenHash, nowMs],
  );
  return readRow(rows[0]);
}
