import { DispatchJobInput } from '@pentad/protocol/dispatch-job';
import { Code } from '@pentad/protocol/quantities';
import * as v from 'valibot';
import { plainText } from './dispatch-job.ts';
import { readDispatchTime } from './dispatch-time.ts';
import type { JobCells, JobField } from './job-columns.ts';

/**
 * A row of a view or a file as a job. `problems` are codes of the fields that could not be read; the job is taken
 * without them, since an ambulance needs its address whatever stands under 年龄. `job` null: no job can be made of it.
 */
export interface ReadRow {
  readonly job: DispatchJobInput | null;
  readonly problems: readonly string[];
}

const sexes: Readonly<Record<string, 'male' | 'female' | null>> = {
  // GB/T 2261.1
  '0': null,
  '1': 'male',
  '2': 'female',
  '9': null,
  男: 'male',
  男性: 'male',
  m: 'male',
  male: 'male',
  女: 'female',
  女性: 'female',
  f: 'female',
  female: 'female',
  未知: null,
  不详: null,
  unknown: null,
};
const datums: Readonly<Record<string, 'WGS-84' | 'GCJ-02' | 'BD-09'>> = {
  wgs84: 'WGS-84',
  gcj02: 'GCJ-02',
  火星: 'GCJ-02',
  bd09: 'BD-09',
  bd09ll: 'BD-09',
  百度: 'BD-09',
};
const yesNo: Readonly<Record<string, boolean>> = Object.fromEntries([
  ...['1', 'true', 't', 'yes', 'y', '是', '撤销', '已撤销'].map((word) => [word, true] as const),
  ...['0', 'false', 'f', 'no', 'n', '否', '未撤销'].map((word) => [word, false] as const),
]);

const textLimits = {
  complaint: 1_000,
  address: 400,
  callerPhone: 40,
  callerName: 80,
  patientName: 80,
  note: 2_000,
  vehicleId: 40,
  plate: 20,
  callSign: 40,
} as const satisfies Partial<Record<JobField, number>>;

/** Completed years; 3个月 and 10天 are in their first year. null: no age. */
function readAge(text: string): number | null {
  const [, digits, unit = '岁'] = /^(\d{1,3})\s*(岁|周岁|y|个月|月|周|天|日)?$/i.exec(text) ?? [];
  if (digits === undefined) return null;
  const perYear = { 岁: 1, 周岁: 1, y: 1, Y: 1, 个月: 12, 月: 12, 周: 53, 天: 366, 日: 366 }[unit] ?? 1;
  const years = Math.floor(Number(digits) / perYear);
  return years <= 130 ? years : null;
}

class CellReader {
  readonly problems: string[] = [];
  readonly #cells: JobCells;
  constructor(cells: JobCells) {
    this.#cells = cells;
  }

  /** The cell's value by `read`; null where the cell is empty, or cannot be read, which is then a problem. */
  value<T>(field: JobField, read: (text: string) => T | null | undefined, isNullAValue = false): T | null {
    const text = plainText(this.#cells[field] ?? null);
    if (text === null) return null;
    const value = read(text) ?? null;
    if (value === null && !isNullAValue) this.problems.push(`job-row.${field}`);
    return value;
  }

  text(field: keyof typeof textLimits): string | null {
    return this.value(field, (text) => (text.length <= textLimits[field] ? text : null));
  }

  named<T>(field: JobField, names: Readonly<Record<string, T>>): T | null {
    const isKnown = (text: string) => Object.hasOwn(names, text);
    return this.value(
      field,
      (text) => {
        const plain = text.toLowerCase().replace(/[\s_-]/g, '');
        if (!isKnown(plain)) this.problems.push(`job-row.${field}`);
        return isKnown(plain) ? names[plain] : null;
      },
      true,
    );
  }
}

function readCodes(reader: CellReader): string[] {
  const words = reader.value('complaintCodes', (text) => text.split(/[\s,,;;|、]+/).filter((word) => word !== ''));
  const codes = (words ?? []).map((word) => word.toLowerCase()).filter((word) => v.is(Code, word));
  if (codes.length < (words?.length ?? 0) || codes.length > 32) reader.problems.push('job-row.complaintCodes');
  return codes.slice(0, 32);
}

/** A place needs both numbers and what they are measured against: nothing says which of three datums a bare pair is in. */
function readLocation(reader: CellReader): DispatchJobInput['location'] {
  const degrees = (limit: number) => (text: string) =>
    /^-?\d{1,3}(\.\d+)?$/.test(text) && Math.abs(Number(text)) <= limit ? Number(text) : null;
  const latitudeDeg = reader.value('latitudeDeg', degrees(90));
  const longitudeDeg = reader.value('longitudeDeg', degrees(180));
  const datum = reader.named('datum', datums);
  if (latitudeDeg === null || longitudeDeg === null || datum === null) {
    if (latitudeDeg !== null || longitudeDeg !== null) reader.problems.push('job-row.location-incomplete');
    return null;
  }
  // Written by systems that have no place: a point in the Gulf of Guinea.
  return latitudeDeg === 0 && longitudeDeg === 0 ? null : { latitudeDeg, longitudeDeg, datum };
}

function readVehicle(reader: CellReader): DispatchJobInput['vehicle'] {
  const [vehicleId, plate, callSign] = [reader.text('vehicleId'), reader.text('plate'), reader.text('callSign')];
  if (vehicleId !== null) return { vehicleId, plate: null, callSign: null };
  return plate === null ? { vehicleId: null, plate, callSign } : { vehicleId: null, plate, callSign: null };
}

/** @param nowMs what times are held against: one that no job of now can have is a field that cannot be read */
export function readJobRow(cells: JobCells, nowMs: number): ReadRow {
  const reader = new CellReader(cells);
  const time = (text: string) => readDispatchTime(text, nowMs);
  const built = {
    jobNumber: reader.value('jobNumber', (text) => text),
    vehicle: readVehicle(reader),
    times: {
      callAtMs: reader.value('callAt', time),
      answerAtMs: reader.value('answerAt', time),
      dispatchAtMs: reader.value('dispatchAt', time),
      departAtMs: reader.value('departAt', time),
    },
    complaint: reader.text('complaint'),
    complaintCodes: readCodes(reader),
    sex: reader.named('sex', sexes),
    ageYears: reader.value('ageYears', readAge),
    address: reader.text('address'),
    location: readLocation(reader),
    callerPhone: reader.text('callerPhone'),
    callerName: reader.text('callerName'),
    patientName: reader.text('patientName'),
    note: reader.text('note'),
    isWithdrawn: reader.named('isWithdrawn', yesNo) ?? false,
  };
  const read = v.safeParse(DispatchJobInput, built);
  if (read.success) return { job: read.output, problems: [...new Set(reader.problems)] };
  // All that can still be wrong is the job's number: each other field is within its limits or null.
  return { job: null, problems: ['job-row.jobNumber'] };
}
