/**
 * One clock for all processes of a run: the machine's monotonic clock, laid on the epoch once by the process that
 * starts the others. Milliseconds with fractions.
 */
const variable = 'BENCH_CLOCK_OFFSET_MS';
const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;
const offsetMs = Number(process.env[variable] ?? Date.now() - monotonicMs());

export const nowMs = (): number => monotonicMs() + offsetMs;
export const clockEnvironment = { [variable]: String(offsetMs) };
