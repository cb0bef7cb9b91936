import { createServer, type Server } from 'node:http';
import { existsSync } from 'node:fs';
import { getRequestListener } from '@hono/node-server';
import { openBroker } from './app-broker.ts';
import { createClock } from './app-clock.ts';
import { createCore } from './app-core.ts';
import { openDatabase } from './app-database.ts';
import { createHttp, signFor } from './app-http.ts';
import { createIngest } from './app-ingest.ts';
import { createPages } from './app-pages.ts';
import { attachUpgrades } from './app-upgrades.ts';
import type { Config } from './config.ts';
import { asOwner } from './db/migrate.ts';
import { LiveBus } from './nats/live-bus.ts';
import { WebsocketDoor } from './nats/websocket-door.ts';
import { Repeat } from './platform/repeat.ts';
import { prepareDemo } from './demo/prepare-demo.ts';
import { DomainError } from './platform/errors.ts';
import { errorFields, type Logger } from './platform/logger.ts';
import type { Service } from './platform/service.ts';
import { systemIds } from './platform/system-ports.ts';
import { systemActor } from './platform/actor.ts';
import { ensurePartitions } from './telemetry/partition-store.ts';

export interface App {
  readonly address: string;
  readonly natsUrl: string;
  stop(): Promise<void>;
}

/** What a person who starts it waits for, in this order. */
export type StartStep = 'postgres' | 'nats' | 'server';

async function listen(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
}

/**
 * THE composition root: everything is made, started in order and stopped in reverse here. Stopped while it starts, it
 * throws the signal's reason after stopping what was started.
 */
export async function startApp(
  config: Config,
  log: Logger,
  { onStep = () => undefined, signal }: { onStep?: (step: StartStep) => void; signal?: AbortSignal } = {},
): Promise<App> {
  const begun = (step: StartStep) => {
    signal?.throwIfAborted();
    onStep(step);
  };
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const step of stops.splice(0).reverse())
      await step().catch((error: unknown) => log.warn('app.stop-step-failed', errorFields(error)));
  };
  try {
    return { ...(await start(config, log, stops, begun)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  config: Config,
  log: Logger,
  stops: (() => Promise<void>)[],
  onStep: (step: StartStep) => void,
): Promise<Omit<App, 'stop'>> {
  const database = await openDatabase(config, log);
  stops.push(() => database.stop());
  onStep('postgres');
  const demo =
    config.kind === 'demo'
      ? await prepareDemo({
          demoDir: config.demoDir,
          dataDir: config.dataDir,
          asOwner: (work) => asOwner(database.adminUrl, work),
          ids: systemIds,
        })
      : null;
  const core = await createCore(config, database, log);
  if (core.installation.kind !== config.kind) {
    throw new DomainError(
      'unavailable',
      'installation.other-kind',
      `this database is a ${core.installation.kind} installation`,
    );
  }
  await core.db.withActor(systemActor('clock'), ensurePartitions);
  const run = async (services: readonly Service[]) => {
    for (const service of services) {
      await service.start();
      stops.push(() => service.stop());
    }
  };
  await run(core.services);

  const broker = await openBroker(config, core.db, log, () => undefined);
  stops.push(() => broker.stop());
  onStep('nats');
  const pages = createPages(core, config.allowedOrigins);
  const bus = new LiveBus({
    connection: broker.link.connection,
    instanceId: core.instanceId,
    clock: core.clock,
    local: pages.hub,
    hasReaders: () => pages.hub.pages.size > 0,
  });
  bus.start();
  stops.push(() => Promise.resolve(bus.stop()));
  const wanting = new Repeat({
    name: 'live-bus',
    everyMs: 4_000,
    timers: core.timers,
    log,
    work: () => Promise.resolve(bus.sayWanted()),
  });
  await run([wanting]);
  const ingest = createIngest(core, broker, {
    isWatched: (caseId) => bus.isWanted || pages.hub.isWatched(caseId),
    onNumerics: (items) => bus.onNumerics(items),
    onUnits: (units) => bus.onUnits(units),
  });
  const { role } = config;
  if (role === 'all' || role === 'ingest') await run(ingest.services);
  if (role === 'all' || role === 'clock') await run(createClock(core, config));

  const http = createHttp(core, {
    config,
    broker,
    ingest,
    pages,
    staticDir: existsSync(config.consoleDir) ? config.consoleDir : null,
  });
  const listener = getRequestListener(http.fetch);
  const server = createServer((request, response) => void listener(request, response));
  if (role === 'all' || role === 'api') {
    await run(pages.services);
    const door = broker.websocketUrl === null ? null : new WebsocketDoor({ url: broker.websocketUrl, log });
    stops.push(() => Promise.resolve(door?.stop()));
    attachUpgrades(server, {
      '/ws': (...upgrade) => pages.server.upgrade(...upgrade),
      ...(door ? { '/nats': (...upgrade) => door.upgrade(...upgrade) } : {}),
    });
  }
  await listen(server, config.httpHost, config.httpPort);
  stops.push(async () => {
    // Not awaited: it would wait for the pages' sockets, which are closed by a later step.
    server.close();
    server.closeAllConnections();
    await Promise.resolve();
  });
  const address = config.allowedOrigins[0] ?? `http://${config.httpHost}:${config.httpPort}`;
  if (demo) await demo.issueJwts(async (vehicle, nkeyPublic) => (await signFor(core, broker)(vehicle, nkeyPublic)).jwt);
  onStep('server');
  log.info('server.ready', { role, kind: config.kind, port: config.httpPort });
  return { address, natsUrl: broker.url };
}
