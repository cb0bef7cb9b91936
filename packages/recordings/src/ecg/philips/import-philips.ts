import { refuse } from '../../recording-error.ts';
import { parseXml } from '../../xml/parse-xml.ts';
import { attributeOf, elementAt, textAt, textOf, type XmlElement } from '../../xml/xml-element.ts';
import { assembleRecording } from '../assemble-recording.ts';
import type { EcgDevice, EcgIdentity, EcgRecording, EcgTime } from '../ecg-recording.ts';
import { readPhilipsMeasurements, readPhilipsSignatures, readPhilipsStatements } from './philips-interpretation.ts';
import { readPhilipsSignal } from './philips-signal.ts';
import { readPhilipsWaveform } from './philips-waveform.ts';

/** Date and time are two attributes without a zone, so there is a text and no instant. */
function recordedAtOf(acquisition: XmlElement | null): EcgTime | null {
  const written = [attributeOf(acquisition, 'date'), attributeOf(acquisition, 'time')].filter((part) => part !== null);
  return written.length === 0 ? null : { text: written.join(' '), instantMs: null };
}

function deviceOf(machine: XmlElement | null): EcgDevice {
  return {
    manufacturer: null,
    model: textOf(machine),
    serial: attributeOf(machine, 'machineid'),
    software: attributeOf(machine, 'detaildescription'),
  };
}

/** `defaultage`, which the cardiograph assumed for its criteria, is not the patient's age and not read. */
function identityOf(root: XmlElement): EcgIdentity {
  const patient = elementAt(root, 'patient', 'generalpatientdata');
  const text = (...path: string[]): string | null => (patient === null ? null : textAt(patient, ...path));
  return {
    patientIds: ['patientid', 'uniquepatientid', 'MRN'].flatMap((name) => text(name) ?? []),
    familyName: text('name', 'lastname'),
    givenName: text('name', 'firstname'),
    middleName: text('name', 'middlename'),
    birthDateText: text('age', 'dateofbirth'),
    ageText: text('age', 'years'),
    sexText: text('sex'),
    remarks: readPhilipsSignatures(root),
  };
}

/**
 * Imports a Philips SierraECG document (schema 1.03, 1.04, 1.04.01), UTF-8 or UTF-16, waveform plain, base64 or XLI.
 * Representative beats are not read. Errors: `ecg.*`, `xml.*`, recording.too-large.
 */
export function importPhilips(bytes: Uint8Array): EcgRecording {
  const root = parseXml(bytes);
  if (root.name !== 'restingecgdata') return refuse('ecg.format-unsupported');
  const waveform = elementAt(root, 'waveforms', 'parsedwaveforms') ?? refuse('ecg.leads-missing');
  const signal = readPhilipsSignal(root, waveform);
  const acquisition = elementAt(root, 'dataacquisition');
  return assembleRecording({
    source: 'philips-xml',
    samplesPerSecond: signal.samplesPerSecond,
    leads: readPhilipsWaveform(waveform.text, signal),
    expectedSamples: signal.expectedSamples,
    recordedAt: recordedAtOf(acquisition),
    device: deviceOf(acquisition === null ? null : elementAt(acquisition, 'machine')),
    statements: readPhilipsStatements(root),
    measurements: readPhilipsMeasurements(root),
    identity: identityOf(root),
    notes: [],
  });
}
