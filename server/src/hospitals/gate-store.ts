import type { GeoPoint } from '@pentad/geo/geo-point';
import { HospitalId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import type { Tx } from '../db/transaction.ts';
import { Ring, type Gate } from './gate.ts';

interface GateRow {
  gate_id: string;
  hospital_id: string;
  name_zh: string;
  name_en: string;
  ring: unknown;
  input_datum: Gate['inputDatum'];
  kind: Gate['kind'];
}

const readGate = (row: GateRow): Gate => ({
  gateId: row.gate_id,
  hospitalId: v.parse(HospitalId, row.hospital_id),
  nameZh: row.name_zh,
  nameEn: row.name_en,
  kind: row.kind,
  inputDatum: row.input_datum,
  ring: v.parse(Ring, row.ring),
});

export async function readGates(tx: Tx): Promise<Gate[]> {
  return (await tx.query<GateRow>('SELECT * FROM hospital_gate ORDER BY gate_id')).map(readGate);
}

/** Where a hospital is (WGS-84); null: there is none of this id. */
export async function hospitalPlace(tx: Tx, hospitalId: HospitalId): Promise<GeoPoint | null> {
  const rows = await tx.query<{ latitude_deg: number; longitude_deg: number }>(
    'SELECT latitude_deg, longitude_deg FROM hospital WHERE hospital_id = $1',
    [hospitalId],
  );
  const row = rows[0];
  return row ? { latitudeDeg: row.latitude_deg, longitudeDeg: row.longitude_deg } : null;
}

/** Writes a new gate or replaces one of the same hospital. @returns false where the id is another hospital's */
export async function writeGate(tx: Tx, gate: Gate): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO hospital_gate (gate_id, hospital_id, name_zh, name_en, ring, input_datum, kind)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (gate_id) DO UPDATE SET name_zh = EXCLUDED.name_zh, name_en = EXCLUDED.name_en, ring = EXCLUDED.ring,
       input_datum = EXCLUDED.input_datum, kind = EXCLUDED.kind WHERE hospital_gate.hospital_id = EXCLUDED.hospital_id
     RETURNING 1`,
    [gate.gateId, gate.hospitalId, gate.nameZh, gate.nameEn, JSON.stringify(gate.ring), gate.inputDatum, gate.kind],
  );
  return rows.length > 0;
}
