import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GAP } from '../../gap.ts';
import { RecordingError } from '../../recording-error.ts';
import { refusalOf, utf16, utf8 } from '../../refusal.fixture.ts';
import { importPhilips } from './import-philips.ts';
import {
  attributes103,
  attributes104,
  base64Of,
  encodeChunk,
  encodeXli,
  philipsXml,
  sampleLeads,
  storedLeads,
  traits103,
  type PhilipsParts,
} from './philips-file.fixture.ts';

const FILLER = 32_767;
const leads = sampleLeads(100);
const usual: PhilipsParts = { waveform: base64Of(encodeXli(leads)), attributes: attributes104, traits: '' };
const packed = (stored: readonly (readonly number[])[]) => base64Of(Buffer.concat(stored.map(encodeChunk)));
const importOf = (change: Partial<PhilipsParts>) => importPhilips(utf8(philipsXml({ ...usual, ...change })));
const tracesOf = (change: Partial<PhilipsParts>) => importOf(change).leads.map((lead) => [...lead.samples]);
const plain = attributes104.replace('Base64', 'Plain').replace('compression="XLI" ', '');
const uncompressed = attributes104.replace('compression="XLI" ', '');

describe('a SierraECG document', () => {
  test('gives twelve leads in microvolts with nothing to note', () => {
    const recording = importOf({});
    expect(recording.leads.map((lead) => [...lead.samples])).toEqual(leads);
    expect(recording.leads.map((lead) => lead.name).join(' ')).toBe('I II III aVR aVL aVF V1 V2 V3 V4 V5 V6');
    expect(recording).toMatchObject({ samplesPerSecond: 500, notes: [], source: 'philips-xml' });
    expect(recording.leads[0]).toMatchObject({ microvoltsPerUnit: 5, offsetMicrovolts: 0 });
  });

  test.each([
    ['1.03', { attributes: attributes103, traits: traits103 }],
    ['plain numbers', { attributes: plain, waveform: leads.flat().join(' \n') }],
    [
      'base64 alone',
      { attributes: uncompressed, waveform: base64Of(new Uint8Array(Int16Array.from(leads.flat()).buffer)) },
    ],
  ])('reads the same from %s', (_, change) => {
    expect(tracesOf(change)).toEqual(leads);
  });

  test('reads the same from UTF-16', () => {
    expect(importPhilips(utf16(philipsXml(usual)))).toEqual(importOf({}));
  });

  test('subtracts the signal offset', () => {
    const [lead] = importOf({ attributes: attributes104.replace('signaloffset="0"', 'signaloffset="20"') }).leads;
    expect(lead).toMatchObject({ microvoltsPerUnit: 5, offsetMicrovolts: -100 });
  });

  test('keeps the words and measurements of the device verbatim', () => {
    const { statements, measurements, device, recordedAt } = importOf({});
    expect(statements).toEqual([
      { kind: 'severity', code: 'AB', text: '- ABNORMAL ECG -', reason: null, isEdited: null, interpretation: 0 },
      {
        kind: 'statement',
        code: 'STELVH',
        text: 'ANTERIOR ST ELEVATION, PROBABLY DUE TO LVH',
        reason: 'ST >0.20 mV in V1-V4 & LVH',
        isEdited: true,
        interpretation: 0,
      },
      { kind: 'statement', code: null, text: '>>> Acute MI <<<', reason: null, isEdited: null, interpretation: 0 },
    ]);
    expect(measurements.map(({ name, value, lead }) => [name, value, lead])).toEqual([
      ['heartrate', '84', null],
      ['sthorizaxis', 'Failed', null],
      ['meanqrsdur', '84', null],
      ['ston', '210', 'V2'],
    ]);
    expect(device).toEqual({ manufacturer: null, model: 'PageWriter TC', serial: 'US7', software: 'Philips:1:A' });
    expect(recordedAt).toEqual({ text: '2011-12-01 07:27:34', instantMs: null });
  });

  test('keeps the patient in the identity and nowhere else', () => {
    const { identity, ...rest } = importOf({});
    expect(identity).toEqual({
      patientIds: ['P-77'],
      familyName: 'Zhang',
      givenName: 'Wei',
      middleName: null,
      birthDateText: '1951-01-01',
      ageText: null,
      sexText: 'Male',
      remarks: ['Confirmed by: Li Na'],
    });
    expect(JSON.stringify(rest)).not.toMatch(/Zhang|Wei|P-77|1951|Li Na/);
  });

  test('cut in its waveform has gaps and says in which leads', () => {
    const bytes = encodeXli(leads);
    const { leads: found, notes } = importOf({ waveform: base64Of(bytes.subarray(0, bytes.length - 30)) });
    const last = found.find((lead) => lead.name === 'V6');
    const missing = last?.samples.filter((sample) => sample === GAP).length;
    expect(missing).toBeGreaterThan(0);
    expect(notes).toEqual([{ code: 'lead-truncated', lead: 'V6', missingSamples: missing }]);
  });

  test('without its last leads says that they are missing', () => {
    const { leads: found, notes } = importOf({ attributes: plain, waveform: leads.slice(0, 10).flat().join(' ') });
    expect(found).toHaveLength(10);
    expect(notes).toEqual(['V5', 'V6'].map((lead) => ({ code: 'lead-missing', lead })));
  });

  test('takes the filler of Philips and the sentinel for gaps', () => {
    const traces = tracesOf({ attributes: plain, waveform: [32_767, -32_768, ...leads.flat().slice(2)].join(' ') });
    expect(traces[0]?.slice(0, 3)).toEqual([GAP, GAP, leads[0]?.[2]]);
  });

  test('takes filler inside XLI for gaps, also in the limb leads restored from it', () => {
    const stored = storedLeads(leads);
    stored[0]![99] = FILLER;
    stored[11]!.fill(FILLER);
    const [i, ii, iii, aVR, aVL, aVF, ...chest] = tracesOf({ waveform: packed(stored) });
    for (const lead of [i, iii, aVR, aVL, aVF]) expect(lead?.[99]).toBe(GAP);
    for (const [at, lead] of [i, ii, iii, aVR, aVL, aVF].entries())
      expect(lead?.slice(0, 99)).toEqual(leads[at]?.slice(0, 99));
    expect(ii?.[99]).toBe(leads[1]?.[99]);
    expect(chest).toEqual([...leads.slice(6, 11), leads[11]?.map(() => GAP)]);
  });

  test('takes a limb lead restored to filler for gaps, and keeps the leads beside it', () => {
    const [i = []] = leads;
    const written = [i, i.map((sample) => sample + 5), i.map(() => FILLER), ...leads.slice(3)];
    const traces = tracesOf({ waveform: packed(storedLeads(written)) });
    expect(traces).toEqual(
      written.with(
        2,
        i.map(() => GAP),
      ),
    );
  });

  test.each([
    ['no rate', { attributes: attributes104.replace('samplespersecond="500"', '') }, 'ecg.rate-missing'],
    ['no resolution', { attributes: attributes104.replace('resolution="5"', '') }, 'ecg.scale-missing'],
    ['no duration', { attributes: attributes104.replace('durationperchannel="200"', '') }, 'ecg.waveform-corrupt'],
    ['a day of duration', { attributes: attributes104.replace('"200"', '"86400000"') }, 'recording.too-large'],
    ['another compression', { attributes: attributes104.replace('XLI', 'ZIP') }, 'ecg.compression-unsupported'],
    ['compressed plain text', { attributes: attributes104.replace('Base64', 'Plain') }, 'ecg.compression-unsupported'],
    ['another encoding', { attributes: attributes104.replace('Base64', 'Hex') }, 'ecg.format-unsupported'],
    [
      'other sample width',
      { attributes: attributes104.replace('sample="16"', 'sample="8"') },
      'ecg.format-unsupported',
    ],
    ['unsigned samples', { attributes: attributes104.replace('True', 'False') }, 'ecg.format-unsupported'],
    ['limb leads in another order', { attributes: attributes104.replace('I II', 'II I') }, 'ecg.layout-unsupported'],
    ['no lead names', { attributes: attributes103 }, 'ecg.rate-missing'],
    [
      'an unknown lead set',
      { attributes: attributes103, traits: traits103.replace('STD-12', 'X') },
      'ecg.leads-missing',
    ],
    ['a waveform that is none', { waveform: '***' }, 'ecg.waveform-corrupt'],
    ['no waveform', { waveform: '' }, 'ecg.leads-missing'],
    ['a sample out of range', { attributes: plain, waveform: '40000' }, 'ecg.sample-out-of-range'],
    ['more samples than stated', { attributes: plain, waveform: '1 '.repeat(1_201) }, 'ecg.waveform-corrupt'],
    [
      'two different traces of a name',
      { attributes: plain.replace('V6', 'V5'), waveform: leads.flat().join(' ') },
      'ecg.leads-conflict',
    ],
  ])('with %s is refused', (_, change, code) => {
    expect(refusalOf(() => importOf(change))).toBe(code);
  });

  test('is refused without a word of the patient', () => {
    const broken = utf8(philipsXml({ ...usual, waveform: '<Zhang' }));
    const error = (() => {
      try {
        return importPhilips(broken);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(RecordingError);
    expect(`${String(error)} ${error instanceof Error ? String(error.cause) : ''}`).not.toMatch(/Zhang|P-77/);
  });

  test('with any byte changed is read or refused', () => {
    const bytes = utf8(philipsXml(usual));
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (changes) => {
        const broken = Uint8Array.from(bytes);
        for (const [at, value] of changes) broken[at] = value;
        refusalOf(() => importPhilips(broken));
      }),
    );
  });
});
