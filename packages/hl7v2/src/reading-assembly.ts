import type { VitalName, Vitals, VitalTimes } from '@pentad/protocol/vitals';
import { isPressurePair } from './no-measurement.ts';
import type { Note, Observation } from './observation.ts';

/** `atMs` null: when it was measured is not known. `reportAtMs`: OBR-7 of the report it came in. */
export interface Placed extends Observation {
  readonly atMs: number | null;
  readonly reportAtMs: number | null;
}

/** Absent in `vitals`: not in this message. Null: the monitor has no value, or none that could be taken. */
export interface MonitorReading {
  readonly measuredAtMs: number | null;
  readonly vitals: Partial<Vitals>;
  readonly times: VitalTimes;
}

interface Group {
  readonly atMs: number | null;
  readonly members: readonly Placed[];
}

const TOGETHER_MS = 1_000;
const pressures = new Set<VitalName>(['systolicMmHg', 'diastolicMmHg', 'meanMmHg']);

/** Unknown instants last. */
const byInstant = (a: { atMs: number | null }, b: { atMs: number | null }): number =>
  (a.atMs ?? Number.MAX_SAFE_INTEGER) - (b.atMs ?? Number.MAX_SAFE_INTEGER);

/**
 * What was measured within a second is one reading, of its oldest instant: it never looks newer than it is. The same
 * vital at a second instant begins another.
 */
function momentsOf(placed: readonly Placed[]): Group[] {
  const moments: { atMs: number | null; members: Placed[]; instants: Map<VitalName, number | null> }[] = [];
  for (const item of placed.toSorted(byInstant)) {
    const last = moments.at(-1);
    const isTogether =
      last !== undefined &&
      (item.atMs === null || last.atMs === null
        ? item.atMs === last.atMs
        : item.atMs - last.atMs < TOGETHER_MS && (last.instants.get(item.vital) ?? item.atMs) === item.atMs);
    if (!isTogether) moments.push({ atMs: item.atMs, members: [], instants: new Map() });
    const moment = moments.at(-1);
    moment?.members.push(item);
    moment?.instants.set(item.vital, item.atMs);
  }
  return moments;
}

function groupsBy(placed: readonly Placed[], keyOf: (item: Placed) => string): Group[] {
  const groups = new Map<string, { atMs: number | null; members: Placed[] }>();
  for (const item of placed) {
    const group = groups.get(keyOf(item));
    if (group) group.members.push(item);
    else groups.set(keyOf(item), { atMs: item.atMs, members: [item] });
  }
  return [...groups.values()];
}

const noteFirst = ({ members }: Group, code: Note['code']): Note => ({ code, obx: members[0]?.obx ?? null });

const isValued = ({ members }: Group): boolean => members.some(({ value }) => value !== null);

/** A pressure whose systolic is not above its diastolic is none, and neither is the mean beside it. */
function withoutFalsePair(group: Group, notes: Note[]): Group {
  const valuesOf = (vital: VitalName) =>
    group.members.flatMap((member) => (member.vital === vital ? (member.value ?? []) : []));
  const diastolics = valuesOf('diastolicMmHg');
  const isPossible = valuesOf('systolicMmHg').every((high) => diastolics.every((low) => isPressurePair(high, low)));
  if (isPossible) return group;
  notes.push(noteFirst(group, 'pressure.not-a-pair'));
  return { ...group, members: group.members.map((member) => ({ ...member, value: null })) };
}

/** Valued before empty, then newest, then the preferred way of measuring. */
function bestFirst(a: Group, b: Group): number {
  const preference = ({ members }: Group): number => Math.min(...members.map((member) => member.preference));
  return Number(isValued(b)) - Number(isValued(a)) || (b.atMs ?? -1) - (a.atMs ?? -1) || preference(a) - preference(b);
}

/** One value a vital: of the preferred source that has one, and none where that source says two things. */
function settle(members: readonly Placed[], notes: Note[]): Partial<Vitals> {
  const vitals: Partial<Vitals> = {};
  for (const vital of new Set(members.map((member) => member.vital))) {
    const valued = members
      .filter((member) => member.vital === vital && member.value !== null)
      .toSorted((a, b) => a.preference - b.preference);
    const taken = valued.filter(({ source }) => source === valued[0]?.source);
    const isOneValue = new Set(taken.map(({ value }) => value)).size <= 1;
    vitals[vital] = isOneValue ? (taken[0]?.value ?? null) : null;
    if (!isOneValue) notes.push(...taken.map(({ obx }) => ({ code: 'value.conflict', obx }) as const));
    const passedOver = valued.filter(({ source }) => source !== valued[0]?.source);
    notes.push(...passedOver.map(({ obx }) => ({ code: 'value.other-source', obx }) as const));
  }
  return vitals;
}

