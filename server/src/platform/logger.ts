import { pino, type Logger as Pino } from 'pino';

/**
 * One line per unit of work. `code` is the stable message; fields hold ids, counts and durations only:
 * never names, free text, vitals, tokens or raw frames.
 */
export type LogFields = Readonly<Record<string, string | number | boolean | null | readonly number[]>>;

export interface Logger {
  info(code: string, fields?: LogFields): void;
  warn(code: string, fields?: LogFields): void;
  error(code: string, fields?: LogFields): void;
}

export function createLogger(level: string, sink: Pino = pino({ level, base: null })): Logger {
  return {
    info: (code, fields = {}) => sink.info(fields, code),
    warn: (code, fields = {}) => sink.warn(fields, code),
    error: (code, fields = {}) => sink.error(fields, code),
  };
}

/** What may be said of an error that is not ours: its class, code and place in our code; never its message. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { errorName: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  const place =
    error.stack
      ?.split('\n')
      .find((line) => line.includes('/src/') || line.includes('dist'))
      ?.trim() ?? null;
  return { errorName: error.name, errorCode: code, place };
}
