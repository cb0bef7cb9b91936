import { decimalOf, integerOf } from '../../decimal.ts';
import { asSample, GAP } from '../../gap.ts';
import { refuse } from '../../recording-error.ts';
import { recordingLimits } from '../../recording-limits.ts';
import { attributeOf, elementAt, schemaTypeOf, textAt, type XmlElement } from '../../xml/xml-element.ts';
import type { EcgLead } from '../ecg-recording.ts';
import { leadNameOf } from '../lead-name.ts';

/** UCUM units of a voltage in microvolts. */
const MICROVOLTS: Readonly<Record<string, number>> = { nV: 0.001, uV: 1, µV: 1, μV: 1, mV: 1_000, V: 1_000_000 };
/** UCUM units of a time in seconds. */
const SECONDS: Readonly<Record<string, number>> = { s: 1, ms: 0.001, us: 0.000_001 };

function quantity(parent: XmlElement, name: string, units: Readonly<Record<string, number>>): number {
  const element = elementAt(parent, name);
  const value = decimalOf(attributeOf(element, 'value') ?? '') ?? refuse('ecg.scale-missing');
  const unit = attributeOf(element, 'unit') ?? refuse('ecg.scale-missing');
  return value * (Object.hasOwn(units, unit) ? (units[unit] ?? 0) : refuse('ecg.unit-unsupported'));
}

function samplesOf(digits: string): Int16Array {
  const words = digits.trim().split(/\s+/);
  if (words.length > recordingLimits.samplesPerLead) return refuse('recording.too-large');
  return Int16Array.from(words, (word) => {
    const value = integerOf(word) ?? refuse('ecg.waveform-corrupt');
    return value === GAP ? GAP : (asSample(value) ?? refuse('ecg.sample-out-of-range'));
  });
}

/** Samples a second of a time sequence (GLIST_TS, GLIST_PQ); its increment carries its unit. */
export function rateOf(value: XmlElement): number {
  const seconds = quantity(value, 'increment', SECONDS);
  if (!(seconds > 0)) return refuse('ecg.rate-missing');
  // 1 / 0.002 must be 500 for every way to write 2 ms.
  return Math.round(1_000_000 / seconds) / 1_000_000;
}

/**
 * A lead of a `sequence` with its SLIST_PQ: origin and scale with units, digits between blanks. A value that says why it
 * is missing (`nullFlavor`) or holds no digits is a lead without samples. Source: HL7 aECG implementation guide 2005.
 */
export function leadOf(code: string, value: XmlElement): EcgLead {
  const name = leadNameOf(code);
  const digits = textAt(value, 'digits');
  if (attributeOf(value, 'nullFlavor') !== null || digits === null)
    return { name, samples: new Int16Array(), microvoltsPerUnit: 1, offsetMicrovolts: 0 };
  if (schemaTypeOf(value) !== 'SLIST_PQ') return refuse('ecg.layout-unsupported');
  const microvoltsPerUnit = quantity(value, 'scale', MICROVOLTS);
  if (microvoltsPerUnit === 0) return refuse('ecg.scale-missing');
  return {
    name,
    samples: samplesOf(digits),
    microvoltsPerUnit,
    offsetMicrovolts: quantity(value, 'origin', MICROVOLTS),
  };
}
