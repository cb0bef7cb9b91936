import { fieldOf, type Message } from './message.ts';
import { readObservation, type MonitorSettings, type Note } from './observation.ts';
import { readPatientIdentity, type PatientIdentity } from './patient-identity.ts';
import { assembleReadings, type MonitorReading, type Placed } from './reading-assembly.ts';
import { readTimestamp, type TimestampReading } from './timestamp.ts';

export interface MonitorReport {
  /** Oldest first. Most messages hold one; an upload of a trend holds many. Empty: nothing of it was understood. */
  readonly readings: readonly MonitorReading[];
  readonly notes: readonly Note[];
  readonly patientIdentity: PatientIdentity | null;
  /** MSH-7, the monitor's own clock; null: absent, without a known zone, or unreadable. */
  readonly sentAtMs: number | null;
}

const instantOf = (reading: TimestampReading): number | null => (reading.kind === 'instant' ? reading.instantMs : null);

/**
 * HL7 table 0103: P is production, D debugging, T training; the last two are of no patient. What does not say counts as
 * production, as the field was left out by many.
 */
const isProduction = ({ header }: Message): boolean => header.processingId === null || header.processingId === 'P';

/** Whether its readings may be of a patient: production, or the settings say that others are wanted too. */
export const isForPatients = (message: Message, settings: MonitorSettings): boolean =>
  isProduction(message) || settings.takesTestMessages === true;

function messageNotes(message: Message): Note[] {
  const codes = [
    isProduction(message) ? null : 'message.not-production',
    message.strayLines > 0 ? 'message.stray-lines' : null,
    message.hasReplacedCharacters ? 'message.replaced-characters' : null,
  ] as const;
  return codes.flatMap((code) => (code === null ? [] : [{ code, obx: null }]));
}

/**
 * ORU^R01 of a patient monitor (IHE PCD-01, HL7 v2.3 to 2.6, Philips, Mindray and kin). Times are those of the monitor's
 * clock. What is not understood is in the notes and never a value; set ids (OBX-1) say nothing and are not read. A message
 * that is not for patients has no readings.
 */
export function readMonitorVitals(message: Message, settings: MonitorSettings): MonitorReport {
  const notes = messageNotes(message);
  const placed: Placed[] = [];
  let reportTime: TimestampReading = { kind: 'absent' };
  let obx = 0;
  for (const segment of message.segments) {
    if (segment.name === 'OBR')
      reportTime = readTimestamp(segment.isSuspect ? '' : fieldOf(segment, 7), settings.zoneOffsetMinutes);
    if (segment.name !== 'OBX') continue;
    obx += 1;
    const observation = readObservation(message, segment, obx, settings, notes);
    if (!observation) continue;
    const reportAtMs = instantOf(reportTime);
    if (observation.hasReportTime && reportTime.kind !== 'instant')
      notes.push({ code: `time.${reportTime.kind}`, obx });
    placed.push({
      ...observation,
      reportAtMs,
      atMs: observation.ownAtMs ?? (observation.hasReportTime ? reportAtMs : null),
    });
  }
  return {
    readings: isForPatients(message, settings) ? assembleReadings(placed, notes) : [],
    notes,
    patientIdentity: readPatientIdentity(message),
    sentAtMs: instantOf(readTimestamp(message.header.sentAt ?? '', settings.zoneOffsetMinutes)),
  };
}
