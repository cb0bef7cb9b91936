import { ruleSet } from '@pentad/clinical/rule-sets/pentad-2';
import { createAgent, defaultLimits } from './agent.ts';
import type { Agent } from './agent-types.ts';
import { VehicleRules } from './cases/vehicle-rules.ts';
import { SqliteShelf } from './journal/sqlite-shelf.ts';
import { brokerAddresses } from './link/broker-address.ts';
import { ChosenLink } from './link/choose-link.ts';
import { LinkGate } from './link/link-gate.ts';
import { HttpSecondPath } from './link/http-second-path.ts';
import { natsWays, vehicleAuthenticator } from './link/nats-way.ts';
import { withFields } from './platform/pino-log.ts';
import { systemClock, systemRandom, systemTimers } from './platform/system-ports.ts';
import { vehicleFolder } from './platform/vehicle-folder.ts';
import type { Log } from './ports.ts';

export interface VehicleOptions {
  readonly vehicleDir: string;
  readonly journalDir: string;
  /** One or more, separated by commas. */
  readonly natsUrl: string;
  readonly natsCaFile: string | null;
  readonly serverUrl: string;
  readonly maxJournalBytes: number;
  readonly log: Log;
}

/** One vehicle's agent on the real clock, disk, broker and HTTPS. The gate closes both ways out, for scripted dead spots. */
export function openVehicle(options: VehicleOptions): { readonly agent: Agent; readonly gate: LinkGate } {
  const credentials = vehicleFolder(options.vehicleDir);
  const log = withFields(options.log, { vehicle: credentials.vehicle });
  const ports = { clock: systemClock, timers: systemTimers, random: systemRandom, log };
  const ways = natsWays(brokerAddresses(options.natsUrl), {
    ...ports,
    vehicle: credentials.vehicle,
    authenticator: vehicleAuthenticator(
      () => credentials.jwt(),
      () => credentials.seed(),
    ),
    caFile: options.natsCaFile,
    pubAckTimeoutMs: defaultLimits.pubAckTimeoutMs,
  });
  const broker = new ChosenLink({ ...ports, ways });
  const secondPath = new HttpSecondPath({
    serverUrl: options.serverUrl,
    credentials,
    monotonicMs: () => systemClock.monotonicMs(),
  });
  const gate = new LinkGate(broker, secondPath);
  const agent = createAgent({
    ...ports,
    credentials,
    shelf: new SqliteShelf(options.journalDir),
    broker: gate.broker,
    secondPath: gate.secondPath,
    rules: new VehicleRules(ruleSet),
    limits: { maxJournalBytes: options.maxJournalBytes },
  });
  return { agent, gate };
}
