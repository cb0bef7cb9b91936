/** A writer of SierraECG documents for tests: the inverse of `lzw.ts`, `xli.ts` and `limb-leads.ts`. */

const CODE_BITS = 10;
const STOP = 1_023;

function packCodes(codes: readonly number[]): Uint8Array {
  const bits = codes.map((code) => code.toString(2).padStart(CODE_BITS, '0')).join('');
  const bytes = bits.match(/.{1,8}/g) ?? [];
  return Uint8Array.from(bytes, (byte) => parseInt(byte.padEnd(8, '0'), 2));
}

export function encodeLzw(bytes: Uint8Array): Uint8Array {
  const table = new Map(Array.from({ length: 256 }, (_, code) => [String.fromCharCode(code), code]));
  const codes: number[] = [];
  let held = '';
  for (const byte of bytes) {
    const longer = held + String.fromCharCode(byte);
    if (table.has(longer)) {
      held = longer;
      continue;
    }
    codes.push(table.get(held) ?? 0);
    if (table.size < STOP) table.set(longer, table.size);
    held = String.fromCharCode(byte);
  }
  if (held !== '') codes.push(table.get(held) ?? 0);
  return packCodes([...codes, STOP]);
}

/** One lead as a chunk: header, second differences, high bytes before low bytes, LZW. */
export function encodeChunk(samples: readonly number[]): Uint8Array {
  const stored = samples.slice(0, 2);
  const delta = (at: number): number => 2 * (samples[at - 1] ?? 0) - (samples[at - 2] ?? 0) - (samples[at] ?? 0);
  for (let at = 3; at < samples.length; at += 1) stored.push(delta(at) + 64);
  if (samples.length > 2) stored.push(64);
  const bytes = Uint8Array.from([
    ...stored.map((value) => (value >> 8) & 0xff),
    ...stored.map((value) => value & 0xff),
  ]);
  const packed = encodeLzw(bytes);
  const chunk = new Uint8Array(8 + packed.length);
  const view = new DataView(chunk.buffer);
  view.setInt32(0, packed.length, true);
  view.setInt16(4, 1, true);
  view.setInt16(6, samples.length > 2 ? delta(2) : 0, true);
  chunk.set(packed, 8);
  return chunk;
}

/** Limb leads III, aVR, aVL, aVF as the rest after their prediction; chest leads as they are. */
export function storedLeads(leads: readonly (readonly number[])[]): number[][] {
  const [i = [], ii = [], iii = [], aVR = [], aVL = [], aVF = [], ...chest] = leads.map((lead) => [...lead]);
  const half = (value: number): number => Math.floor(value / 2);
  const at = (lead: readonly number[], k: number): number => lead[k] ?? 0;
  return [
    i,
    ii,
    iii.map((value, k) => at(ii, k) - at(i, k) - value),
    aVR.map((value, k) => -half(at(i, k) + at(ii, k)) - value),
    aVL.map((value, k) => half(at(i, k) - at(iii, k)) - value),
    aVF.map((value, k) => half(at(ii, k) + at(iii, k)) - value),
    ...chest,
  ];
}

export const encodeXli = (leads: readonly (readonly number[])[]): Uint8Array =>
  Buffer.concat(storedLeads(leads).map(encodeChunk));

/** Twelve distinct small traces, `length` samples each. */
export const sampleLeads = (length: number): number[][] =>
  Array.from({ length: 12 }, (_, lead) => Array.from({ length }, (__, k) => ((k * (lead + 3)) % 41) - 20 + lead));

export const base64Of = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

export interface PhilipsParts {
  readonly waveform: string;
  /** Attributes of `parsedwaveforms`. */
  readonly attributes: string;
  readonly traits: string;
}

export const attributes104 =
  'dataencoding="Base64" compression="XLI" numberofleads="12" leadlabels="I II III aVR aVL aVF V1 V2 V3 V4 V5 V6" ' +
  'durationperchannel="200" samplespersecond="500" resolution="5" signaloffset="0" signalsigned="True" bitspersample="16"';
export const attributes103 =
  'compressflag="True" compressmethod="XLI" dataencoding="Base64" durationperchannel="200" nbitspersample="16"';
export const traits103 =
  '<samplingrate>500</samplingrate><signalresolution>5</signalresolution><bitspersample>16</bitspersample>' +
  '<signaloffset>0</signaloffset><signalsigned>True</signalsigned><leadset>STD-12</leadset>';

export const philipsXml = ({ waveform, attributes, traits }: PhilipsParts): string =>
  `<?xml version="1.0"?><restingecgdata xmlns="http://www3.medical.philips.com">
<dataacquisition date="2011-12-01" time="07:27:34">
 <machine machineid="US7" detaildescription="Philips:1:A">PageWriter TC</machine>
 <signalcharacteristics>${traits}</signalcharacteristics></dataacquisition>
<patient><generalpatientdata><patientid>P-77</patientid><MRN/>
 <name><lastname>Zhang</lastname><firstname>Wei</firstname></name>
 <age defaultage="50"><dateofbirth>1951-01-01</dateofbirth></age><sex>Male</sex></generalpatientdata></patient>
<internalmeasurements><crossleadmeasurements><meanqrsdur>84</meanqrsdur><pacemalf/></crossleadmeasurements>
 <leadmeasurements><leadmeasurement leadname="V2"><ston>210</ston><inops><x>1</x></inops></leadmeasurement></leadmeasurements>
</internalmeasurements>
<interpretations><interpretation>
 <globalmeasurements><heartrate editedflag="False">84</heartrate><sthorizaxis>Failed</sthorizaxis></globalmeasurements>
 <mdsignatureline>Confirmed by: Li Na</mdsignatureline>
 <severity code="AB" id="4">- ABNORMAL ECG -</severity>
 <statement editedflag="True"><statementcode>STELVH</statementcode>
  <leftstatement>ANTERIOR ST ELEVATION, PROBABLY DUE TO LVH</leftstatement>
  <rightstatement>ST &gt;0.20 mV in V1-V4 &amp; LVH</rightstatement></statement>
 <statement><statementcode/><leftstatement>&gt;&gt;&gt; Acute MI &lt;&lt;&lt;</leftstatement><rightstatement>
 </rightstatement></statement>
</interpretation></interpretations>
<waveforms><parsedwaveforms ${attributes}>${waveform}</parsedwaveforms></waveforms></restingecgdata>`;
