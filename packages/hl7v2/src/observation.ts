import { measuredRange } from '@pentad/protocol/quantities';
import type { VitalName } from '@pentad/protocol/vitals';
import * as v from 'valibot';
import { componentsOf, fieldOf, repetitionsOf, type Message, type Segment } from './message.ts';
import { readObservationCode } from './observation-code.ts';
import { sentinels } from './no-measurement.ts';
import type { Method, ObservationRow } from './observation-code-table.ts';
import { readTimestamp } from './timestamp.ts';
import { readUnit, type UnitKind } from './unit-table.ts';

/** Why a value is not there, or not all of it was taken. Stable; `obx` of a note counts the OBX of the message from 1. */
export type NoteCode =
  | 'message.not-production'
  | 'message.stray-lines'
  | 'message.replaced-characters'
  | 'code.unknown'
  | 'code.contradictory'
  | 'segment.suspect'
  | 'status.cannot-be-obtained'
  | 'status.deleted'
  | 'status.wrong'
  | 'status.not-a-result'
  | 'flag.not-a-measurement'
  | 'value.absent'
  | 'value.several'
  | 'value.type-not-read'
  | 'value.not-a-number'
  | 'value.sentinel'
  | 'value.zero'
  | 'value.out-of-range'
  | 'value.conflict'
  | 'value.other-source'
  | 'unit.absent'
  | 'unit.unknown'
  | 'unit.contradictory'
  | 'unit.of-another-kind'
  | 'time.unreadable'
  | 'time.no-zone'
  | 'time.imprecise'
  | 'time.absent'
  | 'pressure.not-a-pair'
  | 'pressure.time-unknown'
  | 'temperature.time-unknown';

export interface Note {
  readonly code: NoteCode;
  readonly obx: number | null;
}

/** What a monitor that leaves OBX-6 empty means, as known of that monitor; spelled as units are. */
export type UnitsWhenAbsent = Partial<Record<UnitKind, string>>;

export interface MonitorSettings {
  /** Minutes east of UTC of the monitor's clock, for instants without zone; null: not known. */
  readonly zoneOffsetMinutes: number | null;
  readonly unitsWhenAbsent?: UnitsWhenAbsent;
  /** Takes the readings of test and training messages (MSH-11 other than P) too. Default false: they are no patient's. */
  readonly takesTestMessages?: boolean;
}

export interface Observation {
  readonly obx: number;
  readonly vital: VitalName;
  readonly method: Method;
  /** Two values of one source may not differ; of two sources the one with the lower preference is taken. */
  readonly source: string;
  readonly preference: number;
  readonly value: number | null;
  /** OBX-14; null: none that can be used. */
  readonly ownAtMs: number | null;
  /**
   * Whether the time of the report (OBR-7) is its time too (IHE PCD TF-2 B.8). Not for what is said to be aperiodic or
   * has a time that cannot be read, and not for a cuff: monitors repeat an old cuff reading in every report.
   */
  readonly hasReportTime: boolean;
}

const kindOf: Record<VitalName, UnitKind> = {
  heartRateBpm: 'per-minute',
  pulseRateBpm: 'per-minute',
  respiratoryRatePerMin: 'per-minute',
  spo2Percent: 'percent',
  systolicMmHg: 'pressure',
  diastolicMmHg: 'pressure',
  meanMmHg: 'pressure',
  temperatureC: 'temperature',
  etco2MmHg: 'pressure',
  fio2Percent: 'percent',
};

/**
 * No oximeter, cuff or thermometer measures 0. A heart or respiratory rate of 0 may be an arrest (clinical.md E1: "flag
 * and ask, never silently drop") and an end-tidal CO2 of 0 no breath, so those stay.
 */
const neverZero = new Set<VitalName>([
  'pulseRateBpm',
  'spo2Percent',
  'systolicMmHg',
  'diastolicMmHg',
  'meanMmHg',
  'temperatureC',
  'fio2Percent',
]);

/** HL7 table 0085. R, results not verified, is what monitors send. An empty field is taken for what it leaves unsaid. */
const resultStatuses = new Set(['', 'F', 'R', 'P', 'C', 'S', 'U', 'B', 'V']);
const statusNotes = new Map<string, NoteCode>([
  ['X', 'status.cannot-be-obtained'],
  ['D', 'status.deleted'],
  ['W', 'status.wrong'],
]);