/** Undefined: the message has no such group. */
interface Parts {
  readonly moment?: Group | undefined;
  readonly pressure?: Group | undefined;
  readonly temperature?: Group | undefined;
}

function readingOf(measuredAtMs: number | null, parts: Parts, notes: Note[]): MonitorReading {
  const members = [parts.moment, parts.pressure, parts.temperature].flatMap((group) => group?.members ?? []);
  return {
    measuredAtMs,
    vitals: settle(members, notes),
    times: { bloodPressureAtMs: parts.pressure?.atMs ?? null, temperatureAtMs: parts.temperature?.atMs ?? null },
  };
}

const isOfMoment = (group: Group, { atMs }: Group): boolean =>
  group.atMs !== null && atMs !== null && Math.abs(group.atMs - atMs) < TOGETHER_MS;

/** Pressures and temperatures without streamed values: of the time of their report, or else of their own. */
function spotInstant(groups: readonly (Group | undefined)[]): number | null {
  const members = groups.flatMap((group) => group?.members ?? []);
  const reported = members.flatMap(({ reportAtMs }) => reportAtMs ?? []);
  const instants = reported.length > 0 ? reported : members.flatMap(({ atMs }) => atMs ?? []);
  return instants.length > 0 ? Math.max(...instants) : null;
}

/**
 * The newest streamed values carry the newest pressure and temperature with them, as every frame of a monitor does; an
 * older pressure or temperature goes with the values of its instant or is a reading of its own. Oldest first, unknown
 * instants last.
 */
export function assembleReadings(placed: readonly Placed[], notes: Note[]): MonitorReading[] {
  if (placed.length === 0) return [];
  const ofPressure = placed.filter(({ vital }) => pressures.has(vital));
  const ofTemperature = placed.filter(({ vital }) => vital === 'temperatureC');
  const moments = momentsOf(placed.filter(({ vital }) => !pressures.has(vital) && vital !== 'temperatureC'));
  const byPressure = groupsBy(ofPressure, ({ source, atMs }) => `${source} ${atMs}`)
    .map((group) => withoutFalsePair(group, notes))
    .sort(bestFirst);
  const byTemperature = groupsBy(ofTemperature, ({ atMs }) => String(atMs)).sort(bestFirst);
  const [pressure, ...olderPressures] = byPressure;
  const [temperature, ...olderTemperatures] = byTemperature;
  const newest = moments.findLast(({ atMs }) => atMs !== null) ?? moments.at(-1);

  const readings = [
    readingOf(
      newest ? newest.atMs : spotInstant([pressure, temperature]),
      { moment: newest, pressure, temperature },
      notes,
    ),
  ];
  const left = new Set([...olderPressures, ...olderTemperatures].filter(isValued));
  for (const moment of moments.filter((each) => each !== newest)) {
    const taken = (groups: readonly Group[]) => groups.find((group) => left.has(group) && isOfMoment(group, moment));
    const parts = { moment, pressure: taken(olderPressures), temperature: taken(olderTemperatures) };
    for (const group of [parts.pressure, parts.temperature]) if (group) left.delete(group);
    readings.push(readingOf(moment.atMs, parts, notes));
  }
  for (const group of left) {
    const isPressure = olderPressures.includes(group);
    if (group.atMs === null || (isPressure && group.atMs === pressure?.atMs))
      notes.push(noteFirst(group, 'value.other-source'));
    else readings.push(readingOf(group.atMs, isPressure ? { pressure: group } : { temperature: group }, notes));
  }
  if (pressure && isValued(pressure) && pressure.atMs === null)
    notes.push(noteFirst(pressure, 'pressure.time-unknown'));
  if (temperature && isValued(temperature) && temperature.atMs === null)
    notes.push(noteFirst(temperature, 'temperature.time-unknown'));
  return readings.toSorted((a, b) => byInstant({ atMs: a.measuredAtMs }, { atMs: b.measuredAtMs }));
}
