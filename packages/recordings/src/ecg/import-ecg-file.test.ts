import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refusalOf, utf16, utf8 } from '../refusal.fixture.ts';
import { encode16 } from '../wfdb/wfdb-file.fixture.ts';
import { aecgXml, usualAecg } from './aecg/aecg-file.fixture.ts';
import { importEcgFile } from './import-ecg-file.ts';
import { attributes104, base64Of, encodeXli, philipsXml, sampleLeads } from './philips/philips-file.fixture.ts';
import { ecgFileKinds, sniffEcgFile } from './sniff-ecg-file.ts';

const philips = philipsXml({ waveform: base64Of(encodeXli(sampleLeads(100))), attributes: attributes104, traits: '' });
const none = new Map<string, Uint8Array>();
const dicom = Uint8Array.of(...new Uint8Array(128), ...utf8('DICM'));

/** Section 0 of an SCP record of `length` bytes, with or without the letters newer devices write. */
function scp(length: number, letters: string, stated: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint32(2, stated, true);
  view.setUint32(10, 136, true);
  bytes.set(utf8(letters), 16);
  return bytes;
}

describe('a file', () => {
  test.each([
    ['philips-xml', utf8(philips)],
    ['philips-xml', utf16(philips)],
    ['hl7-aecg', utf8(aecgXml(usualAecg))],
    ['hl7-aecg', utf8(`<!-- ${'窦'.repeat(100)} --><AnnotatedECG>${'窦'.repeat(40_000)}`)],
    ['hl7-aecg', utf16(`<AnnotatedECG>${'窦'.repeat(60_000)}`)],
    ['wfdb-header', utf8('# x\na/2 12 500 5000\n')],
    ['wfdb-header', utf8('s01 10 0.0166/125 1936\r\n')],
    ['dicom', dicom],
    ['scp', scp(200, 'SCPECG', 200)],
    ['scp', scp(200, '', 200)],
    ['scp', scp(200, 'SCPECG', 4_000)],
    ['pdf', utf8('%PDF-1.7')],
    ['jpeg', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)],
    ['png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
    ['unknown', scp(200, '', 4_000)],
    ['unknown', utf8('<html/>')],
    ['unknown', utf8('a 12')],
    ['unknown', new Uint8Array()],
  ])('is taken for %s', (kind, bytes) => {
    expect(sniffEcgFile(bytes)).toBe(kind);
  });

  test.each([
    ['no bytes', new Uint8Array(), 'recording.empty'],
    ['DICOM', dicom, 'ecg.format-unsupported'],
    ['SCP', scp(200, 'SCPECG', 200), 'ecg.format-unsupported'],
    ['a PDF', utf8('%PDF-1.7'), 'ecg.format-unsupported'],
    ['an unknown kind', utf8('hello'), 'ecg.format-unsupported'],
    ['a WFDB header without its files', utf8('a 1 500\na.dat 16 1000/mV 16 0 0 0 0 II'), 'wfdb.file-missing'],
    ['a multi-segment WFDB record', utf8('a/1 1 500\nb 1'), 'ecg.layout-unsupported'],
  ])('of %s is refused', (_, bytes, code) => {
    expect(refusalOf(() => importEcgFile(bytes, none))).toBe(code);
  });

  test('of random bytes is named, and read or refused', () => {
    const start = fc.constantFrom('', '<restingecgdata>', '<AnnotatedECG>', 'a 1 500 2\na.dat 16\n', '%PDF', '﻿<');
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 300 }), (text, rest) => {
        const bytes = Uint8Array.from([...utf8(text), ...rest]);
        expect(ecgFileKinds).toContain(sniffEcgFile(bytes));
        refusalOf(() => importEcgFile(bytes, new Map([['a.dat', rest]])));
      }),
    );
  });

  test('of an annotated ECG with any byte changed is read or refused', () => {
    const bytes = utf8(aecgXml(usualAecg));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }), (at, value) => {
        const broken = bytes.with(at, value);
        refusalOf(() => importEcgFile(broken, none));
      }),
    );
  });
});

describe('a WFDB record', () => {
  const importOf = (lines: readonly string[]) =>
    importEcgFile(utf8(lines.join('\n')), new Map([['a.dat', encode16([1_100, 2, 0, 1_101, 4, 0])]]));
  const usual = [
    'a 3 500 2 10:00',
    'a.dat 16 1000(1000)/mV 16 0 1100 2201 0 ii',
    'a.dat 16 1/mmHg 16 0 2 6 0 ABP',
    'a.dat 16 500 16 0 0 0 0 V',
    '# Age: 81',
  ];

  test('gives its placed leads in microvolts and names what it left', () => {
    const recording = importOf(usual);
    expect(recording.leads).toEqual([
      { name: 'II', samples: Int16Array.of(1_100, 1_101), microvoltsPerUnit: 1, offsetMicrovolts: -1_000 },
    ]);
    expect(recording.notes.filter((note) => note.code === 'signal-ignored').map((note) => note.signal)).toEqual([
      'ABP',
      'V',
    ]);
    expect(recording.identity.remarks).toEqual([' Age: 81']);
    expect(recording.recordedAt).toEqual({ text: '10:00', instantMs: null });
    expect(recording.statements).toEqual([]);
  });

  test('notes a unit that is not written, and a skew', () => {
    const { notes, leads } = importOf(['a 3 500', 'a.dat 16:4 500 16 0 1100 2201 0 V1', 'a.dat 16', 'a.dat 16']);
    expect(leads[0]?.microvoltsPerUnit).toBe(2);
    expect(notes).toContainEqual({ code: 'lead-unit-unwritten', lead: 'V1' });
    expect(notes).toContainEqual({ code: 'lead-skewed', lead: 'V1', samples: 4 });
  });

  test.each([
    ['no placed lead', ['a 1 500', 'a.dat 16 1/mmHg 16 0 1100 2207 0 ABP'], 'ecg.leads-missing'],
    ['no scale', ['a 1 500', 'a.dat 16 0/mV 16 0 1100 2207 0 I'], 'ecg.scale-missing'],
    ['no voltage', ['a 1 500', 'a.dat 16 1/mmHg 16 0 1100 2207 0 I'], 'ecg.unit-unsupported'],
    ['two rates', ['a 2 500', 'a.dat 16x2 1/mV 16 0 1100 2207 0 I', 'a.dat 16 1/mV 16 0 0 0 0 II'], 'ecg.rates-differ'],
  ])('with %s is refused', (_, lines, code) => {
    expect(refusalOf(() => importOf(lines))).toBe(code);
  });
});
