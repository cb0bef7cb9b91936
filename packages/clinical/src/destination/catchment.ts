import { Specialty } from '@pentad/protocol/center';
import { HospitalId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import { Bilingual } from '../rules/rule-definition.ts';

const Degrees = (limit: number) => v.pipe(v.number(), v.minValue(-limit), v.maxValue(limit));
const Corner = v.strictObject({ latitudeDeg: Degrees(90), longitudeDeg: Degrees(180) });
type Corner = v.InferOutput<typeof Corner>;

/** 对口片区: which hospital an area looks to, as the region's health authority decided it. */
const CatchmentTable = v.strictObject({
  areas: v.array(
    v.strictObject({
      name: Bilingual,
      area: v.variant('kind', [
        /** 统计用区划代码: the leading digits of county (6), town (9) or village (12). */
        v.strictObject({ kind: v.literal('division'), code: v.pipe(v.string(), v.regex(/^(\d{6}|\d{9}|\d{12})$/)) }),
        /** Closed, WGS-84. */
        v.strictObject({ kind: v.literal('polygon'), ring: v.pipe(v.array(Corner), v.minLength(4)) }),
      ]),
      preferred: v.array(v.strictObject({ specialty: Specialty, hospitalId: HospitalId })),
      /** The document and its day. */
      source: v.pipe(v.string(), v.minLength(1), v.maxLength(300)),
    }),
  ),
});
export type CatchmentTable = v.InferOutput<typeof CatchmentTable>;

/** Throws ValiError naming the place. */
export const catchmentTableOf = (data: unknown): CatchmentTable => v.parse(CatchmentTable, data);

export interface Place {
  readonly divisionCode: string | null;
  readonly point: Corner | null;
}

type IsInside = (ring: readonly Corner[], point: Corner) => boolean;

/**
 * The hospital the place looks to for a specialty: a drawn area before a division, the longer code before the
 * shorter, the earlier row before the later. null: none, or the place is not known. `isInside`: of packages/geo.
 */
export function catchmentHospital(
  { areas }: CatchmentTable,
  { divisionCode, point }: Place,
  specialty: Specialty,
  isInside: IsInside,
): string | null {
  const weight = ({ area }: CatchmentTable['areas'][number]): number => {
    if (area.kind === 'polygon') return point && isInside(area.ring, point) ? Infinity : 0;
    return divisionCode?.startsWith(area.code) ? area.code.length : 0;
  };
  const found = areas.flatMap((one) => {
    const hospitalId = one.preferred.find((preferred) => preferred.specialty === specialty)?.hospitalId;
    const heavy = weight(one);
    return hospitalId !== undefined && heavy > 0 ? [{ hospitalId, heavy }] : [];
  });
  const heaviest = Math.max(...found.map(({ heavy }) => heavy));
  return found.find(({ heavy }) => heavy === heaviest)?.hospitalId ?? null;
}
