import { refuse } from '../../recording-error.ts';
import { parseXml } from '../../xml/parse-xml.ts';
import { attributeOf, childrenOf, elementAt, type XmlElement } from '../../xml/xml-element.ts';
import { assembleRecording } from '../assemble-recording.ts';
import type { EcgRecording, EcgTime } from '../ecg-recording.ts';
import { readAecgMeasurements, readAecgStatements } from './aecg-annotations.ts';
import { leadOf, rateOf } from './aecg-sequence.ts';
import { readAecgDevice, readAecgIdentity } from './aecg-subject.ts';
import { ecgTimeOf } from './hl7-time.ts';

interface Sequence {
  readonly code: string;
  readonly value: XmlElement;
}

/** The one rhythm series. Two would be two ECGs, and neither may be dropped. */
function rhythmSeriesOf(root: XmlElement): XmlElement {
  const rhythms = childrenOf(root, 'component')
    .flatMap((component) => childrenOf(component, 'series'))
    .filter((series) => attributeOf(elementAt(series, 'code'), 'code') === 'RHYTHM');
  if (rhythms.length > 1) return refuse('ecg.several-recordings');
  return rhythms[0] ?? refuse('ecg.leads-missing');
}

/** Sequences of the one set: leads of several sets start at different times and do not share a time axis. */
function sequencesOf(series: XmlElement): Sequence[] {
  const sets = childrenOf(series, 'component').flatMap((component) => childrenOf(component, 'sequenceSet'));
  if (sets.length > 1) return refuse('ecg.layout-unsupported');
  return sets
    .flatMap((set) => childrenOf(set, 'component'))
    .flatMap((component) => childrenOf(component, 'sequence'))
    .map((sequence) => ({
      code: attributeOf(elementAt(sequence, 'code'), 'code') ?? refuse('ecg.layout-unsupported'),
      value: elementAt(sequence, 'value') ?? refuse('ecg.layout-unsupported'),
    }));
}

const isTime = ({ code }: Sequence): boolean => code === 'TIME_ABSOLUTE' || code === 'TIME_RELATIVE';

/** Where the trace starts; where only the series or the document says when, that. */
function recordedAtOf(root: XmlElement, series: XmlElement, time: Sequence): EcgTime | null {
  const head = time.code === 'TIME_ABSOLUTE' ? attributeOf(elementAt(time.value, 'head'), 'value') : null;
  return ecgTimeOf(
    head ??
      attributeOf(elementAt(series, 'effectiveTime', 'low'), 'value') ??
      attributeOf(elementAt(root, 'effectiveTime', 'center'), 'value') ??
      attributeOf(elementAt(root, 'effectiveTime', 'low'), 'value'),
  );
}

/**
 * Imports the rhythm series of an HL7 annotated ECG (PORT_MT020001), UTF-8 or UTF-16. The waveform of the representative
 * beat and marks on single beats are not read. Errors: `ecg.*`, `xml.*`, recording.too-large.
 */
export function importAecg(bytes: Uint8Array): EcgRecording {
  const root = parseXml(bytes);
  if (root.name !== 'AnnotatedECG') return refuse('ecg.format-unsupported');
  const series = rhythmSeriesOf(root);
  const sequences = sequencesOf(series);
  const [time, ...otherTimes] = sequences.filter(isTime);
  if (time === undefined) return refuse('ecg.rate-missing');
  if (otherTimes.length > 0) return refuse('ecg.layout-unsupported');
  return assembleRecording({
    source: 'hl7-aecg',
    samplesPerSecond: rateOf(time.value),
    leads: sequences.filter((sequence) => !isTime(sequence)).map(({ code, value }) => leadOf(code, value)),
    expectedSamples: null,
    recordedAt: recordedAtOf(root, series, time),
    device: readAecgDevice(series),
    statements: readAecgStatements(series),
    measurements: readAecgMeasurements(series),
    identity: readAecgIdentity(root),
    notes: [],
  });
}
