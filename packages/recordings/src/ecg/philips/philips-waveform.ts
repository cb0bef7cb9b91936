import { integerOf } from '../../decimal.ts';
import { asSample, GAP } from '../../gap.ts';
import { refuse } from '../../recording-error.ts';
import { decodeBase64 } from '../base64.ts';
import type { EcgLead } from '../ecg-recording.ts';
import { standardLeads } from '../lead-name.ts';
import { restoreLimbLeads } from './limb-leads.ts';
import type { PhilipsSignal } from './philips-signal.ts';
import { decodeXli } from './xli.ts';

/** Philips fills what it did not record with the largest int16 (seen behind representative beats). */
const FILLER = 32_767;

const measured = (value: number): number => (value === GAP || value === FILLER ? GAP : value);

/** All samples of lead 1, then of lead 2 ..; what a cut file does not hold stays short or absent. */
function inTurn(samples: Int16Array, { labels, expectedSamples }: PhilipsSignal): Int16Array[] {
  if (samples.length > labels.length * expectedSamples) return refuse('ecg.waveform-corrupt');
  return labels.map((_, lead) => samples.subarray(lead * expectedSamples, (lead + 1) * expectedSamples));
}

function plainSamples(text: string): Int16Array {
  const written = text.trim() === '' ? [] : text.trim().split(/\s+/);
  return Int16Array.from(written, (word) => {
    const value = integerOf(word) ?? refuse('ecg.waveform-corrupt');
    return value === GAP ? GAP : measured(asSample(value) ?? refuse('ecg.sample-out-of-range'));
  });
}

function base64Samples(text: string): Int16Array {
  const bytes = decodeBase64(text);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Int16Array.from({ length: bytes.length >> 1 }, (_, at) => measured(view.getInt16(2 * at, true)));
}

function xliLeads(text: string, { labels, expectedSamples }: PhilipsSignal): Int16Array[] {
  // The prediction of the limb leads is known for their standard order only.
  if (standardLeads.slice(0, 6).some((name, at) => labels[at] !== name)) return refuse('ecg.layout-unsupported');
  // Filler goes first, or what is restored from it would look measured; what comes out as filler was stored as such.
  const stored = decodeXli(decodeBase64(text), labels.length, expectedSamples);
  return restoreLimbLeads(stored.map((lead) => lead.map(measured))).map((lead) => lead.map(measured));
}

/** The leads of a `parsedwaveforms` text; a cut lead is short, a lead that is not there is empty. */
export function readPhilipsWaveform(text: string, signal: PhilipsSignal): EcgLead[] {
  if (signal.isCompressed && signal.encoding !== 'base64') return refuse('ecg.compression-unsupported');
  const traces = signal.isCompressed
    ? xliLeads(text, signal)
    : inTurn(signal.encoding === 'plain' ? plainSamples(text) : base64Samples(text), signal);
  return signal.labels.map((name, at) => ({
    name,
    samples: traces[at] ?? new Int16Array(),
    microvoltsPerUnit: signal.microvoltsPerUnit,
    // + 0 keeps a negative zero out.
    offsetMicrovolts: -signal.offsetUnits * signal.microvoltsPerUnit + 0,
  }));
}
