import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isSharedDataHere, notRun, sharedData } from '@pentad/recordings/shared-data.fixture';
import type { WfdbChannel } from '@pentad/recordings/wfdb/wfdb-record';
import { describe, expect, test } from 'vitest';
import { sealedOf } from '../feed/ecg-event.ts';
import { readEcgFile } from '../feed/ecg-feed.ts';
import { openRecord } from '../feed/wfdb-files.ts';
import { readScenarios } from './recordings.ts';
import { readWaveforms } from './waveform-recording.ts';

for (const line of notRun) process.stderr.write(`${line}\n`);
const fixtures = fileURLToPath(new URL('../../../../fixtures/', import.meta.url));
const recordings = `${fixtures}recordings`;
const scenarios = readScenarios(`${fixtures}demo`);
const namesIn = (folder: string) => readdirSync(join(recordings, folder)).sort();
const licenceOf = (path: string): string => /^# Licence: (.+)$/m.exec(readFileSync(path, 'utf8'))?.[1] ?? '';

/** Lead, samples a second, gain as a count's worth; counts by index, read from the originals by another program. */
type Lead = readonly [name: string, rate: number, perCount: number, counts: Readonly<Record<number, number>>];
interface Excerpt {
  readonly from: string;
  readonly startSecond: number;
  readonly seconds: number;
  readonly leads: readonly Lead[];
}
const mitBih = (record: string, leads: Excerpt['leads']): Excerpt => ({
  from: `waveform/mitdb_${record}/${record}`,
  startSecond: 0,
  seconds: 600,
  leads,
});
const ptb = 'waveform/ptbdb_patient001_inferolateralMI/s0010_re';
const waveforms: Readonly<Record<string, Excerpt>> = {
  'mitdb-100': mitBih('100', [
    ['MLII', 360, 5, { 0: 995, 100_000: 939 }],
    ['V5', 360, 5, { 0: 1011, 100_000: 955 }],
  ]),
  'mitdb-208': mitBih('208', [
    ['MLII', 360, 5, { 0: 1003, 100_000: 961 }],
    ['V1', 360, 5, { 0: 1062, 100_000: 1027 }],
  ]),
  'mimicdb-03700181': {
    from: 'waveform/mimicdb_03700181/03700181',
    startSecond: 0,
    seconds: 600,
    leads: [
      ['MCL1', 500, 1_000 / 2963.77, { 0: 67, 200_003: -42 }],
      ['RESP', 125, 1 / 2000, { 0: -304, 50_000: -13 }],
    ],
  },
  'cinc2015-a103l': {
    from: 'waveform/cinc2015_a103l_asystole_false/a103l',
    startSecond: 0,
    seconds: 330,
    leads: [
      ['II', 250, 1_000 / 7247, { 0: -171, 80_000: -171 }],
      ['PLETH', 250, 1 / 12_530, { 0: 6042, 80_000: 7859 }],
    ],
  },
  'ptbdb-s0010': {
    from: ptb,
    startSecond: 10,
    seconds: 28,
    leads: [
      ['II', 1_000, 0.5, { 0: 94, 27_999: 781 }],
      ['V5', 1_000, 0.5, { 0: 106, 27_999: -37 }],
    ],
  },
};
const twelveNames = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'];
/** An ECG of ten seconds: samples a second, microvolts a count, and the counts of the twelve leads in its middle. */
const ecgs = {
  'ptbdb-s0010': {
    from: ptb,
    startSecond: 0,
    rate: 1_000,
    perCount: 0.5,
    middle: [-234, -302, -68, 268, -82, -186, -83, -132, -29, 127, 62, 106],
  },
  'cinc2021-e07502': {
    from: 'waveform/cinc2021_12lead/E07502',
    startSecond: 0,
    rate: 500,
    perCount: 1,
    middle: [141, 9, -131, -75, 136, -61, -24, 92, 248, 107, 117, 141],
  },
  'cinc2021-hr06004': {
    from: 'waveform/cinc2021_12lead/HR06004',
    startSecond: 0,
    rate: 500,
    perCount: 1,
    middle: [-25, -130, -105, 78, 40, -117, -55, 65, -95, -30, -35, -50],
  },
} as const;
const ECG_SECONDS = 10;

const hashOf = (samples: Int16Array = new Int16Array()): string =>
  createHash('sha256').update(new Uint8Array(samples.buffer)).digest('hex');

function channelsOf(path: string): readonly WfdbChannel[] {
  const [stretch] = openRecord(path).stretches();
  return stretch?.record?.channels ?? [];
}

describe('waveforms', () => {
  test.each(Object.entries(waveforms))('%s has the leads, rates, gains and samples of its original', (id, excerpt) => {
    const read = readWaveforms(recordings, id);
    expect(read.seconds).toBe(excerpt.seconds);
    const leads = read.traces.flatMap(({ samplesPerSecond, leads: own }) =>
      own.map(({ lead, counts }) => ({ lead, counts, samplesPerSecond })),
    );
    expect(leads.map(({ lead }) => lead.name)).toEqual(excerpt.leads.map(([name]) => name));
    excerpt.leads.forEach(([, rate, perCount, counts], at) => {
      const lead = leads[at];
      expect(lead?.samplesPerSecond).toBe(rate);
      expect(lead?.lead.perCount).toBeCloseTo(perCount, 9);
      expect(lead?.counts).toHaveLength(excerpt.seconds * rate);
      for (const [index, count] of Object.entries(counts)) expect(lead?.counts[Number(index)]).toBe(count);
    });
  });

  test('the preterm infant has the millivolts of the text it was made of', () => {
    const [trace] = readWaveforms(recordings, 'picsdb-infant1').traces;
    const [ecg] = trace?.leads ?? [];
    expect([trace?.samplesPerSecond, ecg?.lead.name, ecg?.counts.length]).toEqual([250, 'ECG', 25_500]);
    const microvolts = [0, 17, 20].map((at) => (ecg?.counts[at] ?? 0) * (ecg?.lead.perCount ?? 0));
    [17.49, 555.79, 171.11].forEach((expected, at) => expect(microvolts[at]).toBeCloseTo(expected, 0));
  });
});

