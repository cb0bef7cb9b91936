import { Directory } from '../desks/directory.ts';
import { createMetrics } from '../platform/metrics.ts';
import type { LogFields } from '../platform/logger.ts';
import { defaultLadder } from '../pre-alerts/ladder.ts';
import { createAesVault } from '../vault/aes-vault.ts';
import type { HttpPorts } from './ports.ts';

export interface LoggedLine {
  readonly code: string;
  readonly fields: LogFields;
}

const never = () => Promise.reject(new Error('not in this test'));
const unreachable = () => {
  throw new Error('not in this test');
};

/** Ports of an edge with nothing behind it: what is not given fails when it is used. */
export function bareHttpPorts(logged: LoggedLine[], some: Partial<HttpPorts> = {}): HttpPorts {
  const note = (code: string, fields: LogFields = {}) => void logged.push({ code, fields });
  let made = 0;
  return {
    db: { withActor: () => Promise.reject(new Error('canary: relation "staff" holds 张建国')) },
    clock: { nowMs: () => 1_000 },
    ids: { next: () => `request-${(made += 1)}` },
    timers: { after: () => () => undefined },
    log: { info: note, warn: note, error: note },
    installation: {
      kind: 'production',
      nameZh: '试县',
      nameEn: 'Test county',
      centerLatitudeDeg: 31,
      centerLongitudeDeg: 121,
    },
    directory: () => new Directory([]),
    answers: { units: { change: never }, plans: { begin: unreachable } },
    ladder: defaultLadder,
    vault: createAesVault(Buffer.alloc(32)),
    reads: { readCase: never, readIdentity: never, readWrappedKey: never, numericsBetween: never, readVehicles: never },
    receiver: { receive: unreachable },
    hearEpoch: never,
    horizon: () => 'horizon-1',
    downlink: { page: never, lastNumber: never, wait: never },
    dispatch: { receive: never, readJobCard: never },
    fleet: { accountPublicKey: 'A', signerPublicKeys: [] },
    signVehicleJwt: never,
    allowedOrigins: () => ['http://127.0.0.1:8080'],
    staticDir: null,
    metrics: createMetrics(() => 7),
    readiness: async () => ({ postgres: true, nats: true, streams: true, feed: true }),
    version: 'test',
    ...some,
  };
}
