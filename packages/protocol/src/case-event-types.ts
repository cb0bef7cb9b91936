import * as v from 'valibot';
import { ItemAnswers } from './assessment-items.ts';
import { consultationEvents } from './consultation.ts';
import { hospitalCareEvents } from './hospital-care.ts';
import { CaseId, HospitalId, VehicleId } from './ids.ts';
import { mediaTypes } from './media.ts';
import { MilestoneCode, MilestoneSource } from './milestone.ts';
import { CaseOrigin, Specialty } from './center.ts';
import { preAlertEvents } from './pre-alert.ts';
import { Code, InstantMs, measuredRange, Sha256 } from './quantities.ts';

const ItemId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{1,64}$/));
const codes = v.pipe(v.array(Code), v.maxLength(32));
const nullableInt = (minimum: number, maximum: number) =>
  v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(minimum), v.maxValue(maximum)));

/** null = not known. Gestation in completed days (clinical-second-reading C10). */
export const Patient = v.object({
  ageYears: nullableInt(0, 130),
  ageDays: nullableInt(0, 400),
  sex: v.nullable(v.picklist(['male', 'female'])),
  gestationDays: nullableInt(0, 330),
  isPregnant: v.nullable(v.boolean()),
});
export type Patient = v.InferOutput<typeof Patient>;

const PatientSlot = nullableInt(1, 8);

export const Consciousness = v.picklist(['alert', 'confusion', 'voice', 'pain', 'unresponsive']);
export type Consciousness = v.InferOutput<typeof Consciousness>;

const recordEvents = {
  'case.opened': v.looseObject({
    origin: CaseOrigin,
    vehicle: v.nullable(VehicleId),
    patientSlot: PatientSlot,
    patient: Patient,
    complaintCodes: codes,
    specialty: v.nullable(Specialty),
  }),
  'patient.described': v.looseObject({ patient: Patient }),
  'identity.attached': v.looseObject({ personId: ItemId }),
  'complaint.recorded': v.looseObject({ complaintId: ItemId, codes }),
  'onset.recorded': v.object({
    kind: v.picklist(['onset', 'last-known-well']),
    atMs: v.nullable(InstantMs),
    certainty: v.picklist(['exact', 'about', 'wake-up', 'unknown']),
  }),
  'slot.bound': v.looseObject({ vehicle: VehicleId, patientSlot: v.pipe(v.number(), v.minValue(1), v.maxValue(8)) }),
  'slot.swapped': v.looseObject({ vehicle: VehicleId, fromSlot: PatientSlot, toSlot: PatientSlot }),
  /** A job of the 120 dispatch centre; address, coordinates, caller and free text are sealed beside it (`JobCardText`). */
  'dispatch.received': v.looseObject({
    jobId: ItemId,
    complaintCodes: codes,
    jobNumber: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(64))), null),
    source: v.optional(v.nullable(v.picklist(['http', 'sql-view', 'csv'])), null),
  }),
  'dispatch.withdrawn': v.looseObject({ jobId: ItemId, reason: Code }),
  'assessment.recorded': v.looseObject({
    assessmentId: ItemId,
    measuredAtMs: InstantMs,
    consciousness: v.nullable(Consciousness),
    oxygen: v.nullable(v.picklist(['air', 'oxygen'])),
    isPressureUnrecordable: v.nullable(v.boolean()),
    vitals: v.object({
      heartRateBpm: v.optional(measuredRange.heartRateBpm, null),
      respiratoryRatePerMin: v.optional(measuredRange.respiratoryRatePerMin, null),
      spo2Percent: v.optional(measuredRange.spo2Percent, null),
      systolicMmHg: v.optional(measuredRange.systolicMmHg, null),
      diastolicMmHg: v.optional(measuredRange.diastolicMmHg, null),
      temperatureC: v.optional(measuredRange.temperatureC, null),
      glucoseMmolPerL: v.optional(measuredRange.glucoseMmolPerL, null),
    }),
    /** null of one part = not examined; a part named in `notTestable` cannot be (intubated, eyes swollen shut). */
    gcs: v.nullable(
      v.looseObject({
        eye: nullableInt(1, 4),
        verbal: nullableInt(1, 5),
        motor: nullableInt(1, 6),
        notTestable: v.optional(v.array(v.picklist(['eye', 'verbal', 'motor'])), []),
      }),
    ),
    items: v.optional(ItemAnswers, {}),
  }),
  'treatment.recorded': v.looseObject({
    treatmentId: ItemId,
    code: Code,
    givenAtMs: InstantMs,
    dose: v.nullable(v.pipe(v.number(), v.finite(), v.minValue(0))),
    doseUnit: v.nullable(v.string()),
    route: v.nullable(Code),
    site: v.nullable(Code),
    fio2Percent: measuredRange.fio2Percent,
  }),
  'treatment.withdrawn': v.looseObject({ treatmentId: ItemId }),
  'blood-loss.recorded': v.looseObject({
    entryId: ItemId,
    volumeMl: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(20_000)),
    method: v.picklist(['estimated', 'weighed']),
    measuredAtMs: InstantMs,
  }),
  'ecg.recorded': v.looseObject({
    ecgId: ItemId,
    source: v.picklist(['device-waveform', 'device-pdf', 'photo']),
    /** null: the device or the paper does not say, or says it without a zone. */
    acquiredAtMs: v.nullable(InstantMs),
    sha256: Sha256,
  }),
  'media.recorded': v.looseObject({
    mediaId: ItemId,
    kind: Code,
    sha256: Sha256,
    bytes: v.pipe(v.number(), v.safeInteger()),
  }),
  /** Written by the server when the whole content is stored and has the hash it is named by. */
  'media.stored': v.looseObject({
    sha256: Sha256,
    mediaType: v.picklist(mediaTypes),
    bytes: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  }),
  'milestone.stamped': v.looseObject({
    stampId: ItemId,
    code: MilestoneCode,
    atMs: InstantMs,
    source: MilestoneSource,
    errorMs: v.nullable(v.pipe(v.number(), v.finite(), v.minValue(0))),
  }),
  'milestone.corrected': v.looseObject({ code: MilestoneCode, stampId: ItemId, reason: Code }),
  'destination.chosen': v.looseObject({
    hospitalId: HospitalId,
    reason: v.picklist(['rule', 'nearest', 'catchment', 'patient-choice', 'forced', 'redirected', 'crew']),
  }),
  'birth.recorded': v.looseObject({
    order: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(4)),
    childCaseId: CaseId,
  }),
  'case.linked': v.looseObject({ otherCaseId: CaseId, kind: v.picklist(['mother', 'newborn', 'merged', 'unmerged']) }),
  'case.progressed': v.looseObject({
    to: v.picklist(['assessed', 'en-route', 'arrived', 'handed-over', 'in-hospital-care', 'disposed', 'closed']),
  }),
  'case.cancelled': v.looseObject({ reason: Code }),
  'transfer.started': v.looseObject({
    legNo: v.pipe(v.number(), v.safeInteger(), v.minValue(2)),
    hospitalId: HospitalId,
  }),
  'outcome.recorded': v.looseObject({ outcome: Code }),
  'correction.recorded': v.looseObject({ correctedEventId: ItemId, reason: Code }),
} as const;

/** Every event the log may hold. A type that is not here is kept and skipped (design decision 2). */
export const clinicalByType = {
  ...recordEvents,
  ...preAlertEvents,
  ...hospitalCareEvents,
  ...consultationEvents,
} as const;