describe('12-lead ECGs', () => {
  test.each(Object.entries(ecgs))('%s has the leads, rate, gain and samples of its original', (id, excerpt) => {
    const { recording } = readEcgFile(join(recordings, 'ecg12', `${id}.hea`));
    expect(recording?.samplesPerSecond).toBe(excerpt.rate);
    expect(recording?.leads.map(({ name }) => name)).toEqual(twelveNames);
    for (const { samples, microvoltsPerUnit } of recording?.leads ?? []) {
      expect([samples.length, microvoltsPerUnit]).toEqual([ECG_SECONDS * excerpt.rate, excerpt.perCount]);
    }
    const middle = (ECG_SECONDS * excerpt.rate) / 2;
    expect(recording?.leads.map(({ samples }) => samples[middle])).toEqual(excerpt.middle);
  });

  test('the Philips ECG keeps what its device said, the reason beside the elevation', () => {
    const { recording } = readEcgFile(join(recordings, 'ecg12', 'philips-lvh.xml'));
    expect(recording?.leads.map(({ name }) => name)).toEqual(twelveNames);
    expect(recording?.samplesPerSecond).toBe(500);
    expect(recording && sealedOf(recording)['deviceStatements']?.split('\n')).toEqual([
      'AB\t- ABNORMAL ECG -\t',
      'SR\tSINUS RHYTHM\tnormal P axis, V-rate 60-99',
      'LVHCNP\tPROBABLE LEFT VENTRICULAR HYPERTROPHY\t(RaVL+SV3)xQRSd >280',
      'STELVH\tANTERIOR ST ELEVATION, PROBABLY DUE TO LVH\tST >0.20 mV in V1-V4 & LVH',
    ]);
  });
});

test('every record lies here with its source and an open licence, and is named in the notice and the readme', () => {
  const records = [
    ...namesIn('waveforms').map((name) => `waveforms/${name}`),
    ...namesIn('ecg12').map((name) => `ecg12/${name}`),
  ];
  const headers = records.filter((path) => path.endsWith('.hea'));
  expect(headers.map((path) => path.slice(path.indexOf('/') + 1, -4)).sort()).toEqual(
    [...Object.keys(waveforms), 'picsdb-infant1', ...Object.keys(ecgs)].sort(),
  );
  const texts = ['NOTICE.md', 'README.md'].map((name) => readFileSync(join(recordings, name), 'utf8'));
  for (const path of headers) {
    const header = readFileSync(join(recordings, path), 'utf8');
    expect(header).toMatch(/^# Source: .+, seconds \d+ to \d+$/m);
    expect(header).toMatch(/^# Changed: .+$/m);
    expect(['ODC-BY 1.0', 'CC BY 4.0']).toContain(licenceOf(join(recordings, path)));
    expect(records).toContain(path.replace(/hea$/, 'dat'));
    for (const text of texts) expect(text).toContain(`\`${path.slice(0, -4)}\``);
  }
  for (const text of texts) expect(text).toContain('`ecg12/philips-lvh.xml`');
  expect(records).toHaveLength(headers.length * 2 + 1);
});

test('every case of the demo has a monitor, and a newborn never that of an adult', () => {
  const shipped = [...Object.keys(waveforms), 'picsdb-infant1'];
  for (const { waveformId } of scenarios) expect(shipped).toContain(waveformId);
  const infants = scenarios.filter(({ waveformId }) => waveformId === 'picsdb-infant1').map(({ id }) => id);
  expect(infants).toEqual(scenarios.filter(({ patient }) => patient.ageYears === null).map(({ id }) => id));
  const ecgFiles = new Map(
    scenarios.flatMap(({ id, events }) =>
      events.flatMap(({ type, data }) => (type === 'ecg.recorded' ? [[id, data['file']]] : [])),
    ),
  );
  expect(Object.fromEntries(ecgFiles)).toEqual({
    'inferior-stemi': 'ptbdb-s0010.hea',
    'chest-pain-shock': 'cinc2021-e07502.hea',
    'stroke-late-window': 'philips-lvh.xml',
    'fainting-recovered': 'cinc2021-hr06004.hea',
  });
  for (const file of ecgFiles.values()) expect(namesIn('ecg12')).toContain(file);
});

const both = [
  ...Object.entries(waveforms).map(([id, excerpt]) => [`waveforms/${id}`, excerpt] as const),
  ...Object.entries(ecgs).map(([id, excerpt]) => [`ecg12/${id}`, excerpt] as const),
];
test.skipIf(!isSharedDataHere).each(both)('%s is its original, sample by sample', (id, { from, startSecond }) => {
  const originals = new Map(
    channelsOf(join(sharedData, from)).map(({ signal, samples }) => [signal.description, { signal, samples }]),
  );
  const cut = channelsOf(join(recordings, id));
  expect(cut.length).toBeGreaterThan(0);
  const { framesPerSecond } = openRecord(join(recordings, id));
  for (const { signal, samples } of cut) {
    const original = originals.get(signal.description);
    const start = startSecond * framesPerSecond * signal.samplesPerFrame;
    expect([signal.gain, signal.baseline, signal.units]).toEqual([
      original?.signal.gain,
      original?.signal.baseline,
      original?.signal.units,
    ]);
    expect(hashOf(original?.samples.slice(start, start + samples.length))).toBe(hashOf(samples));
  }
});
