import { pino, type DestinationStream } from 'pino';
import type { Log, LogFields } from '../ports.ts';

/** JSON lines; the message is a stable code, the fields are codes, ids and counts. */
export function pinoLog(options: { readonly level: string; readonly destination?: DestinationStream }): Log {
  const settings = { level: options.level, base: {} };
  const logger = options.destination ? pino(settings, options.destination) : pino(settings);
  return {
    info: (code, fields = {}) => logger.info(fields, code),
    warn: (code, fields = {}) => logger.warn(fields, code),
    error: (code, fields = {}) => logger.error(fields, code),
  };
}

export const withFields = (log: Log, fixed: LogFields): Log => ({
  info: (code, fields = {}) => log.info(code, { ...fixed, ...fields }),
  warn: (code, fields = {}) => log.warn(code, { ...fixed, ...fields }),
  error: (code, fields = {}) => log.error(code, { ...fixed, ...fields }),
});
