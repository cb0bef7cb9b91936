import path from 'node:path';
import * as v from 'valibot';
import { failpointNames } from './platform/failpoint.ts';

const Port = v.pipe(v.string(), v.digits(), v.transform(Number), v.maxValue(65_535));
const LoopbackHost = ['127.0.0.1', 'localhost', '::1'];

const viewName = /^[\p{L}_][\p{L}\p{N}_$]{0,62}(\.[\p{L}_][\p{L}\p{N}_$]{0,62})?$/u;

/** Every variable the server reads; compose and docs are checked against this list. */
const Environment = v.object({
  /** A PostgreSQL login that may create roles and owns the database. Absent: an embedded PostgreSQL is run. */
  DATABASE_URL: v.optional(v.string()),
  /** Absent: a nats-server is found or fetched and run. */
  NATS_URL: v.optional(v.string()),
  /** Where that broker listens for WebSocket, plain, `ws://host:port`; vehicles reach it at /nats. Absent: no /nats. */
  NATS_WEBSOCKET_URL: v.optional(v.pipe(v.string(), v.url(), v.regex(/^ws:\/\/[^/]+:\d+\/?$/))),
  /** Where the operator's, accounts' and signing keys lie (0600); default: in the data directory. */
  NATS_OPERATOR_DIR: v.optional(v.string()),
  NATS_SERVER_PATH: v.optional(v.string()),
  PENTAD_DATA_DIR: v.optional(v.string(), '.pentad'),
  PENTAD_KIND: v.optional(v.picklist(['demo', 'production']), 'demo'),
  PENTAD_ROLE: v.optional(v.picklist(['all', 'api', 'ingest', 'clock']), 'all'),
  /** 32 bytes as hex, kept outside the database; default: made once in the data directory. */
  PENTAD_KEK_FILE: v.optional(v.string()),
  PENTAD_DEMO_DIR: v.optional(v.string()),
  PENTAD_MIGRATIONS_DIR: v.optional(v.string()),
  PENTAD_CONSOLE_DIR: v.optional(v.string()),
  HTTP_HOST: v.optional(v.string(), '127.0.0.1'),
  HTTP_PORT: v.optional(Port, '8080'),
  /** The address people open, e.g. https://pentad.example; default: http://localhost:<port>. */
  PUBLIC_ORIGIN: v.optional(v.pipe(v.string(), v.url())),
  LOG_LEVEL: v.optional(v.picklist(['debug', 'info', 'warn', 'error', 'silent']), 'info'),
  ESCALATION_WEBHOOK_URL: v.optional(v.string()),
  ESCALATION_WEBHOOK_SECRET_FILE: v.optional(v.string()),
  /** The name its jobs are counted under, as the `--name` of its token; what the view and the directory bring is its. */
  DISPATCH_CENTRE: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/)), 'dispatch-120'),
  /** A PostgreSQL of the dispatch centre, by a login that may read one view; read every 5 s, never written. */
  DISPATCH_SQL_URL: v.optional(v.string()),
  /** `view` or `schema.view`; its columns stand in docs/operations.md. */
  DISPATCH_SQL_VIEW: v.optional(v.union([v.literal(''), v.pipe(v.string(), v.regex(viewName))])),
  /** A directory into which the dispatch centre lays CSV files; taken ones go to done/ or failed/ in it. */
  DISPATCH_CSV_DIR: v.optional(v.string()),
  /** Which routing service estimates arrivals; none: great circle x detour, without asking anybody. */
  ROUTER_KIND: v.optional(v.picklist(['', 'none', 'osrm', 'valhalla']), 'none'),
  /** Its address, http or https, without password or query. Positions of vehicles are sent there and nothing else. */
  ROUTER_URL: v.optional(v.string()),
  /** Waveforms are kept this many days, at least the eleven in which late ones may still come. */
  WAVEFORM_DAYS: v.optional(
    v.pipe(v.string(), v.digits(), v.transform(Number), v.minValue(12), v.maxValue(3_650)),
    '90',
  ),
  /** A JSON file with the site's changes of the rules (docs/rule-sets.md); unreadable or wrong: the server does not start. */
  RULE_OVERLAY: v.optional(v.string()),
  /** Fault runs only: kills the process at a named place. Refused for a production installation outside a fault run. */
  PENTAD_FAILPOINT: v.optional(v.picklist(failpointNames)),
  /** Set to 1 by the fault suite alone: its servers have a PostgreSQL and a broker of the harness, so they are of kind production. */
  PENTAD_FAULT_RUN: v.optional(v.literal('1')),
});

export const configKeys: readonly string[] = Object.keys(Environment.entries);

export type Role = 'all' | 'api' | 'ingest' | 'clock';

export interface Config {
  readonly databaseUrl: string | null;
  readonly natsUrl: string | null;
  readonly natsWebsocketUrl: string | null;
  readonly natsOperatorDir: string;
  readonly natsServerPath: string | null;
  readonly dataDir: string;
  readonly kind: 'demo' | 'production';
  readonly role: Role;
  readonly kekFile: string;
  readonly demoDir: string;
  readonly migrationsDir: string;
  readonly consoleDir: string;
  readonly httpHost: string;
  readonly httpPort: number;
  readonly allowedOrigins: readonly string[];
  readonly logLevel: string;
  readonly waveformDays: number;
  readonly webhookUrl: string | null;
  readonly webhookSecretFile: string | null;
  readonly dispatchCentre: string;
  readonly dispatchView: { readonly url: string; readonly view: string } | null;
  readonly dispatchCsvDir: string | null;
  readonly router: { readonly kind: 'osrm' | 'valhalla'; readonly url: string } | null;
  readonly ruleOverlayFile: string | null;
  readonly failpoint: (typeof failpointNames)[number] | null;
  /** Passed on to the finder of nats-server, which needs HOME and proxies. */
  readonly environment: NodeJS.ProcessEnv;
}

