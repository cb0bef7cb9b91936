import { join } from 'node:path';
import { countsOf, GAP_COUNT, Waveform } from '@pentad/protocol/waveform';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { feedBench, folderWith, format16, isWaveform } from './feed-bench.fixture.ts';
import { onNoCase } from './feed.ts';
import { playWfdb, wfdbRecording } from './wfdb-feed.ts';

const atOnce = { speed: 1, limitMs: null };

async function play(files: Readonly<Record<string, string | Uint8Array>>, header: string, seconds: number) {
  const bench = feedBench();
  const feed = playWfdb(bench.ports, join(folderWith(files), header), onNoCase, atOnce);
  const startMs = bench.time.nowMs();
  await bench.time.advance(seconds * 1_000);
  await feed.done;
  return { ...bench, startMs };
}

describe('waveforms', () => {
  const header = [
    'r 5 100 150',
    'r.dat 16 1000(10)/mV 16 0 0 0 0 MLII',
    'r.dat 16 200/NU 16 0 0 0 0 PLETH',
    'r.dat 16 10(-50)/mmHg 16 0 0 0 0 ABP',
    'r.dat 16 10/mmHg 16 0 0 0 0 PAP',
    'r.dat 16 0/mV 16 0 0 0 0 V5',
  ].join('\n');
  // The middle half second: no ECG, and the oximeter with one sample missing.
  const rows = Array.from({ length: 150 }, (_, at) => {
    const isMiddle = at >= 50 && at < 100;
    return [isMiddle ? -32_768 : at, at === 60 ? -32_768 : at * 2, at * 3, 7, 7];
  });

  test('go out in half seconds of one kind each, in their own unit; gaps stay gaps; the rest is said and skipped', async () => {
    const files = { 'r.hea': headerWithSums(header, rows), 'r.dat': format16(rows) };
    const { captured, said, startMs } = await play(files, 'r.hea', 2);
    const waves = captured.filter(isWaveform);
    expect(waves).toHaveLength(captured.length);
    for (const { waveform } of waves) expect(v.is(Waveform, waveform)).toBe(true);
    const of = (kind: string) => waves.filter(({ waveform }) => waveform.kind === kind);
    // The middle chunk of the ECG has no sample: it is missing.
    expect(of('ecg').map(({ measuredAtMs }) => measuredAtMs - startMs)).toEqual([0, 1_000]);
    expect(of('pleth').map(({ measuredAtMs }) => measuredAtMs - startMs)).toEqual([0, 500, 1_000]);
    expect(of('ecg')[0]?.waveform.leads).toEqual([{ name: 'MLII', unit: 'uV', perCount: 1, offset: -10 }]);
    expect(of('pressure')[0]?.waveform.leads).toEqual([{ name: 'ABP', unit: 'mmHg', perCount: 0.1, offset: 5 }]);
    const pleth = of('pleth')[1];
    if (!pleth) throw new Error('no pleth');
    expect([...countsOf(pleth.waveform, 0)].slice(9, 12)).toEqual([118, GAP_COUNT, 122]);
    expect(said.map(({ en }) => en)).toEqual([
      'r.hea: PAP is skipped (no signal the agent sends)',
      'r.hea: V5 is skipped (uncalibrated)',
    ]);
  });
});

/** First value and checksum of each signal as its line states them. */
function headerWithSums(header: string, rows: readonly (readonly number[])[]): string {
  const [record = '', ...signals] = header.split('\n');
  const lines = signals.map((line, at) => {
    const sum = rows.reduce((total, row) => (total + (row[at] ?? 0)) & 0xffff, 0);
    return line.replace(' 16 0 0 0 0 ', ` 16 0 ${rows[0]?.[at] ?? 0} ${sum > 32_767 ? sum - 65_536 : sum} 0 `);
  });
  return [record, ...lines].join('\n');
}

describe('trends', () => {
  const header = [
    't 8 0.0166666666667 4',
    't.dat 16 10/bpm 16 0 0 0 0 HR',
    't.dat 16 10/mmHg 16 0 0 0 0 ABPSys',
    't.dat 16 10/mmHg 16 0 0 0 0 ABPDias',
    't.dat 16 10/% 16 0 0 0 0 SpO2',
    't.dat 16 1/mmHg 16 0 0 0 0 NBPSys',
    't.dat 16 1/mmHg 16 0 0 0 0 NBPDias',
    't.dat 16 1/mmHg 16 0 0 0 0 NBPMean',
    't.dat 16 10/cmH2O 16 0 0 0 0 CVP',
  ].join('\n');
  const rows = [
    [800, 1_200, 700, 980, -32_768, -32_768, -32_768, 5],
    [0, 0, 0, 0, -32_768, -32_768, -32_768, 5],
    [810, 50, 60, -1, 130, 68, 88, 5],
    [-999, -1, -1, 1_500, -32_768, -32_768, -32_768, 5],
  ];

  test('have a value only where one was measured; the cuff counts in its minute; a dead line is no pressure', async () => {
    const files = { 't.hea': headerWithSums(header, rows), 't.dat': format16(rows) };
    const { captured, said, startMs } = await play(files, 't.hea', 240);
    const seen = captured.map((capture) => {
      if (capture.lane !== 'vit') throw new Error('vit');
      const { measuredAtMs, vitals, times } = capture;
      const values = Object.fromEntries(Object.entries(vitals).filter(([, value]) => value !== null));
      return [Math.round((measuredAtMs - startMs) / 1_000), values, times.bloodPressureAtMs === measuredAtMs];
    });
    expect(seen).toEqual([
      [0, { heartRateBpm: 80, spo2Percent: 98, systolicMmHg: 120, diastolicMmHg: 70 }, true],
      [120, { heartRateBpm: 81, systolicMmHg: 130, diastolicMmHg: 68, meanMmHg: 88 }, true],
    ]);
    expect(said.map(({ en }) => en)).toEqual(['t.hea: CVP is skipped (no signal the agent sends)']);
  });
});

test('a record of which nothing can be sent is refused before anything is played', () => {
  const rows = [[130], [131]];
  const header = headerWithSums('f 1 4 2\nf.dat 16 100/bpm 16 0 0 0 0 FHR', rows);
  const folder = folderWith({ 'f.hea': header, 'f.dat': format16(rows) });
  expect(() => wfdbRecording(join(folder, 'f'), onNoCase, () => undefined)).toThrow('no signal of it');
  expect(() => wfdbRecording(join(folder, 'g'), onNoCase, () => undefined)).toThrow('no such file');
});
