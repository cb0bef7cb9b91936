import { refuse } from '../recording-error.ts';
import { recordingLimits } from '../recording-limits.ts';

/** One annotation of an MIT-format file. `code` is the number of annot(5), e.g. 1 = normal beat, 5 = PVC. */
export interface WfdbAnnotation {
  readonly sample: number;
  readonly code: number;
  readonly subtype: number;
  readonly channel: number;
  /** Free text of the annotator (rhythm changes and remarks), else null. */
  readonly aux: string | null;
}

const SKIP = 59;
const NUMBER = 60;
const SUBTYPE = 61;
const CHANNEL = 62;
const AUX = 63;
/** Codes of ecgcodes.h that mark a QRS complex. */
const BEATS: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 25, 30, 34, 35, 38, 41]);

export const isBeat = (annotation: WfdbAnnotation): boolean => BEATS.has(annotation.code);

/**
 * Reads an annotation file of the MIT format (`.atr`, `.qrs`): 16-bit little-endian words, six bits of code over ten of
 * time since the last annotation. Source: annot(5), WFDB Applications Guide.
 * Errors: wfdb.annotations-invalid (cut short, time running backwards), recording.too-large.
 */
export function decodeWfdbAnnotations(bytes: Uint8Array): WfdbAnnotation[] {
  if (bytes.length > 2 * recordingLimits.annotations) return refuse('recording.too-large');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const annotations: WfdbAnnotation[] = [];
  let sample = 0;
  let channel = 0;
  let at = 0;
  const word = (): number => {
    if (at + 2 > bytes.length) return refuse('wfdb.annotations-invalid');
    at += 2;
    return view.getUint16(at - 2, true);
  };
  const amendLast = (change: Partial<WfdbAnnotation>): void => {
    const last = annotations.pop() ?? refuse('wfdb.annotations-invalid');
    annotations.push({ ...last, ...change });
  };
  const signedByte = (value: number): number => (value << 24) >> 24;

  for (;;) {
    const head = word();
    const code = head >> 10;
    const data = head & 0x3ff;
    if (head === 0) return annotations;
    if (code === SKIP) {
      const high = word();
      sample += (high << 16) | word() | 0;
    } else if (code === NUMBER) {
      // The annotation number field: no meaning for beats, not kept.
    } else if (code === SUBTYPE) {
      amendLast({ subtype: signedByte(data) });
    } else if (code === CHANNEL) {
      channel = data & 0xff;
      amendLast({ channel });
    } else if (code === AUX) {
      const text = bytes.subarray(at, at + data);
      at += data + (data % 2);
      if (at > bytes.length) refuse('wfdb.annotations-invalid');
      amendLast({ aux: new TextDecoder().decode(text) });
    } else {
      sample += data;
      if (sample < 0 || sample < (annotations.at(-1)?.sample ?? 0)) refuse('wfdb.annotations-invalid');
      annotations.push({ sample, code, subtype: 0, channel, aux: null });
    }
  }
}
