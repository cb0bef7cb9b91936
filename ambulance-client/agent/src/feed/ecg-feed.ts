import { basename } from 'node:path';
import type { CaseId } from '@pentad/protocol/ids';
import type { MediaType } from '@pentad/protocol/media';
import { ecgContentId } from '@pentad/recordings/ecg/ecg-identity';
import type { EcgRecording } from '@pentad/recordings/ecg/ecg-recording';
import { importEcgFile } from '@pentad/recordings/ecg/import-ecg-file';
import { sniffEcgFile, type EcgFileKind } from '@pentad/recordings/ecg/sniff-ecg-file';
import { parseWfdbHeader } from '@pentad/recordings/wfdb/parse-wfdb-header';
import type { Agent, CrewActor } from '../agent-types.ts';
import type { Clock } from '../ports.ts';
import { ecgEventId, sha256Hex } from '../photos/ecg-event-id.ts';
import { sealedOf } from './ecg-event.ts';
import { FeedError } from './feed-error.ts';
import type { Say } from './feed.ts';
import { filesBeside, readBounded } from './wfdb-files.ts';
import { chunksOf, type Traces } from './wfdb-waveforms.ts';

export interface EcgPorts {
  readonly agent: Pick<Agent, 'addMedia' | 'recordEvent' | 'capture' | 'showCase'>;
  readonly clock: Clock;
  readonly say: Say;
}
export interface EcgCase {
  readonly caseId: CaseId;
  readonly patientSlot: number | null;
  readonly actor: CrewActor;
  /** When the crew of a replayed story took it; absent: now, by what the file states. */
  readonly takenAtMs?: number;
}

const mediaTypeOf: Partial<Record<EcgFileKind, MediaType>> = {
  'philips-xml': 'application/xml',
  'hl7-aecg': 'application/xml',
  pdf: 'application/pdf',
  jpeg: 'image/jpeg',
  png: 'image/png',
};
type Source = 'device-waveform' | 'device-pdf' | 'photo';
const sourceOf = (kind: EcgFileKind): Source =>
  kind === 'pdf' ? 'device-pdf' : kind === 'jpeg' || kind === 'png' ? 'photo' : 'device-waveform';

export interface EcgFile {
  readonly kind: EcgFileKind;
  readonly bytes: Uint8Array;
  /** null: a picture or a print, for people to look at. */
  readonly recording: EcgRecording | null;
  /** By what was measured; of a picture by its bytes. */
  readonly contentId: string;
}

/** Throws FeedError for what no importer reads, RecordingError for a damaged file. */
export function readEcgFile(path: string): EcgFile {
  const bytes = readBounded(path);
  const kind = sniffEcgFile(bytes);
  if (kind === 'dicom' || kind === 'scp' || kind === 'unknown')
    throw new FeedError(`no ECG file of a kind that is read (${kind}): ${path}`);
  if (sourceOf(kind) !== 'device-waveform') return { kind, bytes, recording: null, contentId: sha256Hex(bytes) };
  const files = kind === 'wfdb-header' ? filesBeside(path, parseWfdbHeader(bytes)) : new Map<string, Uint8Array>();
  const recording = importEcgFile(bytes, files);
  return { kind, bytes, recording, contentId: ecgContentId(recording, sha256Hex) };
}

const tracesOf = ({ leads, samplesPerSecond }: EcgRecording): Traces => ({
  kind: 'ecg',
  samplesPerSecond,
  leads: leads.slice(0, 16).map(({ name, microvoltsPerUnit, offsetMicrovolts, samples }) => ({
    lead: { name, unit: 'uV', perCount: microvoltsPerUnit, offset: offsetMicrovolts },
    counts: samples,
  })),
});

/**
 * One ECG file into a case: the original attached, then the fact. The same ECG a second time changes nothing. A WFDB record
 * is no media type of the wire: its voltages go as a waveform that ends when the file was given.
 * @returns the event's id
 */
export function recordEcgFile({ agent, clock, say }: EcgPorts, path: string, of: EcgCase): string {
  const { kind, bytes, recording, contentId } = readEcgFile(path);
  const { caseId, patientSlot, actor } = of;
  const eventId = ecgEventId(caseId, contentId);
  const name = basename(path);
  if (agent.showCase(caseId).state.timeline.some((entry) => entry.eventId === eventId)) {
    say({ zh: `${name}：此心电图已在病例中`, en: `${name}: this ECG is in the case already` });
    return eventId;
  }
  const nowMs = of.takenAtMs ?? Math.max(0, Math.round(clock.nowMs()));
  // Of no stated instant, or one that is still to come: not known, and said so.
  const statedMs = of.takenAtMs ?? recording?.recordedAt?.instantMs ?? null;
  const acquiredAtMs = statedMs !== null && statedMs <= nowMs ? statedMs : null;
  const mediaType = mediaTypeOf[kind];
  let sha256 = contentId;
  if (mediaType !== undefined)
    sha256 = agent.addMedia({ caseId, patientSlot, mediaType, content: bytes, takenAtMs: acquiredAtMs ?? nowMs });
  else if (recording !== null) {
    const traces = tracesOf(recording);
    const lastsMs = ((traces.leads[0]?.counts.length ?? 0) * 1_000) / traces.samplesPerSecond;
    agent.capture(
      [...chunksOf(traces, 0, { caseId, patientSlot })].map((chunk) => chunk.at((acquiredAtMs ?? nowMs) - lastsMs)),
    );
  }
  agent.recordEvent(caseId, {
    type: 'ecg.recorded',
    clinical: { ecgId: contentId, source: sourceOf(kind), acquiredAtMs, sha256 },
    ...(recording === null ? {} : { sealed: sealedOf(recording) }),
    actor,
    eventId,
    occurredAtMs: nowMs,
  });
  say({
    zh: `${name}：已记录（${sourceOf(kind)}）${acquiredAtMs === null ? '，采集时刻不详' : ''}`,
    en: `${name}: recorded (${sourceOf(kind)})${acquiredAtMs === null ? '; when it was acquired is not known' : ''}`,
  });
  return eventId;
}
