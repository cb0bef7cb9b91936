import path from 'node:path';
import { startApp } from './app.ts';
import { ConfigError, readConfig } from './config.ts';
import { createLogger, errorFields } from './platform/logger.ts';
import { DomainError } from './platform/errors.ts';

/** The checkout (or bundle) root: two levels above this file, or above its bundle in dist/. */
const root = path.resolve(import.meta.dirname, '../..');
const STOP_WITHIN_MS = 8_000;

class StoppedWhileStarting extends Error {}

async function main(): Promise<void> {
  const config = readConfig(process.env, root);
  const log = createLogger(config.logLevel);
  process.on('unhandledRejection', (error) => log.error('process.unhandled-rejection', errorFields(error)));
  // Heard from the first moment: whoever gives up during the start leaves no database and no broker behind.
  const stopping = new AbortController();
  const stop = (signal: string) => {
    if (stopping.signal.aborted) return;
    log.info('server.stopping', { signal });
    stopping.abort(new StoppedWhileStarting());
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    starting
      .then((app) => app.stop())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          if (error instanceof StoppedWhileStarting) process.exit(0);
          log.error('server.stop-failed', errorFields(error));
          process.exit(1);
        },
      );
  };
  process.on('SIGINT', () => stop('SIGINT'));
  process.on('SIGTERM', () => stop('SIGTERM'));
  // The launcher is gone without a word (kill -9): nothing may be left running.
  process.on('disconnect', () => stop('disconnect'));
  const starting = startApp(config, log, {
    onStep: (step) => process.send?.({ step }),
    signal: stopping.signal,
  });
  const app = await starting;
  process.send?.({ ready: { address: app.address, natsUrl: app.natsUrl } });
}

main().catch((error: unknown) => {
  if (error instanceof StoppedWhileStarting) return;
  if (error instanceof ConfigError || error instanceof DomainError) process.stderr.write(`pentad: ${error.message}\n`);
  else process.stderr.write(`pentad: ${error instanceof Error ? (error.stack ?? error.message) : 'failed'}\n`);
  process.exit(1);
});
