import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ecgContentId } from './ecg/ecg-identity.ts';
import type { EcgRecording } from './ecg/ecg-recording.ts';
import { importEcgFile } from './ecg/import-ecg-file.ts';
import { standardLeads } from './ecg/lead-name.ts';
import { sniffEcgFile } from './ecg/sniff-ecg-file.ts';
import { isGap } from './gap.ts';
import { refusalOf } from './refusal.fixture.ts';
import {
  bytesOf,
  checkedSierra,
  checkedWfdb,
  filesOf,
  headersIn,
  isCheckHere,
  isSharedDataHere,
  notRun,
} from './shared-data.fixture.ts';
import { parseWfdbHeader } from './wfdb/parse-wfdb-header.ts';
import { decodeWfdbAnnotations, isBeat } from './wfdb/wfdb-annotations.ts';
import { physicalValue, readWfdbRecord, type WfdbRecord } from './wfdb/wfdb-record.ts';
import { readWfdbSegments } from './wfdb/wfdb-segments.ts';

const onSharedData = test.skipIf(!isSharedDataHere);
const againstCheck = test.skipIf(!isCheckHere);
for (const line of notRun) process.stderr.write(`${line}\n`);
const sha256Hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const hashOf = (samples: Int16Array): string =>
  sha256Hex(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
const lineOf = (path: string, at: number, samples: Int16Array): string =>
  `${basename(path)} ${at} ${samples.length} ${hashOf(samples)}`;

function recordOf(path: string): WfdbRecord | null {
  const header = parseWfdbHeader(bytesOf(path));
  return header.kind === 'signals' ? readWfdbRecord(header, filesOf(dirname(path))) : null;
}

describe('real WFDB records', () => {
  // The half-hour records of mitdb are held by their checksums and beats below: the reference decoder is slow.
  const compared = headersIn(
    'waveform/cinc2015_a103l_asystole_false',
    'waveform/cinc2021_12lead',
    'waveform/mimic_041s',
    'waveform/mimic_p000878',
    'waveform/mimic_s00001',
    'waveform/mimicdb_03700181',
    'waveform/ptbdb_patient001_inferolateralMI',
  );

  againstCheck('decode to what the reference decoder gives, sample by sample', () => {
    const ours = compared.flatMap((path) =>
      (recordOf(path)?.channels ?? []).map(({ samples }, at) => lineOf(path, at, samples)),
    );
    expect(ours.length).toBeGreaterThan(280);
    expect(ours).toEqual(checkedWfdb(compared));
  });

  onSharedData.each([
    ['waveform/mitdb_100/100', 2_273, 649_991],
    ['waveform/mitdb_208/208', 2_955, 649_935],
  ])('%s has its checksums and %i beats', (path, beats, lastSample) => {
    expect(recordOf(`${path}.hea`)).toMatchObject({ frames: 650_000 });
    const found = decodeWfdbAnnotations(bytesOf(`${path}.atr`)).filter(isBeat);
    expect(found).toHaveLength(beats);
    expect(found.at(-1)?.sample).toBe(lastSample);
  });

  onSharedData('in two segments are read as two pieces', () => {
    const header = parseWfdbHeader(bytesOf('waveform/mimic_041s/041s.hea'));
    if (header.kind !== 'segments') throw new Error('segments');
    const pieces = readWfdbSegments(header, filesOf('waveform/mimic_041s'), null);
    expect(pieces.map(({ fromFrame, frames, record }) => [fromFrame, frames, record?.channels.length])).toEqual([
      [0, 1_000, 7],
      [1_000, 1_000, 7],
    ]);
    const lead = pieces[1]?.record?.channels[1];
    expect(lead?.samples.filter(isGap)).toHaveLength(1);
  });

  onSharedData('of 36 segments are read in a window with its gap, refused where files are absent', () => {
    const header = parseWfdbHeader(bytesOf('waveform/mimic_p000878/p000878-2137-10-26-16-57.hea'));
    if (header.kind !== 'segments') throw new Error('segments');
    const files = filesOf('waveform/mimic_p000878');
    const pieces = readWfdbSegments(header, files, { fromFrame: 0, toFrame: 7_500 });
    expect(pieces.map(({ frames, record }) => [frames, record?.channels.map((c) => c.signal.description)])).toEqual([
      [3_750, undefined],
      [2_000, ['PLETH']],
      [1_750, ['II', 'PLETH']],
    ]);
    expect(refusalOf(() => readWfdbSegments(header, files, null))).toBe('wfdb.file-missing');
  });

  onSharedData('have a cuff pressure of 152 readings in 32 hours, the rest missing', () => {
    const record = recordOf('waveform/mimic_s00001/s00001-2896-10-10-00-31n.hea');
    const cuff = record?.channels.find((channel) => channel.signal.description === 'NBPSys');
    if (record === null || cuff === undefined) throw new Error('NBPSys');
    const read = [...cuff.samples.keys()].map((at) => physicalValue(cuff, at)).filter((value) => value !== null);
    expect(read).toHaveLength(152);
    expect([Math.min(...read), Math.max(...read)]).toEqual([108, 167]);
    expect(record.header.framesPerSecond).toBeCloseTo(1 / 60, 8);
  });
});

const importOf = (folder: string, name: string): EcgRecording => importEcgFile(bytesOf(folder, name), filesOf(folder));
const notesOf = (recording: EcgRecording, code: string): unknown[] =>
  recording.notes.filter((note) => note.code === code);

describe('real ECG files', () => {
  const philips = [
    'philips_2020-5-18_15-48-11.xml',
    'philips_3191723_ZZDEMOPTONLY_1-04_orig.xml',
    'philips_ad4d3d80-d165_1-04_orig.xml',
  ];

  againstCheck('of Philips decode to what the reference decoder gives, sample by sample', () => {
    const ours = philips.flatMap((name) =>
      importOf('ecg_formats', name).leads.map((lead, at) => lineOf(name, at, lead.samples)),
    );
    expect(ours).toHaveLength(36);
    expect(ours).toEqual(checkedSierra(philips.map((name) => `ecg_formats/${name}`)));
  });

  onSharedData.each(philips)('%s has twelve leads and its calibration at the end', (name) => {
    const recording = importOf('ecg_formats', name);
    expect(recording.leads.map((lead) => lead.name)).toEqual(standardLeads);
    expect(recording.leads.every((lead) => lead.samples.length === 5_500)).toBe(true);
    expect(recording).toMatchObject({ samplesPerSecond: 500, recordedAt: { instantMs: null } });
    expect(notesOf(recording, 'calibration')).toEqual([{ code: 'calibration', fromSample: 5_300, toSample: 5_500 }]);
  });

  onSharedData('keep the doubt of the device', () => {
    const { statements } = importOf('ecg_formats', philips[1] ?? '');
    expect(statements.map(({ code, text }) => [code, text])).toEqual([
      ['AB', '- ABNORMAL ECG -'],
      ['SR', 'SINUS RHYTHM'],
      ['LVHCNP', 'PROBABLE LEFT VENTRICULAR HYPERTROPHY'],
      ['STELVH', 'ANTERIOR ST ELEVATION, PROBABLY DUE TO LVH'],
    ]);
  });

  onSharedData('flag leads with a millivolt of offset', () => {
    const offsets = philips.map((name) => notesOf(importOf('ecg_formats', name), 'lead-offset'));
    expect(offsets).toEqual([
      [],
      [],
      [
        { code: 'lead-offset', lead: 'V2', medianMicrovolts: 1_425 },
        { code: 'lead-offset', lead: 'V3', medianMicrovolts: -8_640 },
      ],
    ]);
  });

  onSharedData('of HL7 are one ECG although one was written anew', () => {
    const [one, other] = ['ecg_hl7.xml', 'ecgtoolkit_Example.xml'].map((name) => importOf('ecg_formats', name));
    if (one === undefined || other === undefined) throw new Error('two files');
    expect(one.leads.map((lead) => lead.name)).toEqual(expect.arrayContaining([...standardLeads]));
    expect(one).toMatchObject({ samplesPerSecond: 500, device: { model: 'ELI250' }, notes: [] });
    expect(one.leads.every((lead) => lead.samples.length === 5_000)).toBe(true);
    expect(one.leads).toHaveLength(12);
    expect(ecgContentId(one, sha256Hex)).toBe(ecgContentId(other, sha256Hex));
  });

  onSharedData.each(headersIn('waveform/cinc2021_12lead').map((path) => basename(path)))(
    '%s is a twelve-lead ECG of ten seconds',
    (name) => {
      const recording = importOf('waveform/cinc2021_12lead', name);
      expect(recording.leads.map((lead) => lead.name)).toEqual(standardLeads);
      expect(recording.leads[0]).toMatchObject({ microvoltsPerUnit: 1 });
      expect(recording.leads.every((lead) => lead.samples.length === 5_000)).toBe(true);
      expect(recording.identity.remarks.some((remark) => remark.includes('Dx:'))).toBe(true);
    },
  );

  onSharedData('of PTB have Frank leads and a unit that is not written', () => {
    const recording = importOf('waveform/ptbdb_patient001_inferolateralMI', 's0010_re.hea');
    expect(recording.leads.map((lead) => lead.name)).toEqual([...standardLeads, 'Vx', 'Vy', 'Vz']);
    expect(notesOf(recording, 'lead-unit-unwritten')).toHaveLength(15);
    expect(notesOf(recording, 'lead-offset')).toEqual([]);
  });

  onSharedData.each([
    ['ecgtoolkit_Example.dcm', 'dicom'],
    ['ecgtoolkit_Example.scp', 'scp'],
    ['test.scp', 'scp'],
  ])('%s is recognised as %s and refused', (name, kind) => {
    expect(sniffEcgFile(bytesOf('ecg_formats', name))).toBe(kind);
    expect(refusalOf(() => importOf('ecg_formats', name))).toBe('ecg.format-unsupported');
  });
});
