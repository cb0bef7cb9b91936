import * as v from 'valibot';

/** Integer Unix epoch milliseconds, UTC. The lower bound admits a 1970 clock after a flat battery (faults.md E7). */
export const InstantMs = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(4_102_444_800_000));
export const DurationMs = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** Milliseconds since the boot named by `bootId`; never compared across boots. */
export const MonotonicMs = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const SequenceNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
/** The partition day an item is stored under, written once by the agent when it journals the item. */
export const Day = v.pipe(
  v.string(),
  v.regex(/^(19\d{2}|20\d{2}|2100)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/),
  v.check((day) => {
    const midnight = new Date(`${day}T00:00:00Z`);
    return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
  }, 'day.not-in-calendar'),
);
export const Code = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9._-]{0,63}$/));
export const Sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

const measured = (minimum: number, maximum: number) =>
  v.nullable(v.pipe(v.number(), v.finite(), v.minValue(minimum), v.maxValue(maximum)));

/**
 * What the wire admits at all: the width of the instrument, not clinical plausibility (that is `clinical`).
 * null = not measured. A device's 0 or sentinel is null before it reaches the wire.
 */
export const measuredRange = {
  heartRateBpm: measured(0, 400),
  pulseRateBpm: measured(0, 400),
  respiratoryRatePerMin: measured(0, 200),
  spo2Percent: measured(0, 100),
  systolicMmHg: measured(0, 350),
  diastolicMmHg: measured(0, 300),
  meanMmHg: measured(0, 320),
  temperatureC: measured(5, 50),
  etco2MmHg: measured(0, 150),
  fio2Percent: measured(21, 100),
  glucoseMmolPerL: measured(0, 100),
} as const;

export const utcDay = (instantMs: number): string => new Date(instantMs).toISOString().slice(0, 10);
