/**
 * What a recording may cost before it is refused. Nothing is allocated from a number a header states until the bytes
 * that must back it have been counted.
 */
export const recordingLimits = {
  /** One file of any kind, bytes. A 24 h two-lead Holter in format 16 at 360 Hz is 124 MB and no emergency recording. */
  fileBytes: 64 * 1024 * 1024,
  /** XML exports of a resting ECG are 0.2 to 2 MB. */
  xmlBytes: 16 * 1024 * 1024,
  xmlElements: 200_000,
  xmlDepth: 64,
  headerBytes: 256 * 1024,
  /** Signals of one WFDB record; the reference library's own bound is lower. */
  signals: 64,
  samplesPerFrame: 1_000,
  segments: 10_000,
  /** Of all segments read at once, in memory together: 128 MB, as much as the largest file can hold in one segment. */
  samplesTouched: 64 * 1024 * 1024,
  annotations: 2_000_000,
  leads: 32,
  /** Ten minutes at 1000 samples a second. */
  samplesPerLead: 600_000,
  samplesPerSecond: 50_000,
} as const;
