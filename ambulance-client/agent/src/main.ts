import { codeOf } from './agent-error.ts';
import { readConfig } from './config.ts';
import { localApi } from './local-api.ts';
import { serveOnLoopback } from './platform/loopback-server.ts';
import { pinoLog } from './platform/pino-log.ts';
import { runUntilSignal } from './platform/run-until-signal.ts';
import { openVehicle } from './vehicle.ts';

const config = readConfig();
const log = pinoLog({ level: config.logLevel });

await runUntilSignal(log, async () => {
  const { agent } = openVehicle({ ...config, log });
  agent.start();
  const api = await serveOnLoopback(localApi(agent, log), config.apiPort);
  log.info('agent.started', { vehicle: agent.vehicle, port: api.port });
  return {
    ready: { vehicle: agent.vehicle, port: api.port },
    stop: async () => {
      await api.close().catch((error: unknown) => log.warn('local-api.close-failed', { code: codeOf(error) }));
      await agent.stop();
    },
  };
});
