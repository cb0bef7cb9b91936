/**
 * "No sample here" in every Int16Array of this package. -32768 is also the sentinel of WFDB format 16 (signal(5)) and
 * of several monitors, so a gap can never be read back as a voltage. Test with `isGap`; never scale it.
 */
export const GAP = -32_768;

export const isGap = (sample: number): boolean => sample === GAP;

/** The number as a sample, or null where it does not fit beside the sentinel. */
export const asSample = (value: number): number | null =>
  Number.isInteger(value) && value > GAP && value <= 32_767 ? value : null;
