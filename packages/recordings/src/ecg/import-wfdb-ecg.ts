import { refuse } from '../recording-error.ts';
import { readWfdbRecord, type WfdbChannel, type WfdbFiles } from '../wfdb/wfdb-record.ts';
import type { WfdbSignalHeader } from '../wfdb/wfdb-header.ts';
import { assembleRecording } from './assemble-recording.ts';
import type { EcgLead, EcgNote, EcgRecording } from './ecg-recording.ts';
import { placedLeadOf } from './lead-name.ts';

/** Datasets disagree about case (`mV`, `mv`). */
const MICROVOLTS: Readonly<Record<string, number>> = { uv: 1, mv: 1_000, v: 1_000_000 };

interface NamedChannel {
  readonly name: string;
  readonly channel: WfdbChannel;
}

function leadOf({ name, channel: { signal, samples } }: NamedChannel): EcgLead {
  const { gain, baseline, units } = signal;
  if (gain === null) return refuse('ecg.scale-missing');
  // header(5): a signal that names no unit is in millivolts; `notesOf` says that it named none.
  const unit = units === null ? 'mv' : units.toLowerCase();
  const microvolts = Object.hasOwn(MICROVOLTS, unit) ? (MICROVOLTS[unit] ?? 0) : refuse('ecg.unit-unsupported');
  const microvoltsPerUnit = microvolts / gain;
  return { name, samples, microvoltsPerUnit, offsetMicrovolts: -baseline * microvoltsPerUnit + 0 };
}

function notesOf({ name, channel: { signal } }: NamedChannel): EcgNote[] {
  const notes: EcgNote[] = [];
  if (signal.units === null) notes.push({ code: 'lead-unit-unwritten', lead: name });
  const skew = signal.skewFrames * signal.samplesPerFrame;
  if (skew > 0) notes.push({ code: 'lead-skewed', lead: name, samples: skew });
  return notes;
}

const nobody = { patientIds: [], familyName: null, givenName: null, middleName: null } as const;

/**
 * Makes the placed ECG leads of a single-segment WFDB record an ECG; other signals are named in a note. Comments, which
 * may hold age, sex and diagnoses, go to the identity's remarks verbatim: they are not the words of a device.
 * Errors: `ecg.*` and those of `readWfdbRecord`.
 */
export function importWfdbEcg(header: WfdbSignalHeader, files: WfdbFiles): EcgRecording {
  const { channels } = readWfdbRecord(header, files);
  const named = channels.map((channel) => ({ name: placedLeadOf(channel.signal.description), channel }));
  const leads = named.filter((each): each is NamedChannel => each.name !== null);
  const [first] = leads;
  if (first === undefined) return refuse('ecg.leads-missing');
  const { samplesPerFrame } = first.channel.signal;
  if (leads.some(({ channel }) => channel.signal.samplesPerFrame !== samplesPerFrame)) refuse('ecg.rates-differ');
  const framesPerSecond = header.framesPerSecond ?? refuse('ecg.rate-missing');
  const ignored = named
    .filter((each) => each.name === null)
    .map(({ channel }) => ({ code: 'signal-ignored' as const, signal: channel.signal.description }));
  return assembleRecording({
    source: 'wfdb',
    samplesPerSecond: framesPerSecond * samplesPerFrame,
    leads: leads.map(leadOf),
    expectedSamples: null,
    recordedAt: header.recordedAtText === null ? null : { text: header.recordedAtText, instantMs: null },
    device: { manufacturer: null, model: null, serial: null, software: null },
    statements: [],
    measurements: [],
    identity: { ...nobody, birthDateText: null, ageText: null, sexText: null, remarks: header.comments },
    notes: [...leads.flatMap(notesOf), ...ignored],
  });
}
