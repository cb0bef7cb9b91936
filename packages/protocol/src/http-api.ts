import * as v from 'valibot';
import { CaseView } from './case-view.ts';
import { DutyLine, Hospital } from './center.ts';
import { NumericsView, UnitView } from './console-feed.ts';
import { DeskId, StaffId, VehicleId } from './ids.ts';
import { Answer } from './pre-alert.ts';
import { Code, InstantMs } from './quantities.ts';
import { Receipt } from './receipt.ts';

export const Role = v.picklist([
  'center-nurse',
  'center-specialist',
  'dispatcher',
  'regional-supervisor',
  'auditor',
  'administrator',
]);
export type Role = v.InferOutput<typeof Role>;

export const SignInInput = v.strictObject({
  login: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(64)),
  password: v.pipe(v.string(), v.minLength(1), v.maxLength(256)),
});
export const DemoSignInInput = v.strictObject({ login: v.pipe(v.string(), v.minLength(1), v.maxLength(64)) });

export const Session = v.object({
  staffId: StaffId,
  name: v.string(),
  role: Role,
  desks: v.array(v.object({ deskId: DeskId, line: DutyLine })),
  expiresAtMs: InstantMs,
});
export type Session = v.InferOutput<typeof Session>;

export const WsTicket = v.object({ ticket: v.string(), expiresAtMs: InstantMs });

/** `opId` makes a repeat harmless: the same act answers with the state it reached (faults.md L4). */
const OpId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{8,64}$/));
export const AnswerInput = v.strictObject({
  opId: OpId,
  answer: Answer,
  minutes: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(120))),
  reason: v.nullable(Code),
});
export type AnswerInput = v.InferOutput<typeof AnswerInput>;
export const SeenInput = v.strictObject({ opId: OpId });

export const Vehicle = v.object({
  vehicle: VehicleId,
  callSignZh: v.string(),
  callSignEn: v.string(),
  plate: v.string(),
});
export type Vehicle = v.InferOutput<typeof Vehicle>;

export const Region = v.object({
  kind: v.picklist(['demo', 'production']),
  nameZh: v.string(),
  nameEn: v.string(),
  centerLatitudeDeg: v.number(),
  centerLongitudeDeg: v.number(),
  hospitals: v.array(Hospital),
  vehicles: v.array(Vehicle),
  units: v.array(UnitView),
});
export type Region = v.InferOutput<typeof Region>;

export const DemoIdentity = v.object({
  login: v.string(),
  name: v.string(),
  role: Role,
  deskId: v.nullable(DeskId),
  placeZh: v.string(),
  placeEn: v.string(),
});
export type DemoIdentity = v.InferOutput<typeof DemoIdentity>;

export const CaseDetail = v.object({ n: v.number(), case: CaseView, latest: v.nullable(NumericsView) });
export type CaseDetail = v.InferOutput<typeof CaseDetail>;

export const NumericsQuery = v.strictObject({
  fromMs: v.pipe(v.string(), v.digits(), v.transform(Number), InstantMs),
  toMs: v.pipe(v.string(), v.digits(), v.transform(Number), InstantMs),
});
export const NumericsSeries = v.object({ items: v.array(NumericsView) });

/** The second path. Items are vehicle wire: read one by one, unknown fields kept, never refused as a whole. */
export const UplinkInput = v.object({ items: v.pipe(v.array(v.unknown()), v.maxLength(512)) });
export const UplinkAnswer = v.object({ receipts: v.array(Receipt) });
export const VehicleTokenInput = v.strictObject({
  jwt: v.pipe(v.string(), v.maxLength(4_096)),
  nonce: v.pipe(v.string(), v.maxLength(128)),
  signature: v.pipe(v.string(), v.maxLength(256)),
});
export const VehicleToken = v.object({ token: v.string(), expiresAtMs: InstantMs, vehicle: VehicleId });
export const RenewedJwt = v.object({ jwt: v.string(), expiresAtMs: InstantMs });

/** The one error body. `code` is stable; nothing of what was submitted is echoed. */
export const Problem = v.object({ code: v.string(), message: v.string(), requestId: v.string() });
export type Problem = v.InferOutput<typeof Problem>;
