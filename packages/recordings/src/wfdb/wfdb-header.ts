/** Types of a WFDB header, after header(5) of the WFDB Applications Guide (PhysioNet). */

export interface WfdbSignal {
  /** A bare name, safe to join to the folder of the header; `~` where the signal has no file (layout headers). */
  readonly fileName: string;
  readonly format: number;
  readonly samplesPerFrame: number;
  /** Frames by which this signal precedes the others. Reported, not applied. */
  readonly skewFrames: number;
  readonly byteOffset: number;
  /** ADC units per physical unit; null = uncalibrated (header(5): gain absent or 0), so no physical value exists. */
  readonly gain: number | null;
  /** ADC value of physical zero; header(5) defines it as the ADC zero where it is not written. */
  readonly baseline: number;
  /** As written; null where the header names no unit. */
  readonly units: string | null;
  readonly adcResolutionBits: number | null;
  readonly adcZero: number | null;
  readonly initialValue: number | null;
  /** 16-bit sum of all samples. */
  readonly checksum: number | null;
  readonly description: string;
}

export interface WfdbSegment {
  /** null: a gap of the record, no header and no file. */
  readonly name: string | null;
  readonly frames: number;
}

export interface WfdbRecordLine {
  readonly name: string;
  readonly signalCount: number;
  readonly framesPerSecond: number | null;
  /** Frames of the whole record; null where the header leaves it to the file. */
  readonly frames: number | null;
  /** Base time and date as written. WFDB knows no zone, so there is no instant. */
  readonly recordedAtText: string | null;
}

interface Commented extends WfdbRecordLine {
  /** Comment lines without their `#`, otherwise untouched. They may hold age, sex and diagnoses: seal before storing. */
  readonly comments: readonly string[];
}
export interface WfdbSignalHeader extends Commented {
  readonly kind: 'signals';
  readonly signals: readonly WfdbSignal[];
}
export interface WfdbSegmentHeader extends Commented {
  readonly kind: 'segments';
  readonly segments: readonly WfdbSegment[];
}
export type WfdbHeader = WfdbSignalHeader | WfdbSegmentHeader;
