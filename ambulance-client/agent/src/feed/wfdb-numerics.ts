import { isPressurePair, sentinels } from '@pentad/hl7v2/no-measurement';
import { measuredRange } from '@pentad/protocol/quantities';
import { noVitals, type VitalName, type Vitals, type VitalTimes } from '@pentad/protocol/vitals';
import { physicalValue, type WfdbChannel, type WfdbRecord } from '@pentad/recordings/wfdb/wfdb-record';
import * as v from 'valibot';
import type { Bound } from './feed.ts';
import type { Recorded } from './playback.ts';
import { numericUseOf, type NumericUse } from './wfdb-signals.ts';

/** null: missing, a sentinel, beyond the instrument, or 0, which trend records write where nothing was measured. */
function measured(channel: WfdbChannel, index: number, vital: VitalName): number | null {
  const stored = channel.samples[index];
  const value = physicalValue(channel, index);
  if (value === null || value === 0 || stored === undefined) return null;
  if (sentinels.has(value) || sentinels.has(stored)) return null;
  return v.is(measuredRange[vital], value) ? value : null;
}

interface Column {
  readonly use: NumericUse;
  readonly channel: WfdbChannel;
}
const pressures = ['systolicMmHg', 'diastolicMmHg', 'meanMmHg'] as const;

/** A pressure is a pair that may be one; what a line that lies dead says beside it is none. */
function pressureOf(columns: readonly Column[], index: number, source: 'cuff' | 'arterial'): Partial<Vitals> | null {
  const values: Partial<Vitals> = {};
  for (const name of pressures) {
    const column = columns.find(({ use }) => use.source === source && use.vital === name);
    values[name] = column ? measured(column.channel, index, name) : null;
  }
  const { systolicMmHg: systolic, diastolicMmHg: diastolic } = values;
  const isPair = typeof systolic === 'number' && typeof diastolic === 'number' && isPressurePair(systolic, diastolic);
  return isPair ? values : null;
}

export interface NumericsRow {
  readonly vitals: Vitals;
  readonly hasPressure: boolean;
}

/** One row of a trend record; a cuff reading is preferred in the row it was taken in. null: nothing was measured. */
export function numericsRow(columns: readonly Column[], index: number): NumericsRow | null {
  const vitals: Vitals = { ...noVitals };
  for (const { use, channel } of columns)
    if (use.source === 'streamed') vitals[use.vital] ??= measured(channel, index, use.vital);
  const pressure = pressureOf(columns, index, 'cuff') ?? pressureOf(columns, index, 'arterial');
  Object.assign(vitals, pressure);
  return Object.values(vitals).some((value) => value !== null) ? { vitals, hasPressure: pressure !== null } : null;
}

export const numericColumns = (record: WfdbRecord): Column[] =>
  record.channels.flatMap((channel) => {
    const use = numericUseOf(channel.signal);
    return use ? [{ use, channel }] : [];
  });

/** The rows of a trend record as readings; a row without any value is a gap. */
export function* rowsOf(record: WfdbRecord, framesPerSecond: number, fromMs: number, bound: Bound): Iterable<Recorded> {
  const columns = numericColumns(record);
  for (let frame = 0; frame < record.frames; frame += 1) {
    const row = numericsRow(columns, frame);
    if (row === null) continue;
    const offsetMs = fromMs + (frame * 1_000) / framesPerSecond;
    yield {
      offsetMs,
      at: (baseMs) => {
        const measuredAtMs = Math.round(baseMs + offsetMs);
        const times: VitalTimes = {
          bloodPressureAtMs: row.hasPressure ? measuredAtMs : null,
          temperatureAtMs: row.vitals.temperatureC === null ? null : measuredAtMs,
        };
        return { ...bound, lane: 'vit', measuredAtMs, vitals: row.vitals, times };
      },
    };
  }
}
