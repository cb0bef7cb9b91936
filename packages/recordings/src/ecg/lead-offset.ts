import { isGap } from '../gap.ts';
import type { SampleRange } from './calibration.ts';
import type { EcgLead, EcgNote } from './ecg-recording.ts';

/**
 * From this median on a lead does not rest near zero: electrode polarisation or a loose electrode, not the heart.
 * 1 mV is a whole calibration pulse, ten times the ST threshold of the limb leads. A house rule, not a standard's.
 */
export const LEAD_OFFSET_MICROVOLTS = 1_000;

function medianMicrovolts(lead: EcgLead, excluded: readonly SampleRange[]): number | null {
  const usable = lead.samples
    .filter((sample, at) => !isGap(sample) && !excluded.some((r) => at >= r.fromSample && at < r.toSample))
    .sort();
  const middle = usable[usable.length >> 1];
  return middle === undefined ? null : middle * lead.microvoltsPerUnit + lead.offsetMicrovolts;
}

/** A note for each lead whose median lies a millivolt or more from zero, calibration pulses not counted. */
export function offsetNotes(leads: readonly EcgLead[], excluded: readonly SampleRange[]): EcgNote[] {
  return leads.flatMap((lead): EcgNote[] => {
    const median = medianMicrovolts(lead, excluded);
    if (median === null || Math.abs(median) < LEAD_OFFSET_MICROVOLTS) return [];
    return [{ code: 'lead-offset', lead: lead.name, medianMicrovolts: median }];
  });
}
