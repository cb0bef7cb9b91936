/** An error as node-postgres gives it: `code` is the SQLSTATE, or the socket's code, or missing where the connection broke. */
export class SqlError extends Error {
  readonly code: string | undefined;
  constructor(message: string, code?: string) {
    super(message);
    this.name = 'SqlError';
    this.code = code;
  }
}

export const connectionRefused = () => new SqlError('connect ECONNREFUSED', 'ECONNREFUSED');
export const connectionBroken = () => new SqlError('Connection terminated unexpectedly');
export const lockTimeout = () => new SqlError('canceling statement due to lock timeout', '55P03');
export const badRow = () => new SqlError('value out of range', '22003');
