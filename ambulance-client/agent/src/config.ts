import * as v from 'valibot';
import { AgentError } from './agent-error.ts';
import { brokerAddresses } from './link/broker-address.ts';

const Port = v.pipe(v.string(), v.digits(), v.transform(Number), v.maxValue(65_535));
const Level = v.picklist(['debug', 'info', 'warn', 'error', 'silent']);

function areAddresses(text: string): boolean {
  try {
    return brokerAddresses(text).length > 0;
  } catch {
    return false;
  }
}

const Environment = v.object({
  PENTAD_VEHICLE_DIR: v.pipe(v.string(), v.minLength(1)),
  PENTAD_SERVER_URL: v.pipe(v.string(), v.url()),
  /** `tls://` or `nats://` and `wss://..../nats`, separated by commas; the agent measures which to use. */
  NATS_URL: v.pipe(
    v.string(),
    v.check((text) => areAddresses(text)),
  ),
  NATS_CA_FILE: v.optional(v.string()),
  PENTAD_JOURNAL_DIR: v.optional(v.string()),
  PENTAD_JOURNAL_MAX_MB: v.optional(v.pipe(v.string(), v.digits(), v.transform(Number), v.minValue(16)), '1024'),
  AGENT_PORT: v.optional(Port, '8181'),
  LOG_LEVEL: v.optional(Level, 'info'),
});

export interface AgentConfig {
  readonly vehicleDir: string;
  readonly journalDir: string;
  readonly serverUrl: string;
  readonly natsUrl: string;
  readonly natsCaFile: string | null;
  readonly maxJournalBytes: number;
  readonly apiPort: number;
  readonly logLevel: string;
}

/** The agent's settings, from the environment; the only place that reads it. Throws AgentError naming the variable. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): AgentConfig {
  const read = v.safeParse(Environment, environment);
  if (!read.success) {
    const name = read.issues[0].path?.[0]?.key;
    throw new AgentError('invalid', 'config.invalid', `${String(name)} is missing or invalid`);
  }
  const { output } = read;
  return {
    vehicleDir: output.PENTAD_VEHICLE_DIR,
    journalDir: output.PENTAD_JOURNAL_DIR ?? `${output.PENTAD_VEHICLE_DIR}/journal`,
    serverUrl: output.PENTAD_SERVER_URL,
    natsUrl: output.NATS_URL,
    natsCaFile: output.NATS_CA_FILE ?? null,
    maxJournalBytes: output.PENTAD_JOURNAL_MAX_MB * 1024 * 1024,
    apiPort: output.AGENT_PORT,
    logLevel: output.LOG_LEVEL,
  };
}
