import * as v from 'valibot';

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const slugPattern = /^[a-z0-9][a-z0-9-]{1,39}$/;

export const Uuid = v.pipe(v.string(), v.regex(uuidPattern));
export const Slug = v.pipe(v.string(), v.regex(slugPattern));

export const CaseId = v.pipe(Uuid, v.brand('CaseId'));
export const EventId = v.pipe(Uuid, v.brand('EventId'));
export const PreAlertId = v.pipe(Uuid, v.brand('PreAlertId'));
export const TargetId = v.pipe(Uuid, v.brand('TargetId'));
export const FindingId = v.pipe(Uuid, v.brand('FindingId'));
export const StaffId = v.pipe(Uuid, v.brand('StaffId'));
export const DeskId = v.pipe(Slug, v.brand('DeskId'));
export const HospitalId = v.pipe(Slug, v.brand('HospitalId'));

/** Random, never a plate: it stands in broker subjects and in the scoped signer's template (broker.md). */
export const VehicleId = v.pipe(v.string(), v.regex(/^[a-z0-9-]{8,40}$/), v.brand('VehicleId'));

/** 128 random bits as hex: one per journal, so that a wiped journal never reuses a key. */
export const Epoch = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/), v.brand('Epoch'));

export type CaseId = v.InferOutput<typeof CaseId>;
export type EventId = v.InferOutput<typeof EventId>;
export type PreAlertId = v.InferOutput<typeof PreAlertId>;
export type TargetId = v.InferOutput<typeof TargetId>;
export type FindingId = v.InferOutput<typeof FindingId>;
export type StaffId = v.InferOutput<typeof StaffId>;
export type DeskId = v.InferOutput<typeof DeskId>;
export type HospitalId = v.InferOutput<typeof HospitalId>;
export type VehicleId = v.InferOutput<typeof VehicleId>;
export type Epoch = v.InferOutput<typeof Epoch>;

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * UUIDv7 (RFC 9562) from a clock reading and ten random bytes; pure, so that a seeded run repeats its ids.
 * @param nowMs Unix epoch milliseconds
 * @param random ten random bytes
 */
export function uuidV7(nowMs: number, random: Uint8Array): string {
  if (random.length !== 10) throw new RangeError('uuidV7 takes ten random bytes');
  const time = Math.floor(nowMs).toString(16).padStart(12, '0');
  const tail = Uint8Array.from(random);
  tail[0] = 0x70 | (tail[0]! & 0x0f);
  tail[2] = 0x80 | (tail[2]! & 0x3f);
  const rest = hex(tail);
  return `${time.slice(0, 8)}-${time.slice(8)}-${rest.slice(0, 4)}-${rest.slice(4, 8)}-${rest.slice(8)}`;
}

export const epochFromBytes = (random: Uint8Array): Epoch => v.parse(Epoch, hex(random));
