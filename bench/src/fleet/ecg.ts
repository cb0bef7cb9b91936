import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { WaveformItem } from '@pentad/protocol/lane-item';
import { packCounts, type Waveform, type WaveformLead } from '@pentad/protocol/waveform';
import { caseIdOf, header, type ItemPlace } from './fleet.ts';

const SAMPLES_PER_SECOND = 500;
/** What `npm run ambulance` makes of a record (wfdb-waveforms.ts); the demo's replay makes chunks of a second. */
export const ECG_CHUNK_MS = 500;
const SAMPLES_A_CHUNK = (SAMPLES_PER_SECOND * ECG_CHUNK_MS) / 1_000;

const names = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'];
const leads: WaveformLead[] = names.map((name) => ({ name, unit: 'uV', perCount: 0.5, offset: 0 }));

/** WFDB format 16, two signals at 1,000 Hz: every second sample of each. */
function readRecording(): readonly Int16Array[] {
  const file = path.resolve(import.meta.dirname, '../../fixtures/recordings/waveforms/ptbdb-s0010.dat');
  const bytes = readFileSync(file);
  const frames = Math.floor(bytes.length / 8);
  return [0, 1].map((signal) =>
    Int16Array.from({ length: frames }, (_, frame) => bytes.readInt16LE(frame * 8 + signal * 2)),
  );
}

/** A recorded heart on twelve leads at 500 Hz: two real signals, each lead from another beat on. */
export class EcgChunks {
  readonly #signals = readRecording();

  chunk(index: number, n: number): Waveform {
    const counts = leads.map((_, lead) => {
      const signal = this.#signals[lead % this.#signals.length] ?? new Int16Array();
      const from = (lead * 311 + index * 97 + n * SAMPLES_A_CHUNK) % (signal.length - SAMPLES_A_CHUNK);
      return signal.subarray(from, from + SAMPLES_A_CHUNK);
    });
    return {
      kind: 'ecg',
      samplesPerSecond: SAMPLES_PER_SECOND,
      leads,
      sampleCount: SAMPLES_A_CHUNK,
      samples: packCounts(counts),
    };
  }
}

/** @param place `atMs` is when the chunk is whole */
export const ecgItem = (place: ItemPlace, waveform: Waveform): WaveformItem => ({
  ...header(place),
  measuredAtMs: Math.floor(place.atMs) - ECG_CHUNK_MS,
  patientSlot: 1,
  caseId: caseIdOf(place.index),
  lane: 'wav',
  waveform,
});
