import type { FailureClass } from '../platform/failure-class.ts';

const transientClasses = new Set(['08', '40', '53', '55', '57', '58']);
/** Cut for idling in a transaction, or told to write to a standby in the middle of a failover: the same again works. */
const transientCodes = new Set(['25P03', '25006']);
const dataClasses = new Set(['22', '23', 'XX']);
const transientSocketCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOENT',
  'EHOSTUNREACH',
  'ECONNABORTED',
]);

export function classifySqlError(error: unknown): FailureClass {
  if (!(error instanceof Error)) return 'bug';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  if (code === null) return /connection|timeout|terminated|not queryable/i.test(error.message) ? 'transient' : 'bug';
  if (transientSocketCodes.has(code)) return 'transient';
  if (!/^[0-9A-Z]{5}$/.test(code)) return 'bug';
  if (transientClasses.has(code.slice(0, 2)) || transientCodes.has(code)) return 'transient';
  return dataClasses.has(code.slice(0, 2)) ? 'data' : 'bug';
}

/** The name of the unique constraint a row ran into, or null. */
export function uniqueViolation(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || error.code !== '23505') return null;
  return 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : 'unknown';
}
