import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Position } from '@pentad/protocol/position';
import { countsOf, GAP_COUNT, Waveform } from '@pentad/protocol/waveform';
import { Vitals, VitalTimes } from '@pentad/protocol/vitals';
import {
  checkedSierra,
  checkedWfdb,
  headersIn,
  isCheckHere,
  isSharedDataHere,
  notRun,
  sharedData,
} from '@pentad/recordings/shared-data.fixture';
import { parseWfdbHeader } from '@pentad/recordings/wfdb/parse-wfdb-header';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { Capture } from '../agent-types.ts';
import { readEcgFile } from './ecg-feed.ts';
import { onNoCase } from './feed.ts';
import { nmeaRecording } from './nmea-feed.ts';
import type { Recording } from './playback.ts';
import { openRecord } from './wfdb-files.ts';
import { wfdbRecording } from './wfdb-feed.ts';
import { waveformUseOf } from './wfdb-signals.ts';

for (const line of notRun) process.stderr.write(`${line}\n`);
const onSharedData = test.skipIf(!isSharedDataHere);
const againstCheck = test.skipIf(!isCheckHere);

const quiet = (): void => undefined;
const BASE_MS = 1_700_000_000_000;
const capturesOf = (recording: Recording): Capture[] => [...recording.readings()].map((reading) => reading.at(BASE_MS));
const hashOf = (samples: Int16Array): string =>
  createHash('sha256').update(new Uint8Array(samples.buffer)).digest('hex');

/** What a reader of the chunks puts together: a trace per lead, with gaps where no chunk came. */
function tracesFrom(path: string, captures: readonly Capture[]): Map<string, Int16Array> {
  const { frames, framesPerSecond } = openRecord(path);
  const traces = new Map<string, Int16Array>();
  for (const capture of captures) {
    if (capture.lane !== 'wav') continue;
    const { waveform, measuredAtMs } = capture;
    expect(v.is(Waveform, waveform)).toBe(true);
    const perSecond = waveform.samplesPerSecond;
    const from = Math.round(((measuredAtMs - BASE_MS) * perSecond) / 1_000);
    waveform.leads.forEach(({ name }, lead) => {
      const whole = Math.round((frames * perSecond) / framesPerSecond);
      const trace = traces.get(name) ?? new Int16Array(whole).fill(GAP_COUNT);
      trace.set(countsOf(waveform, lead), from);
      traces.set(name, trace);
    });
  }
  return traces;
}

