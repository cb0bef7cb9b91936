import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AckPolicy, DeliverPolicy } from '@nats-io/jetstream';
import { findFreePort } from '@pentad/server/embedded/loopback-port';
import { DEMO_PASSWORD } from '@pentad/server/demo/prepare-demo';
import { upSubject } from '@pentad/protocol/subjects';
import type { ConsoleOrder, PageOrder } from '../consoles/console-orders.ts';
import { caseIdOf, watchedBy } from '../fleet/fleet.ts';
import { pipeEnvironment } from '../pipe/pipe-config.ts';
import { Child } from './child.ts';
import { PIPE_CONSUMER, PIPE_STREAM, PIPE_SUBJECT } from './pipe-stream.ts';
import { deskNurses, PAGES_A_PERSON, watcherLogin } from './seed-stand.ts';
import { probeOptions } from './server-memory.ts';
import { freeShards, holdShards } from './shards.ts';
import type { Stand } from './stand.ts';

export type PipelineName = 'floor' | 'product' | 'drizzle' | 'against';

/** One of the programs that are compared. */
export interface Pipeline {
  readonly name: PipelineName;
  readonly table: string;
  readonly stream: string;
  subject(vehicle: string): string;
  /** Starts the process and lets the consoles in; it takes nothing off the stream yet. */
  start(vehicles: number, consoles: number, askConsoles: (order: ConsoleOrder) => Promise<unknown>): Promise<Started>;
}

export interface Started {
  readonly child: Child;
  /** Where its pages come from. */
  readonly origin: string;
  readonly begin: () => Promise<void>;
}

/** Made anew each time: none of its deliveries is left over. */
async function makeConsumer({ manager }: Stand): Promise<void> {
  await manager.consumers.delete(PIPE_STREAM, PIPE_CONSUMER).catch(() => false);
  await manager.consumers.add(PIPE_STREAM, {
    durable_name: PIPE_CONSUMER,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: 30_000_000_000,
    max_deliver: -1,
    max_ack_pending: 8_000,
  });
}

export function pipePipeline(stand: Stand, name: 'floor' | 'drizzle'): Pipeline {
  return {
    name,
    table: `bench.${name}`,
    stream: PIPE_STREAM,
    subject: () => PIPE_SUBJECT,
    start: async (_vehicles, consoles, askConsoles) => {
      await makeConsumer(stand);
      const config = {
        natsUrl: stand.broker.url,
        ...stand.user,
        postgresUrl: stand.database.adminUrl,
        stream: PIPE_STREAM,
        consoles,
      };
      const child = new Child({
        bundle: `${name}-process.js`,
        environment: pipeEnvironment(config),
        logPath: stand.logPath(name),
      });
      const port = await child.heard((message) => (message as { port?: number }).port ?? null);
      await askConsoles({ do: 'open-pipe', url: `ws://127.0.0.1:${port}`, consoles });
      return { child, origin: `ws://127.0.0.1:${port}`, begin: () => child.ask({}).then(() => undefined) };
    },
  };
}

/** The server makes its streams anew: checkouts may differ in them. */
async function dropProductStreams({ manager }: Stand): Promise<void> {
  const names: string[] = [];
  for await (const { config } of manager.streams.list()) if (config.name !== PIPE_STREAM) names.push(config.name);
  for (const name of names) await manager.streams.delete(name);
}

async function productStreamsMade({ manager }: Stand): Promise<void> {
  for (let known = 1; ;) {
    let count = 0;
    for await (const _ of manager.streams.list()) count += 1;
    if (count > 1 && count === known) return;
    known = count;
    await pause(500);
  }
}

function pagesOf(vehicles: number, consoles: number): PageOrder[] {
  return Array.from({ length: consoles }, (_, console) => ({
    login: watcherLogin(Math.floor(console / PAGES_A_PERSON)),
    password: DEMO_PASSWORD,
    caseIds: watchedBy(console, vehicles, consoles).map(caseIdOf),
    deskId: null,
  }));
}

export interface ProductOptions {
  readonly name: 'product' | 'against';
  readonly bundle: string;
  readonly profileDir: string | null;
  /** Its memory can be asked for (`memoryOf`). */
  readonly isProbed?: boolean;
  /** Opened after the consoles. */
  readonly morePages?: readonly PageOrder[];
}

/** The real server, whole, as `npm start` bundles it; production kind, since that takes database and broker from outside. */
export function productPipeline(
  stand: Stand,
  { name, bundle, profileDir, isProbed = false, morePages = [] }: ProductOptions,
): Pipeline {
  const profiling = profileDir === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`];
  return {
    name,
    table: 'numerics',
    stream: 'VIT',
    subject: (vehicle) => upSubject(vehicle, 'vit'),
    start: async (vehicles, consoles, askConsoles) => {
      await holdShards(stand.sql);
      await dropProductStreams(stand);
      const port = await findFreePort();
      const child = new Child({
        bundle,
        logPath: stand.logPath(name),
        nodeOptions: isProbed ? [...profiling, ...probeOptions] : profiling,
        environment: {
          PENTAD_KIND: 'production',
          PENTAD_DATA_DIR: stand.dataDir,
          PENTAD_MIGRATIONS_DIR: path.resolve(import.meta.dirname, '../../migrations'),
          DATABASE_URL: stand.database.adminUrl,
          NATS_URL: stand.broker.url,
          HTTP_PORT: String(port),
          LOG_LEVEL: 'warn',
        },
      });
      await child.heard((message) => ((message as { ready?: object }).ready ? true : null));
      await productStreamsMade(stand);
      const nurses = (await deskNurses(stand.sql)).map(({ login, deskId }) => ({
        login,
        password: DEMO_PASSWORD,
        caseIds: [],
        deskId,
      }));
      const pages = [...pagesOf(vehicles, consoles), ...nurses, ...morePages];
      const origin = `http://127.0.0.1:${port}`;
      await askConsoles({ do: 'open-product', origin, pages });
      return { child, origin, begin: () => freeShards(stand.sql) };
    },
  };
}
