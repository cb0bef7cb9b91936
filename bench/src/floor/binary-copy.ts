import { vitalNames } from '@pentad/protocol/vitals';
import type { Row } from '../pipe/run-pipe.ts';

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const FIELDS = 16 + vitalNames.length;
const ROW_BYTES = 512;
const POSTGRES_EPOCH_MS = 946_684_800_000;
const DAY_MS = 86_400_000;
const TWO_32 = 4_294_967_296;

/** PostgreSQL's binary COPY format of one batch, in the column order of `numerics`. */
export function encodeBatch(rows: readonly Row[]): Buffer {
  const out = Buffer.allocUnsafe(SIGNATURE.length + rows.length * ROW_BYTES + 2);
  let at = SIGNATURE.copy(out);
  const missing = (): void => void (at = out.writeInt32BE(-1, at));
  const int8 = (value: number): void => {
    at = out.writeInt32BE(8, at);
    at = out.writeInt32BE(Math.floor(value / TWO_32), at);
    at = out.writeUInt32BE(value >= 0 ? value % TWO_32 : ((value % TWO_32) + TWO_32) % TWO_32, at);
  };
  const instant = (ms: number | null): void => (ms === null ? missing() : int8((ms - POSTGRES_EPOCH_MS) * 1_000));
  const real = (value: number | null): void => {
    if (value === null) return missing();
    at = out.writeInt32BE(4, at);
    at = out.writeFloatBE(value, at);
  };
  const text = (value: string): void => {
    at = out.writeInt32BE(value.length, at);
    at += out.write(value, at, 'latin1');
  };
  const uuid = (digits: string): void => {
    at = out.writeInt32BE(16, at);
    at += out.write(digits, at, 16, 'hex');
  };
  for (const { item, receivedAtMs } of rows) {
    at = out.writeInt16BE(FIELDS, at);
    at = out.writeInt32BE(4, at);
    at = out.writeInt32BE((Date.parse(item.day) - POSTGRES_EPOCH_MS) / DAY_MS, at);
    text(item.vehicle);
    uuid(item.epoch);
    int8(item.seq);
    if (item.caseId === null) missing();
    else uuid(item.caseId.replaceAll('-', ''));
    if (item.patientSlot === null) missing();
    else {
      at = out.writeInt32BE(2, at);
      at = out.writeInt16BE(item.patientSlot, at);
    }
    instant(item.measuredAtMs);
    instant(item.capturedAtMs);
    instant(receivedAtMs);
    int8(item.monotonicMs);
    text(item.bootId);
    real(item.clock?.offsetMs ?? null);
    real(item.clock?.errorMs ?? null);
    at = out.writeInt32BE(1, at);
    at = out.writeInt8(0, at);
    for (const name of vitalNames) real(item.vitals[name]);
    instant(item.times.bloodPressureAtMs);
    instant(item.times.temperatureAtMs);
  }
  at = out.writeInt16BE(-1, at);
  return out.subarray(0, at);
}