export class ConfigError extends Error {}

/** A demo lives on loopback with its own database and never becomes anything else (design.md, Running it). */
function refuseUnsafeDemo(kind: string, databaseUrl: string | undefined, host: string): void {
  if (kind !== 'demo') return;
  if (databaseUrl !== undefined)
    throw new ConfigError('a demo server refuses DATABASE_URL; set PENTAD_KIND=production');
  if (!LoopbackHost.includes(host))
    throw new ConfigError('a demo server binds to loopback only; set PENTAD_KIND=production');
}

/** Empty is absent: that is how compose passes on what nobody set. */
function dispatchViewOf(read: v.InferOutput<typeof Environment>): Config['dispatchView'] {
  const [url, view] = [read.DISPATCH_SQL_URL ?? '', read.DISPATCH_SQL_VIEW ?? ''];
  if ((url === '') !== (view === '')) throw new ConfigError('DISPATCH_SQL_URL and DISPATCH_SQL_VIEW go together');
  if (url === '') return null;
  if (read.PENTAD_KIND === 'demo')
    throw new ConfigError('a demo server refuses DISPATCH_SQL_URL: no real patient is shown in a demo');
  return { url, view };
}

function routerOf(read: v.InferOutput<typeof Environment>): Config['router'] {
  const [kind, url] = [read.ROUTER_KIND || 'none', read.ROUTER_URL ?? ''];
  if ((kind === 'none') !== (url === '')) throw new ConfigError('ROUTER_KIND and ROUTER_URL go together');
  if (kind === 'none') return null;
  const { protocol, username, password, search, hash } = URL.canParse(url) ? new URL(url) : new URL('about:blank');
  if (!/^https?:$/.test(protocol) || username || password || search || hash)
    throw new ConfigError('ROUTER_URL is http or https, without password or query');
  return { kind, url };
}

/** The only reader of the environment. @throws ConfigError with a sentence for the person who starts the server */
export function readConfig(env: NodeJS.ProcessEnv, root: string): Config {
  const parsed = v.safeParse(Environment, env);
  if (!parsed.success) {
    const names = parsed.issues.map((issue) => v.getDotPath(issue)).join(', ');
    throw new ConfigError(`not understood: ${names}`);
  }
  const read = parsed.output;
  refuseUnsafeDemo(read.PENTAD_KIND, read.DATABASE_URL, read.HTTP_HOST);
  if ((read.ESCALATION_WEBHOOK_URL === undefined) !== (read.ESCALATION_WEBHOOK_SECRET_FILE === undefined)) {
    throw new ConfigError('ESCALATION_WEBHOOK_URL and ESCALATION_WEBHOOK_SECRET_FILE go together');
  }
  const dispatchView = dispatchViewOf(read);
  const isFaultRun = read.PENTAD_FAULT_RUN !== undefined || read.PENTAD_KIND === 'demo';
  if (!isFaultRun && read.PENTAD_FAILPOINT !== undefined)
    throw new ConfigError('PENTAD_FAILPOINT is for fault runs only');
  const dataDir = path.resolve(read.PENTAD_DATA_DIR);
  const inData = (name: string) => path.join(dataDir, name);
  return {
    databaseUrl: read.DATABASE_URL ?? null,
    natsUrl: read.NATS_URL ?? null,
    natsWebsocketUrl: read.NATS_WEBSOCKET_URL ?? null,
    natsOperatorDir: read.NATS_OPERATOR_DIR ?? inData('operator'),
    natsServerPath: read.NATS_SERVER_PATH ?? null,
    dataDir,
    kind: read.PENTAD_KIND,
    role: read.PENTAD_ROLE,
    kekFile: read.PENTAD_KEK_FILE ?? inData('key-encryption-key'),
    demoDir: path.resolve(read.PENTAD_DEMO_DIR ?? path.join(root, 'fixtures/demo')),
    migrationsDir: path.resolve(read.PENTAD_MIGRATIONS_DIR ?? path.join(root, 'migrations')),
    consoleDir: path.resolve(read.PENTAD_CONSOLE_DIR ?? path.join(root, 'console/dist')),
    httpHost: read.HTTP_HOST,
    httpPort: read.HTTP_PORT,
    allowedOrigins: originsOf(read.PUBLIC_ORIGIN, read.HTTP_PORT),
    logLevel: read.LOG_LEVEL,
    waveformDays: read.WAVEFORM_DAYS,
    webhookUrl: read.ESCALATION_WEBHOOK_URL ?? null,
    webhookSecretFile: read.ESCALATION_WEBHOOK_SECRET_FILE ?? null,
    dispatchCentre: read.DISPATCH_CENTRE,
    dispatchView,
    dispatchCsvDir: read.DISPATCH_CSV_DIR ? path.resolve(read.DISPATCH_CSV_DIR) : null,
    router: routerOf(read),
    ruleOverlayFile: read.RULE_OVERLAY ? path.resolve(read.RULE_OVERLAY) : null,
    failpoint: read.PENTAD_FAILPOINT ?? null,
    environment: env,
  };
}

const originsOf = (publicOrigin: string | undefined, port: number): readonly string[] =>
  publicOrigin === undefined
    ? [`http://localhost:${port}`, `http://127.0.0.1:${port}`]
    : [new URL(publicOrigin).origin];