/** OBX-8, IHE PCD TF-2 B.8: measurement status of 11073-10201 and the null flavours (wiki.ihe.net NullFlavorsInPCD). */
const flagsOfNoMeasurement = new Set('INV QUES NAV CAL CALIB TEST DEMO NI NA OFF MSK OTH NAN PINF NINF UNK'.split(' '));

const NUMBER = /^[+-]?\d{1,12}(?:\.\d{0,9})?$/;

function numberOf(message: Message, segment: Segment): number | NoteCode {
  const repetitions = repetitionsOf(message, segment, 5);
  if (repetitions.length > 1) return 'value.several';
  const [first = '', second = '', ...rest] = repetitions[0] ?? [];
  const type = fieldOf(segment, 2).toUpperCase();
  if (!['NM', 'SN', 'ST', 'TX', ''].includes(type)) return 'value.type-not-read';
  // SN: a comparator before the number; "less than" is no measurement.
  const isStructured = type === 'SN';
  const text = isStructured ? second : first;
  if ((isStructured ? first + second : first) === '' || text === '""') return 'value.absent';
  const isWhole = isStructured ? ['', '='].includes(first) && rest.join('') === '' : second + rest.join('') === '';
  return isWhole && NUMBER.test(text) ? Number(text) : 'value.not-a-number';
}

function inUnit(components: readonly string[], vital: VitalName, value: number, settings: MonitorSettings) {
  const kind = kindOf[vital];
  const written = readUnit(components);
  const assumed = settings.unitsWhenAbsent?.[kind];
  const reading = written.kind === 'absent' && assumed !== undefined ? readUnit([assumed]) : written;
  if (reading.kind !== 'known') return `unit.${reading.kind}` as const;
  return reading.unit.kind === kind ? reading.unit.toCanonical(value) : 'unit.of-another-kind';
}

function valueOf(message: Message, segment: Segment, vital: VitalName, settings: MonitorSettings): number | NoteCode {
  if (segment.isSuspect) return 'segment.suspect';
  const status = fieldOf(segment, 11).toUpperCase();
  if (!resultStatuses.has(status)) return statusNotes.get(status) ?? 'status.not-a-result';
  const flags = repetitionsOf(message, segment, 8).map(([flag = '']) => flag.toUpperCase());
  if (flags.some((flag) => flagsOfNoMeasurement.has(flag))) return 'flag.not-a-measurement';
  const number = numberOf(message, segment);
  if (typeof number === 'string') return number;
  if (sentinels.has(number)) return 'value.sentinel';
  if (number === 0 && neverZero.has(vital)) return 'value.zero';
  const value = inUnit(componentsOf(message, segment, 6), vital, number, settings);
  if (typeof value === 'string') return value;
  return v.is(measuredRange[vital], value) ? value : 'value.out-of-range';
}

function sourceOf({ code, names, method }: ObservationRow): string {
  if (method === 'cuff') return method;
  return method === 'arterial' ? (names[0] ?? '').replace(/[-_]?(SYS|DIA|MEAN)$/i, '') : code;
}

const saysAperiodic = (segment: Segment): boolean =>
  /\bAPERIODIC\b/i.test(`${fieldOf(segment, 13)} ${fieldOf(segment, 17)}`);

/** One OBX. Null: of a code that is none of our vitals, or that contradicts itself. */
export function readObservation(
  message: Message,
  segment: Segment,
  obx: number,
  settings: MonitorSettings,
  notes: Note[],
): Observation | null {
  const code = readObservationCode(componentsOf(message, segment, 3));
  if (code.kind !== 'known') {
    notes.push({ code: `code.${code.kind}`, obx });
    return null;
  }
  const { vital, method } = code.row;
  const value = valueOf(message, segment, vital, settings);
  if (typeof value === 'string') notes.push({ code: value, obx });
  const own = readTimestamp(segment.isSuspect ? '' : fieldOf(segment, 14), settings.zoneOffsetMinutes);
  if (own.kind !== 'instant' && own.kind !== 'absent') notes.push({ code: `time.${own.kind}`, obx });
  return {
    obx,
    vital,
    method,
    source: sourceOf(code.row),
    preference: code.preference,
    value: typeof value === 'string' ? null : value,
    ownAtMs: own.kind === 'instant' ? own.instantMs : null,
    hasReportTime: own.kind === 'absent' && method !== 'cuff' && !saysAperiodic(segment),
  };
}
