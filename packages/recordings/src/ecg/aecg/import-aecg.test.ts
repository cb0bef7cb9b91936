import { describe, expect, test } from 'vitest';
import { GAP } from '../../gap.ts';
import { refusalOf, utf16, utf8 } from '../../refusal.fixture.ts';
import { aecgXml, leadSequence, timeSequence, usualAecg, type AecgParts } from './aecg-file.fixture.ts';
import { ecgTimeOf } from './hl7-time.ts';
import { importAecg } from './import-aecg.ts';

const importOf = (change: Partial<AecgParts>) => importAecg(utf8(aecgXml({ ...usualAecg, ...change })));
const at = (increment: string): Partial<AecgParts> => ({ time: timeSequence('20021122091000', increment) });

describe('an annotated ECG', () => {
  test('gives its leads in their usual spelling, with scale and rate', () => {
    const { leads, samplesPerSecond, notes } = importOf({});
    expect(leads.map((lead) => lead.name).join(' ')).toBe('I II III aVR aVL aVF V1 V2 V3 V4 V5 V6');
    expect(leads.map((lead) => [...lead.samples])[11]).toEqual([11, -1, 2, 3]);
    expect(leads[0]).toMatchObject({ microvoltsPerUnit: 2.5, offsetMicrovolts: 0 });
    expect(samplesPerSecond).toBe(500);
    expect(notes).toEqual([]);
  });

  test.each([
    ['value="2" unit="ms"', 500],
    ['value="2000" unit="us"', 500],
    ['value="0.004" unit="s"', 250],
    ['value="1.0E-3" unit="s"', 1_000],
  ])('with an increment of %s has %i samples a second', (increment, rate) => {
    expect(importOf(at(increment)).samplesPerSecond).toBe(rate);
  });

  test.each([
    ['uV', 2.5, 10],
    ['mV', 2_500, 10_000],
    ['V', 2_500_000, 10_000_000],
    ['nV', 0.002_5, 0.01],
  ])('in %s is scaled to microvolts', (unit, scale, origin) => {
    const [lead] = importOf({ sequences: leadSequence('II', '1 2', '2.5', unit, '10') }).leads;
    expect(lead?.microvoltsPerUnit).toBeCloseTo(scale, 9);
    expect(lead?.offsetMicrovolts).toBeCloseTo(origin, 9);
  });

  test('reads the same from UTF-16', () => {
    expect(importAecg(utf16(aecgXml(usualAecg)))).toEqual(importOf({}));
  });

  test('keeps statements and measurements verbatim, single beats left out', () => {
    const { statements, measurements, device } = importOf({});
    expect(statements.map(({ code, text }) => [code, text])).toEqual([
      ['MDC_ECG_RHY_SINUS_RHY', 'Sinus Rhythm'],
      ['MDC_ECG_INTERPRETATION_STATEMENT', 'Anterior infarct, acute'],
    ]);
    expect(measurements).toEqual([
      { name: 'MDC_ECG_TIME_PD_QRS', value: '120', unit: 'ms', lead: null },
      { name: 'MDC_ECG_ST', value: '0.3', unit: 'mV', lead: 'V2' },
    ]);
    expect(device).toEqual({ manufacturer: 'Mortara', model: 'ELI250', serial: 'S1', software: '5.3' });
  });

  test('keeps the subject in the identity and nowhere else', () => {
    const { identity, ...rest } = importOf({});
    expect(identity).toMatchObject({
      patientIds: ['SBJ-123'],
      familyName: 'Clark',
      ageText: '46 a',
      remarks: ['felt dizzy'],
    });
    expect(JSON.stringify(rest)).not.toMatch(/Clark|SBJ|1953|dizzy/);
  });

  test('fills a short lead with gaps and notes it, and what leads are missing', () => {
    const sequences = leadSequence('I', '1 2 3') + leadSequence('II', '4 -32768');
    const { leads, notes } = importOf({ sequences });
    expect([...(leads[1]?.samples ?? [])]).toEqual([4, GAP, GAP]);
    expect(notes.filter((note) => note.code === 'lead-missing')).toHaveLength(10);
    expect(notes).toContainEqual({ code: 'lead-truncated', lead: 'II', missingSamples: 1 });
  });

  test('merges a lead that is there twice, and notes it', () => {
    const { leads, notes } = importOf({ sequences: leadSequence('I', '1 2').repeat(2) });
    expect(leads).toHaveLength(1);
    expect(notes).toContainEqual({ code: 'lead-duplicated', lead: 'I' });
  });

  test.each([
    ['another root', '<x/>', 'ecg.format-unsupported'],
    ['no series', '<AnnotatedECG/>', 'ecg.leads-missing'],
  ])('with %s is refused', (_, xml, code) => {
    expect(refusalOf(() => importAecg(utf8(xml)))).toBe(code);
  });

  test.each([
    ['no time', { time: '' }, 'ecg.rate-missing'],
    ['a step of nothing', at('value="0" unit="s"'), 'ecg.rate-missing'],
    ['a step without unit', at('value="0.002"'), 'ecg.scale-missing'],
    ['a step in minutes', at('value="1" unit="min"'), 'ecg.unit-unsupported'],
    ['two times', { time: usualAecg.time.repeat(2) }, 'ecg.layout-unsupported'],
    ['no lead', { sequences: '' }, 'ecg.leads-missing'],
    ['two values of a lead', { sequences: leadSequence('I', '1') + leadSequence('I', '2') }, 'ecg.leads-conflict'],
    ['a voltage in amperes', { sequences: leadSequence('I', '1', '1', 'A') }, 'ecg.unit-unsupported'],
    ['a unit of a prototype', { sequences: leadSequence('I', '1', '1', 'constructor') }, 'ecg.unit-unsupported'],
    ['a scale of words', { sequences: leadSequence('I', '1', 'x') }, 'ecg.scale-missing'],
    ['a scale of nothing', { sequences: leadSequence('I', '1', '0') }, 'ecg.scale-missing'],
    ['digits of words', { sequences: leadSequence('I', '1 x') }, 'ecg.waveform-corrupt'],
    ['digits with fractions', { sequences: leadSequence('I', '1 2.5') }, 'ecg.waveform-corrupt'],
    ['digits out of range', { sequences: leadSequence('I', '32768') }, 'ecg.sample-out-of-range'],
    [
      'a second rhythm',
      { others: '<component><series><code code="RHYTHM"/></series></component>' },
      'ecg.several-recordings',
    ],
  ])('with %s is refused', (_, change, code) => {
    expect(refusalOf(() => importOf(change))).toBe(code);
  });
});

test.each([
  ['20021122091000.000', null],
  ['20021122091000', null],
  ['20021122091000+0800', Date.UTC(2002, 10, 22, 1, 10)],
  ['20021122091000.250-0130', Date.UTC(2002, 10, 22, 10, 40, 0, 250)],
  ['200211220910+0000', Date.UTC(2002, 10, 22, 9, 10)],
  ['20020230091000+0800', null],
  ['20021122240000+0800', null],
  ['20021122091000+9900', null],
  ['2002+0800', null],
  ['noon', null],
])('the time %s is kept as written, its instant is %s', (text, instantMs) => {
  expect(ecgTimeOf(text)).toEqual({ text, instantMs });
});
