import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { utf16, utf8 } from '../refusal.fixture.ts';
import { aecgXml, leadSequence, usualAecg } from './aecg/aecg-file.fixture.ts';
import { importAecg } from './aecg/import-aecg.ts';
import { ecgContentId } from './ecg-identity.ts';
import type { EcgRecording } from './ecg-recording.ts';
import { attributes104, base64Of, encodeXli, philipsXml, sampleLeads } from './philips/philips-file.fixture.ts';
import { importPhilips } from './philips/import-philips.ts';

const sha256Hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const idOf = (recording: EcgRecording): string => ecgContentId(recording, sha256Hex);

const leads = sampleLeads(100);
const xml = philipsXml({ waveform: base64Of(encodeXli(leads)), attributes: attributes104, traits: '' });
const original = importPhilips(utf8(xml));
const id = idOf(original);
const names = ['I', 'II', 'III', 'AVR', 'AVL', 'AVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'];
const asAecg = (scale: string, unit: string, factor: number): EcgRecording => {
  const sequences = names.map((name, at) =>
    leadSequence(name, (leads[at] ?? []).map((value) => value * factor).join(' '), scale, unit),
  );
  return importAecg(utf8(aecgXml({ ...usualAecg, sequences: sequences.reverse().join('') })));
};

describe('the identity of an ECG', () => {
  test('is a stable sha256', () => {
    expect(id).toMatch(/^[0-9a-f]{64}$/);
    expect(idOf(importPhilips(utf8(xml)))).toBe(id);
  });

  test('survives another encoding, other blanks and another writing of the waveform', () => {
    expect(idOf(importPhilips(utf16(xml)))).toBe(id);
    expect(idOf(importPhilips(utf8(xml.replaceAll('\n', '\r\n\t '))))).toBe(id);
    const plain = attributes104.replace('Base64', 'Plain').replace('compression="XLI" ', '');
    expect(
      idOf(importPhilips(utf8(philipsXml({ waveform: leads.flat().join(' '), attributes: plain, traits: '' })))),
    ).toBe(id);
  });

  test.each([
    ['5', 'uV', 1],
    ['0.005', 'mV', 1],
    ['2.5', 'uV', 2],
    ['0.0025', 'mV', 2],
  ])('survives another format, lead order and scale %s %s', (scale, unit, factor) => {
    expect(idOf(asAecg(scale, unit, factor))).toBe(id);
  });

  const changed = (change: (recording: EcgRecording) => Partial<EcgRecording>) =>
    idOf({ ...original, ...change(original) });
  test.each([
    [
      'one sample',
      changed((r) => ({ leads: r.leads.map((lead) => ({ ...lead, samples: lead.samples.with(7, 999) })) })),
    ],
    ['the rate', changed(() => ({ samplesPerSecond: 250 }))],
    [
      'a name',
      changed((r) => ({ leads: r.leads.map((lead) => (lead.name === 'V6' ? { ...lead, name: 'V7' } : lead)) })),
    ],
    ['the number of leads', changed((r) => ({ leads: r.leads.slice(1) }))],
    ['the scale', changed((r) => ({ leads: r.leads.map((lead) => ({ ...lead, microvoltsPerUnit: 4.9 })) }))],
  ])('is another for a change of %s', (_, other) => {
    expect(other).not.toBe(id);
  });

  test('does not change with the patient or the statements', () => {
    expect(changed(() => ({ statements: [], recordedAt: null }))).toBe(id);
  });
});
