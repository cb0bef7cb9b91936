import { isGap } from '../gap.ts';
import type { EcgLead } from './ecg-recording.ts';

export interface SampleRange {
  readonly fromSample: number;
  readonly toSample: number;
}

/** The pulse cardiographs print: 1 mV. Allowed deviation covers the resolution of the device. */
const PULSE_MICROVOLTS = 1_000;
const PULSE_TOLERANCE_MICROVOLTS = 50;
/** A pulse shorter than this would be an artefact. Philips writes 0.2 s in a window of 0.4 s. */
const SHORTEST_SECONDS = 0.1;
/** Below three leads, equal traces prove nothing. */
const FEWEST_LEADS = 3;

const microvoltsAt = (lead: EcgLead, at: number): number | null => {
  const sample = lead.samples[at];
  return sample === undefined || isGap(sample) ? null : sample * lead.microvoltsPerUnit + lead.offsetMicrovolts;
};

/**
 * The level all leads share at a sample (leads with a gap there left out), else null. A heart cannot do that: with equal
 * leads, I + III = II holds at 0 only.
 */
function sharedLevel(leads: readonly EcgLead[], at: number): number | null {
  const levels = leads.map((lead) => microvoltsAt(lead, at)).filter((level) => level !== null);
  const [first] = levels;
  if (first === undefined || levels.length < FEWEST_LEADS) return null;
  return levels.every((level) => Math.abs(level - first) < 1) ? first : null;
}

function sharedRun(leads: readonly EcgLead[], start: number, step: 1 | -1): { length: number; atPulse: number } {
  let at = start;
  let atPulse = 0;
  for (;;) {
    const level = sharedLevel(leads, at);
    if (level === null) return { length: Math.abs(at - start), atPulse };
    if (Math.abs(level - PULSE_MICROVOLTS) <= PULSE_TOLERANCE_MICROVOLTS) atPulse += 1;
    at += step;
  }
}

/**
 * Where the device wrote its calibration pulse into the recording, at the start or at the end (Philips: the last 0.4 s).
 * Leads are equally long. Ranges in samples, half open.
 */
export function findCalibration(leads: readonly EcgLead[], samplesPerSecond: number): SampleRange[] {
  const length = leads[0]?.samples.length ?? 0;
  if (leads.length < FEWEST_LEADS || length === 0) return [];
  const isPulse = (run: { atPulse: number }): boolean => run.atPulse >= SHORTEST_SECONDS * samplesPerSecond;
  const head = sharedRun(leads, 0, 1);
  if (head.length === length) return isPulse(head) ? [{ fromSample: 0, toSample: length }] : [];
  const tail = sharedRun(leads, length - 1, -1);
  return [
    ...(isPulse(head) ? [{ fromSample: 0, toSample: head.length }] : []),
    ...(isPulse(tail) ? [{ fromSample: length - tail.length, toSample: length }] : []),
  ];
}
