import path from 'node:path';
import { startApp } from './app.ts';
import { ConfigError, readConfig } from './config.ts';
import { createLogger, errorFields } from './platform/logger.ts';
import { DomainError } from './platform/errors.ts';

/** The checkout (or bundle) root: two levels above this file, or above its bundle in dist/. */
const root = path.resolve(import.meta.dirname, '../..');
const STOP_WITHIN_MS = 8_000;

async function main(): Promise<void> {
  const config = readConfig(process.env, root);
  const log = createLogger(config.logLevel);
  process.on('unhandledRejection', (error) => log.error('process.unhandled-rejection', errorFields(error)));
  const app = await startApp(config, log, (step) => process.send?.({ step }));
  let isStopping = false;
  const stop = (signal: string) => {
    if (isStopping) return;
    isStopping = true;
    log.info('server.stopping', { signal });
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    app.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error('server.stop-failed', errorFields(error));
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', () => stop('SIGINT'));
  process.on('SIGTERM', () => stop('SIGTERM'));
  // The launcher is gone without a word (kill -9): nothing may be left running.
  process.on('disconnect', () => stop('disconnect'));
  process.send?.({ ready: { address: app.address, natsUrl: app.natsUrl } });
}

main().catch((error: unknown) => {
  if (error instanceof ConfigError || error instanceof DomainError) process.stderr.write(`pentad: ${error.message}\n`);
  else process.stderr.write(`pentad: ${error instanceof Error ? (error.stack ?? error.message) : 'failed'}\n`);
  process.exit(1);
});
