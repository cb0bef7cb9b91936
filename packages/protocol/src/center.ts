import * as v from 'valibot';
import { DeskId, HospitalId } from './ids.ts';

/** `emergency` (急诊科) is every hospital's built-in center: a pre-alert always has a specialty, never NULL. */
export const Specialty = v.picklist(['chest-pain', 'stroke', 'trauma', 'neonate', 'maternal', 'emergency']);
export type Specialty = v.InferOutput<typeof Specialty>;
export const specialties = Specialty.options;

export const CaseOrigin = v.picklist([
  'dispatch-120',
  'transfer',
  'walk-in',
  'in-hospital',
  'primary-care-referral',
  'home-monitoring',
]);
export type CaseOrigin = v.InferOutput<typeof CaseOrigin>;

export const DutyLine = v.picklist(['desk', 'first', 'second', 'third', 'director']);
export type DutyLine = v.InferOutput<typeof DutyLine>;

export const Desk = v.object({
  deskId: DeskId,
  hospitalId: HospitalId,
  nameZh: v.string(),
  nameEn: v.string(),
  phone: v.string(),
  serves: v.array(Specialty),
});
export type Desk = v.InferOutput<typeof Desk>;

export const Hospital = v.object({
  hospitalId: HospitalId,
  nameZh: v.string(),
  nameEn: v.string(),
  phone: v.string(),
  latitudeDeg: v.number(),
  longitudeDeg: v.number(),
  centers: v.array(v.object({ specialty: Specialty, level: v.nullable(v.string()) })),
  desks: v.array(Desk),
});
export type Hospital = v.InferOutput<typeof Hospital>;
