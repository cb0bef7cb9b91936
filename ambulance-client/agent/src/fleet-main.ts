import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { AgentError } from './agent-error.ts';
import { startFleet } from './demo-fleet.ts';
import { pinoLog } from './platform/pino-log.ts';
import { runUntilSignal } from './platform/run-until-signal.ts';
import { readAmbulances, readScenarios } from './sources/recordings.ts';

const FleetConfig = v.object({
  /** One folder a vehicle, `01`, `02` .. in the order of county.json. */
  vehiclesDir: v.string(),
  natsUrl: v.string(),
  serverUrl: v.string(),
  recordingsDir: v.string(),
  demoDir: v.string(),
  /** No cases: every vehicle stands at its gate. */
  isQuiet: v.optional(v.boolean(), false),
  isRepeating: v.optional(v.boolean(), true),
  logLevel: v.optional(v.string(), 'info'),
});

function readFleetConfig(path: string | undefined): v.InferOutput<typeof FleetConfig> {
  if (path === undefined) throw new AgentError('invalid', 'fleet.no-config', 'usage: fleet-main CONFIG.json');
  return v.parse(v.pipe(v.string(), v.parseJson(), FleetConfig), readFileSync(path, 'utf8'));
}

const config = readFleetConfig(process.argv[2]);
const log = pinoLog({ level: config.logLevel });

await runUntilSignal(log, () => {
  const scenarios = config.isQuiet ? [] : readScenarios(config.demoDir);
  const vehicles = readAmbulances(config.demoDir).map(({ driveId, numericsId }, index) => ({
    vehicleDir: join(config.vehiclesDir, String(index + 1).padStart(2, '0')),
    driveId,
    numericsId,
    scenario: scenarios.find(({ ambulanceIndex }) => ambulanceIndex === index) ?? null,
  }));
  const { natsUrl, serverUrl, recordingsDir, isRepeating } = config;
  const fleet = startFleet({ vehicles, natsUrl, serverUrl, recordingsDir, isRepeating, log });
  log.info('fleet.started', { vehicles: fleet.agents.length });
  return Promise.resolve({ ready: { vehicles: fleet.agents.length }, stop: () => fleet.stop() });
});