describe('WFDB records', () => {
  const folders = isSharedDataHere
    ? readdirSync(join(sharedData, 'waveform')).map((name) => join('waveform', name))
    : [];
  const headers = headersIn(...folders).filter((path) => !/layout/.test(path));
  // Half an hour each: the reference decoder is slow.
  const compared = headers.filter((path) => !/mitdb/.test(path) && isOfSignals(path));

  function isOfSignals(path: string): boolean {
    return parseWfdbHeader(readFileSync(join(sharedData, path))).kind === 'signals';
  }

  onSharedData.each(headers)('%s is sent in shapes the wire takes', (path) => {
    const captures = capturesOf(wfdbRecording(join(sharedData, path), onNoCase, quiet));
    const isEmptyTrend = path.includes('10-09-01-56n');
    expect(captures.length > 0).toBe(true);
    for (const capture of captures) {
      if (capture.lane === 'wav') expect(v.is(Waveform, capture.waveform)).toBe(true);
      else if (capture.lane === 'vit') {
        expect([v.is(Vitals, capture.vitals), v.is(VitalTimes, capture.times)]).toEqual([true, true]);
        expect(Object.values(capture.vitals)).not.toContain(0);
      }
    }
    if (isEmptyTrend) expect(captures).toHaveLength(1);
  });

  againstCheck('arrive as the reference decoder reads them, sample by sample', () => {
    const checked = new Map(checkedWfdb(compared).map((line) => [line.split(' ').slice(0, 2).join(' '), line]));
    let count = 0;
    for (const path of compared) {
      const whole = join(sharedData, path);
      const traces = tracesFrom(whole, capturesOf(wfdbRecording(whole, onNoCase, quiet)));
      const { header } = openRecord(whole);
      if (header.kind !== 'signals') throw new Error('signals');
      header.signals.forEach((signal, at) => {
        const use = waveformUseOf(signal);
        const trace = use.kind === 'skipped' ? undefined : traces.get(use.lead.name);
        if (trace === undefined) return;
        count += 1;
        const line = `${basename(path)} ${at} ${trace.length} ${hashOf(trace)}`;
        expect(line).toBe(checked.get(`${basename(path)} ${at}`));
      });
    }
    expect(count).toBeGreaterThan(340);
  });

  onSharedData('of the dead arterial line give the cuff alone: 152 pressures in 32 hours', () => {
    const path = join(sharedData, 'waveform/mimic_s00001/s00001-2896-10-10-00-31n.hea');
    const vitals = capturesOf(wfdbRecording(path, onNoCase, quiet)).flatMap((capture) =>
      capture.lane === 'vit' ? [capture] : [],
    );
    const pressures = vitals.filter(({ times }) => times.bloodPressureAtMs !== null);
    expect(pressures.length).toBeGreaterThanOrEqual(152);
    expect(pressures.length).toBeLessThan(160);
    expect(vitals.filter(({ vitals: { heartRateBpm } }) => heartRateBpm === 0)).toEqual([]);
  });

  onSharedData('with absent segments are played up to the first of them, and it is said', () => {
    const said: string[] = [];
    const path = join(sharedData, 'waveform/mimic_p000878/p000878-2137-10-26-16-57.hea');
    const recording = wfdbRecording(path, onNoCase, ({ en }) => said.push(en));
    expect(recording.durationMs).toBe(60_000);
    const first = capturesOf(recording)[0];
    // 30 s of nothing come first.
    expect((first?.measuredAtMs ?? 0) - BASE_MS).toBe(30_000);
    expect(said[0]).toContain('segment 3269321_0003 is not here');
  });

  onSharedData.each(headersIn('ctg_maternal'))('%s: a fetal heart is not sent as the mother', (path) => {
    expect(() => wfdbRecording(join(sharedData, path), onNoCase, quiet)).toThrow('no signal of it');
  });
});

describe('ECG files', () => {
  const names = isSharedDataHere ? readdirSync(join(sharedData, 'ecg_formats')) : [];
  const unread = /\.(scp|dcm)$/;

  onSharedData.each(names.filter((name) => !unread.test(name)))('%s is one ECG', (name) => {
    const { recording, contentId } = readEcgFile(join(sharedData, 'ecg_formats', name));
    expect(recording?.leads).toHaveLength(12);
    expect(contentId).toMatch(/^[0-9a-f]{64}$/);
  });
  onSharedData.each(names.filter((name) => unread.test(name)))('%s is refused', (name) => {
    expect(() => readEcgFile(join(sharedData, 'ecg_formats', name))).toThrow('no ECG file of a kind that is read');
  });

  againstCheck('of Philips have the voltages of the reference decoder', () => {
    const philips = names.filter((name) => name.startsWith('philips')).map((name) => `ecg_formats/${name}`);
    const ours = philips.flatMap((path) =>
      (readEcgFile(join(sharedData, path)).recording?.leads ?? []).map(
        ({ samples }, at) => `${basename(path)} ${at} ${samples.length} ${hashOf(Int16Array.from(samples))}`,
      ),
    );
    expect(ours).toEqual(checkedSierra(philips));
  });
});

describe.skipIf(!isSharedDataHere)('receivers', () => {
  const logs = ['nmea_drive', 'nmea_gpsd'].flatMap((folder) =>
    existsSync(join(sharedData, folder)) ? readdirSync(join(sharedData, folder)).map((name) => join(folder, name)) : [],
  );
  // Binary protocols, a simulator, and receivers that never had a fix.
  const withoutFix = /\/(bu303|trimble-lass|ublox-neo-m8u|garmin-geko201|skytraq\.log|tn200)/;

  onSharedData.each(logs)('%s', (path) => {
    const play = () => nmeaRecording(join(sharedData, path), onNoCase, quiet);
    if (withoutFix.test(path)) return expect(play).toThrow('no dated fix');
    const captures = capturesOf(play());
    expect(captures.length).toBeGreaterThan(0);
    for (const capture of captures) expect(capture.lane === 'pos' && v.is(Position, capture.position)).toBe(true);
    const instants = captures.map(({ measuredAtMs }) => measuredAtMs);
    expect(instants).toEqual(instants.toSorted((a, b) => a - b));
  });
});
