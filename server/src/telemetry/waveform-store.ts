import type { CaseId } from '@pentad/protocol/ids';
import type { StoredWaveform } from '@pentad/protocol/waveform-series';
import { WaveformLead, waveformKinds } from '@pentad/protocol/waveform';
import * as v from 'valibot';
import type { Tx } from '../db/transaction.ts';
import type { WaveformEntry } from '../uplink/uplink-entry.ts';
import {
  byKey,
  head,
  headArrays,
  headColumns,
  headNames,
  headSelect,
  insertUndated,
  isDated,
} from './telemetry-store.ts';

const sql = `INSERT INTO waveform (${headColumns}, patient_slot, kind, samples_per_second, leads, sample_count, samples)
  SELECT ${headSelect}, slot, kind, rate, leads, samples_each, samples
  FROM unnest(${headArrays}, $14::smallint[], $15::text[], $16::real[], $17::jsonb[], $18::integer[], $19::bytea[])
    AS r(${headNames}, slot, kind, rate, leads, samples_each, samples) ON CONFLICT DO NOTHING`;

/** One batch, sorted by key. A chunk of a day that has no partition is kept beside, whole. */
export function insertWaveforms(tx: Tx, entries: readonly WaveformEntry[]): void {
  const sorted = [...entries].sort(byKey);
  const dated = sorted.filter((entry) => isDated(entry.item, entry.receivedAtMs));
  if (dated.length > 0) {
    const waveforms = dated.map(({ item }) => item.waveform);
    tx.write('waveforms', sql, [
      ...head(dated),
      dated.map(({ item }) => item.patientSlot),
      waveforms.map(({ kind }) => kind),
      waveforms.map(({ samplesPerSecond }) => samplesPerSecond),
      waveforms.map(({ leads }) => JSON.stringify(leads)),
      waveforms.map(({ sampleCount }) => sampleCount),
      waveforms.map(({ samples }) => Buffer.from(samples)),
    ]);
  }
  insertUndated(
    tx,
    sorted.filter((entry) => !isDated(entry.item, entry.receivedAtMs)),
  );
}

interface WaveformRow {
  measured_at: Date;
  is_backfill: boolean;
  kind: string;
  samples_per_second: number;
  leads: unknown;
  sample_count: number;
  samples: Buffer;
}

const Leads = v.array(WaveformLead);

export interface WaveformsWanted {
  readonly caseId: CaseId;
  /** The case's own vehicle: rows another one claimed for the case are never read. */
  readonly vehicle: string;
  readonly kind: (typeof waveformKinds)[number];
  readonly fromMs: number;
  readonly toMs: number;
  readonly maxChunks: number;
}

/** Chunks that begin within the window, in measured order; days prune the partitions. */
export async function readWaveforms(tx: Tx, wanted: WaveformsWanted): Promise<StoredWaveform[]> {
  const rows = await tx.prepared<WaveformRow>(
    'waveforms-between',
    `SELECT measured_at, is_backfill, kind, samples_per_second, leads, sample_count, samples
     FROM waveform WHERE case_id = $1 AND vehicle_id = $2 AND kind = $3
       AND day BETWEEN (to_timestamp($4 / 1000.0) AT TIME ZONE 'UTC')::date - 11 AND (to_timestamp($5 / 1000.0) AT TIME ZONE 'UTC')::date + 4
       AND measured_at BETWEEN to_timestamp($4 / 1000.0) AND to_timestamp($5 / 1000.0)
     ORDER BY measured_at, seq LIMIT $6`,
    [wanted.caseId, wanted.vehicle, wanted.kind, wanted.fromMs, wanted.toMs, wanted.maxChunks],
  );
  return rows.map((row) => ({
    measuredAtMs: row.measured_at.getTime(),
    isBackfill: row.is_backfill,
    waveform: {
      kind: v.parse(v.picklist(waveformKinds), row.kind),
      samplesPerSecond: row.samples_per_second,
      leads: v.parse(Leads, row.leads),
      sampleCount: row.sample_count,
      samples: new Uint8Array(row.samples),
    },
  }));
}
