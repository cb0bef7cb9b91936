import { decimalOf, integerOf } from '../../decimal.ts';
import { refuse } from '../../recording-error.ts';
import { recordingLimits } from '../../recording-limits.ts';
import { attributeOf, elementAt, textAt, type XmlElement } from '../../xml/xml-element.ts';
import { leadNameOf, standardLeads } from '../lead-name.ts';

/** How the waveform of a SierraECG document is stored. */
export interface PhilipsSignal {
  readonly labels: readonly string[];
  readonly samplesPerSecond: number;
  readonly expectedSamples: number;
  readonly microvoltsPerUnit: number;
  /** Schema 1.04: "value to be subtracted from each sample point; assume 0 if not present". */
  readonly offsetUnits: number;
  readonly encoding: 'base64' | 'plain';
  readonly isCompressed: boolean;
}

/** 1.04 names its leads; 1.03 names a lead set, of which only the standard twelve has a written order. */
function labelsOf(root: XmlElement, waveform: XmlElement): readonly string[] {
  const written = attributeOf(waveform, 'leadlabels');
  if (written !== null) return written.split(/\s+/).map(leadNameOf);
  const set =
    textAt(root, 'dataacquisition', 'signalcharacteristics', 'leadset') ?? textAt(root, 'reportinfo', 'reporttype');
  return set === 'STD-12' ? standardLeads : refuse('ecg.leads-missing');
}

/** 1.04: attribute `compression`, absent where there is none. 1.03: `compressflag` and `compressmethod`. */
function isCompressed(waveform: XmlElement): boolean {
  const flag = attributeOf(waveform, 'compressflag');
  const method = attributeOf(waveform, flag === null ? 'compression' : 'compressmethod');
  if (flag?.toLowerCase() === 'false' || (flag === null && method === null)) return false;
  return method === 'XLI' ? true : refuse('ecg.compression-unsupported');
}

function encodingOf(waveform: XmlElement): 'base64' | 'plain' {
  const encoding = attributeOf(waveform, 'dataencoding')?.toLowerCase();
  return encoding === 'base64' || encoding === 'plain' ? encoding : refuse('ecg.format-unsupported');
}

/**
 * Reads the attributes of `parsedwaveforms` and, where 1.03 keeps them there, `signalcharacteristics`. Nothing is assumed
 * but the offset that the schema defines. Source: SierraECG schemas 1.03 and 1.04.01.
 */
export function readPhilipsSignal(root: XmlElement, waveform: XmlElement): PhilipsSignal {
  const traits = elementAt(root, 'dataacquisition', 'signalcharacteristics');
  const written = (attribute: string, ...elements: string[]): string | null => {
    const found = elements.map((name) => (traits === null ? null : textAt(traits, name))).find((text) => text !== null);
    return attributeOf(waveform, attribute) ?? found ?? null;
  };
  const positive = (text: string | null): number | null => {
    const value = decimalOf(text ?? '');
    return value !== null && value > 0 ? value : null;
  };
  const samplesPerSecond = positive(written('samplespersecond', 'samplingrate')) ?? refuse('ecg.rate-missing');
  const durationMs = positive(attributeOf(waveform, 'durationperchannel')) ?? refuse('ecg.waveform-corrupt');
  const bits = written('bitspersample', 'bitspersample') ?? attributeOf(waveform, 'nbitspersample');
  if (bits !== '16' || written('signalsigned', 'signalsigned')?.toLowerCase() !== 'true')
    refuse('ecg.format-unsupported');
  const expectedSamples = Math.round((durationMs * samplesPerSecond) / 1_000);
  if (expectedSamples > recordingLimits.samplesPerLead) refuse('recording.too-large');
  const labels = labelsOf(root, waveform);
  if (labels.length > recordingLimits.leads) refuse('recording.too-large');
  const offset = written('signaloffset', 'signaloffset');
  return {
    labels,
    samplesPerSecond,
    expectedSamples,
    microvoltsPerUnit: positive(written('resolution', 'resolution', 'signalresolution')) ?? refuse('ecg.scale-missing'),
    offsetUnits: offset === null ? 0 : (integerOf(offset) ?? refuse('ecg.scale-missing')),
    encoding: encodingOf(waveform),
    isCompressed: isCompressed(waveform),
  };
}
