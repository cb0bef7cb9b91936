/** Every way a foreign recording is refused. Stable: stored with the refusal and worded for people by the console. */
export const recordingErrorCodes = [
  'recording.empty',
  'recording.too-large',
  'xml.encoding-unsupported',
  'xml.malformed',
  'xml.doctype-refused',
  'xml.too-complex',
  'wfdb.header-invalid',
  'wfdb.format-unsupported',
  'wfdb.file-missing',
  'wfdb.file-truncated',
  'wfdb.checksum-mismatch',
  'wfdb.segments-mismatch',
  'wfdb.annotations-invalid',
  'ecg.format-unsupported',
  'ecg.layout-unsupported',
  'ecg.compression-unsupported',
  'ecg.unit-unsupported',
  'ecg.rate-missing',
  'ecg.rates-differ',
  'ecg.scale-missing',
  'ecg.leads-missing',
  'ecg.leads-conflict',
  'ecg.several-recordings',
  'ecg.waveform-corrupt',
  'ecg.sample-out-of-range',
] as const;
export type RecordingErrorCode = (typeof recordingErrorCodes)[number];

/** The only error that leaves a decoder. Its message is its code: nothing of the file, so it may be logged. */
export class RecordingError extends Error {
  readonly code: RecordingErrorCode;
  constructor(code: RecordingErrorCode) {
    super(code);
    this.name = 'RecordingError';
    this.code = code;
  }
}

export function refuse(code: RecordingErrorCode): never {
  throw new RecordingError(code);
}
