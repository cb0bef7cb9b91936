import { Hospital, type Specialty } from '@pentad/protocol/center';
import * as v from 'valibot';
import type { Tx } from '../db/transaction.ts';
import { Directory } from './directory.ts';

interface HospitalRow {
  hospital_id: string;
  name_zh: string;
  name_en: string;
  phone: string;
  latitude_deg: number;
  longitude_deg: number;
}
interface CenterRow {
  hospital_id: string;
  specialty: Specialty;
  level: string | null;
}
interface DeskRow {
  desk_id: string;
  hospital_id: string;
  name_zh: string;
  name_en: string;
  phone: string;
  serves: Specialty[];
}

/** Default desks first, so that a specialty served by two desks of one hospital goes to the hospital's main one. */
export async function readDirectory(tx: Tx): Promise<Directory> {
  const hospitals = await tx.query<HospitalRow>('SELECT * FROM hospital ORDER BY hospital_id');
  const centers = await tx.query<CenterRow>('SELECT hospital_id, specialty, level FROM center ORDER BY specialty');
  const desks = await tx.query<DeskRow>(
    `SELECT d.desk_id, d.hospital_id, d.name_zh, d.name_en, d.phone, array_agg(c.specialty ORDER BY c.specialty) AS serves
     FROM desk d JOIN desk_center c USING (desk_id) GROUP BY d.desk_id ORDER BY d.is_default DESC, d.desk_id`,
  );
  return new Directory(
    hospitals.map((row) =>
      v.parse(Hospital, {
        hospitalId: row.hospital_id,
        nameZh: row.name_zh,
        nameEn: row.name_en,
        phone: row.phone,
        latitudeDeg: row.latitude_deg,
        longitudeDeg: row.longitude_deg,
        centers: centers.filter((center) => center.hospital_id === row.hospital_id),
        desks: desks
          .filter((desk) => desk.hospital_id === row.hospital_id)
          .map((desk) => ({
            deskId: desk.desk_id,
            hospitalId: desk.hospital_id,
            nameZh: desk.name_zh,
            nameEn: desk.name_en,
            phone: desk.phone,
            serves: desk.serves,
          })),
      }),
    ),
  );
}
