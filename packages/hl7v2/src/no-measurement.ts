/**
 * What patient monitors write where nothing was measured, over HL7 and in the trend records they export; the feed of
 * recordings asks here too. 8388607 and -32768 are the NaN of 11073 FLOAT and 16 bit. Source: shared/data/README.md.
 */
export const sentinels: ReadonlySet<number> = new Set([-100, -1, -10_000, -999, -99.9, 8_388_607, -32_768]);

/** Of a beating heart the systolic is above the diastolic; a line that lies flat or a swapped pair is no pressure. */
export const isPressurePair = (systolicMmHg: number, diastolicMmHg: number): boolean => systolicMmHg > diastolicMmHg;
