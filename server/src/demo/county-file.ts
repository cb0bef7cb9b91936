import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DutyLine, Specialty } from '@pentad/protocol/center';
import { Role } from '@pentad/protocol/http-api';
import { DeskId, HospitalId } from '@pentad/protocol/ids';
import * as v from 'valibot';
import { GateInput } from '../hospitals/gate.ts';

const Place = v.object({ lat: v.number(), lon: v.number() });

/** fixtures/demo/county.json: an invented county. Fields the server does not need are left out here. */
export const County = v.object({
  county: v.object({ nameZh: v.string(), nameEn: v.string(), center: Place }),
  hospitals: v.array(
    v.object({
      id: HospitalId,
      nameZh: v.string(),
      nameEn: v.string(),
      ...Place.entries,
      gates: v.array(v.object(v.omit(GateInput, ['hospitalId']).entries)),
      phone: v.string(),
      centers: v.array(v.object({ specialty: Specialty, levelZh: v.nullable(v.string()) })),
      desks: v.array(
        v.object({
          id: DeskId,
          nameZh: v.string(),
          nameEn: v.string(),
          phone: v.string(),
          serves: v.array(Specialty),
          isDefault: v.optional(v.boolean(), false),
        }),
      ),
    }),
  ),
  people: v.array(
    v.object({
      login: v.string(),
      displayZh: v.string(),
      displayEn: v.string(),
      role: Role,
      deskIds: v.array(DeskId),
      line: v.nullable(DutyLine),
      phone: v.string(),
    }),
  ),
  ambulances: v.array(
    v.object({ callSignZh: v.string(), callSignEn: v.string(), plate: v.string(), homeHospitalId: HospitalId }),
  ),
});
export type County = v.InferOutput<typeof County>;

export const readCounty = (demoDir: string): County =>
  v.parse(County, JSON.parse(readFileSync(path.join(demoDir, 'county.json'), 'utf8')));
