import { isGap } from '../gap.ts';
import type { EcgLead, EcgRecording } from './ecg-recording.ts';

/** Changes with the canonical form, so that ids of two forms are never compared. */
const FORM = 'pentad-ecg-1';
/** Nanovolts no lead can hold: the mark of a gap. */
const GAP_MARK = Number.MIN_SAFE_INTEGER;

/** Whole nanovolts: fine enough for any device, coarse enough that 2.5 uV a unit and 0.0025 mV a unit are the same. */
const nanovolts = (sample: number, lead: EcgLead): number =>
  // + 0 makes a negative zero a zero: their bytes differ.
  isGap(sample) ? GAP_MARK : Math.round((sample * lead.microvoltsPerUnit + lead.offsetMicrovolts) * 1_000) + 0;

const byName = (one: EcgLead, other: EcgLead): number => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0);

function canonicalContent(recording: Pick<EcgRecording, 'samplesPerSecond' | 'leads'>): Uint8Array {
  const leads = [...recording.leads].sort(byName);
  const head = JSON.stringify([
    FORM,
    recording.samplesPerSecond,
    leads.map(({ name, samples }) => [name, samples.length]),
  ]);
  const headBytes = new TextEncoder().encode(head);
  const count = leads.reduce((sum, lead) => sum + lead.samples.length, 0);
  const content = new Uint8Array(headBytes.length + 8 * count);
  content.set(headBytes);
  const view = new DataView(content.buffer);
  let at = headBytes.length;
  for (const lead of leads)
    for (const sample of lead.samples) {
      view.setFloat64(at, nanovolts(sample, lead), true);
      at += 8;
    }
  return content;
}

/**
 * The identity of an ECG by what was measured: sampling rate, lead names, voltages. The same recording exported again in
 * another layout, encoding, lead order or even format has the same id. Times, patient and statements do not enter.
 * `sha256Hex` hashes bytes to 64 hexadecimal digits.
 */
export const ecgContentId = (
  recording: Pick<EcgRecording, 'samplesPerSecond' | 'leads'>,
  sha256Hex: (bytes: Uint8Array) => string,
): string => sha256Hex(canonicalContent(recording));
