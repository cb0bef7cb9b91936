import { GAP } from '../gap.ts';
import { refuse } from '../recording-error.ts';
import { recordingLimits } from '../recording-limits.ts';
import { findCalibration } from './calibration.ts';
import type { EcgLead, EcgNote, EcgRecording } from './ecg-recording.ts';
import { standardLeads } from './lead-name.ts';
import { offsetNotes } from './lead-offset.ts';

export interface FoundRecording extends Omit<EcgRecording, 'leads' | 'notes'> {
  readonly leads: readonly EcgLead[];
  /** Samples a lead should have; null where the file states none: then the longest lead sets it. */
  readonly expectedSamples: number | null;
  /** What the importer itself noticed. */
  readonly notes: readonly EcgNote[];
}

const isSameTrace = (one: EcgLead, other: EcgLead): boolean =>
  one.microvoltsPerUnit === other.microvoltsPerUnit &&
  one.offsetMicrovolts === other.offsetMicrovolts &&
  one.samples.length === other.samples.length &&
  one.samples.every((sample, at) => sample === other.samples[at]);

/** Two equal traces of a name are one; two different ones leave no way to know which is the lead. */
function withoutDuplicates(leads: readonly EcgLead[]): { leads: EcgLead[]; notes: EcgNote[] } {
  const kept = new Map<string, EcgLead>();
  const notes: EcgNote[] = [];
  for (const lead of leads) {
    const earlier = kept.get(lead.name);
    if (earlier === undefined) kept.set(lead.name, lead);
    else if (isSameTrace(earlier, lead)) notes.push({ code: 'lead-duplicated', lead: lead.name });
    else refuse('ecg.leads-conflict');
  }
  return { leads: [...kept.values()], notes };
}

function padded(lead: EcgLead, length: number): EcgLead {
  if (lead.samples.length === length) return lead;
  const samples = new Int16Array(length).fill(GAP);
  samples.set(lead.samples);
  return { ...lead, samples };
}

/**
 * Makes an importer's findings a recording: equal leads merged, short ones filled up with gaps, and a note for all that
 * a reader must know. Errors: ecg.leads-missing, ecg.leads-conflict, ecg.rate-missing, ecg.waveform-corrupt (a lead longer
 * than stated), recording.too-large.
 */
export function assembleRecording(found: FoundRecording): EcgRecording {
  const { expectedSamples, ...rest } = found;
  if (!(found.samplesPerSecond > 0) || found.samplesPerSecond > recordingLimits.samplesPerSecond)
    return refuse('ecg.rate-missing');
  if (found.leads.length > recordingLimits.leads) return refuse('recording.too-large');
  const recorded = found.leads.filter((lead) => lead.samples.length > 0);
  if (recorded.length === 0) return refuse('ecg.leads-missing');
  const distinct = withoutDuplicates(recorded);
  const longest = Math.max(...distinct.leads.map((lead) => lead.samples.length));
  const length = expectedSamples ?? longest;
  if (length > recordingLimits.samplesPerLead) return refuse('recording.too-large');
  if (longest > length) return refuse('ecg.waveform-corrupt');
  const leads = distinct.leads.map((lead) => padded(lead, length));
  const names = new Set(leads.map((lead) => lead.name));
  const wanted = new Set([...standardLeads, ...found.leads.map((lead) => lead.name)]);
  const calibration = findCalibration(leads, found.samplesPerSecond);
  const notes: EcgNote[] = [
    ...found.notes,
    ...distinct.notes,
    ...[...wanted].filter((lead) => !names.has(lead)).map((lead) => ({ code: 'lead-missing' as const, lead })),
    ...distinct.leads
      .filter((lead) => lead.samples.length < length)
      .map(({ name, samples }) => ({
        code: 'lead-truncated' as const,
        lead: name,
        missingSamples: length - samples.length,
      })),
    ...calibration.map((range) => ({ code: 'calibration' as const, ...range })),
    ...offsetNotes(leads, calibration),
  ];
  return { ...rest, leads, notes };
}
