import { describe, expect, test } from 'vitest';
import { GAP } from '../gap.ts';
import { findCalibration } from './calibration.ts';
import type { EcgLead } from './ecg-recording.ts';
import { leadNameOf, placedLeadOf } from './lead-name.ts';
import { offsetNotes } from './lead-offset.ts';

const leadOf = (name: string, samples: readonly number[], microvoltsPerUnit = 5): EcgLead => ({
  name,
  samples: Int16Array.from(samples),
  microvoltsPerUnit,
  offsetMicrovolts: 0,
});
const level = (length: number, value: number): number[] => Array.from({ length }, () => value);
/** 0.1 s of pulse at 500 samples a second between two flat ends, as Philips writes it. */
const pulse = (length: number, height = 200): number[] => [...level(5, 0), ...level(length, height), ...level(5, 0)];
const heart = [3, 7, -4, 9];
const three = (tail: readonly number[], head: readonly number[] = []): EcgLead[] =>
  ['I', 'II', 'V1'].map((name, at) => leadOf(name, [...head, ...heart.map((value) => value * (at + 1)), ...tail]));

describe('the calibration pulse', () => {
  test('is found at the end, at the start, and in leads of different scale', () => {
    expect(findCalibration(three(pulse(50)), 500)).toEqual([{ fromSample: 4, toSample: 64 }]);
    expect(findCalibration(three([], pulse(50)), 500)).toEqual([{ fromSample: 0, toSample: 60 }]);
    const scaled = [...three(pulse(50)), leadOf('V2', [1, 2, 3, 4, ...pulse(50, 100)], 10)];
    expect(findCalibration(scaled, 500)).toEqual([{ fromSample: 4, toSample: 64 }]);
  });

  test.each([
    ['shorter than 0.1 s', three(pulse(49))],
    ['of another height', three(pulse(50, 189))],
    ['of two leads', three(pulse(50)).slice(0, 2)],
    ['in one lead only', [...three(pulse(50)).slice(0, 2), leadOf('V1', level(64, 1))]],
    ['of no leads', []],
  ])('is not seen in what is %s', (_, leads) => {
    expect(findCalibration(leads, 500)).toEqual([]);
  });

  test('is found although a lead has a gap there', () => {
    const leads = [...three(pulse(50)), leadOf('V2', [1, 2, ...level(62, GAP)])];
    expect(findCalibration(leads, 500)).toEqual([{ fromSample: 4, toSample: 64 }]);
  });
});

describe('a lead offset', () => {
  test.each([
    [199, []],
    [200, [{ code: 'lead-offset', lead: 'V3', medianMicrovolts: 1_000 }]],
    [-200, [{ code: 'lead-offset', lead: 'V3', medianMicrovolts: -1_000 }]],
    [-199, []],
  ])('of %i units of 5 microvolts gives %j', (level, notes) => {
    expect(offsetNotes([leadOf('V3', [level, level, 3_000, GAP, GAP, GAP])], [])).toEqual(notes);
  });

  test('does not count the calibration, nor a lead of gaps', () => {
    const leads = [leadOf('I', [200, 200, 200, 1]), leadOf('II', [GAP, GAP])];
    expect(offsetNotes(leads, [{ fromSample: 0, toSample: 3 }])).toEqual([]);
  });
});

test.each([
  ['avr', 'aVR'],
  ['MDC_ECG_LEAD_AVR', 'aVR'],
  ['v6', 'V6'],
  ['vx', 'Vx'],
  ['V4R', 'V4R'],
  ['V', null],
  ['MLII', null],
  ['PLETH', null],
])('the lead %s has the place %s', (text, name) => {
  expect(placedLeadOf(text)).toBe(name);
  expect(leadNameOf(text)).toBe(name ?? text);
});
