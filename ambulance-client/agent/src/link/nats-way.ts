import { jetstream } from '@nats-io/jetstream';
import type { VehicleId } from '@pentad/protocol/ids';
import { laneOf } from '@pentad/protocol/lane';
import { askSubject, heartbeatSubject, upSubject } from '@pentad/protocol/subjects';
import { jwtAuthenticator, type Authenticator } from '@nats-io/transport-node';
import { codeOf } from '../agent-error.ts';
import type { DownlinkKind, Log, Timers } from '../ports.ts';
import type { BrokerAddress } from './broker-address.ts';
import type { Line, Way } from './broker-way.ts';
import { dialNats, type Dialled } from './nats-dial.ts';
import { keepErrorsHeard } from './socket-guard.ts';

const PING_INTERVAL_MS = 10_000;
const PINGS_OUT = 3;
/** TCP, INFO, TLS and CONNECT are four round trips: of a link behind a mountain that is seven seconds and more. */
const OPEN_WITHIN_MS = 15_000;
const CLOSE_WITHIN_MS = 500;

export interface NatsWayOptions {
  readonly vehicle: VehicleId;
  /** null: a broker without accounts, as in tests. */
  readonly authenticator: Authenticator | null;
  /** Path of the CA the broker's certificate must come from; null: the system's. */
  readonly caFile: string | null;
  readonly timers: Timers;
  readonly log: Log;
  readonly pubAckTimeoutMs: number;
}

/** Reads the newest JWT at each connect: a renewed one is used without a new process (broker.md, Expiry). */
export const vehicleAuthenticator = (jwt: () => string, seed: () => Uint8Array): Authenticator =>
  jwtAuthenticator(jwt, () => seed());

const kindOf = (subject: string): DownlinkKind | null => {
  const kind = subject.split('.').at(-1);
  return kind === 'rcpt' || kind === 'case' ? kind : null;
};

/** Publishes by JetStream and asks by core NATS; a vehicle never names the JetStream API. */
function lineOver({ connection, cut }: Dialled, options: NatsWayOptions): Line {
  const { vehicle, timers, log, pubAckTimeoutMs } = options;
  const stream = jetstream(connection);
  keepErrorsHeard(connection);
  void (async () => {
    for await (const status of connection.status()) {
      // The client would first write out what nobody reads any more.
      if (status.type === 'staleConnection') cut();
      else if (status.type === 'error') log.warn('link.error', { code: codeOf(status.error) });
    }
  })();
  return {
    ended: connection.closed().then(() => undefined),
    hear: (downlink) => {
      connection.subscribe(`pentad.v1.dn.${vehicle}.>`, {
        callback: (error, message) => {
          const kind = error ? null : kindOf(message.subject);
          if (kind) downlink(kind, message.data);
        },
      });
    },
    publish: async (road, bytes) => {
      await stream.publish(upSubject(vehicle, road), bytes, {
        // What is big takes its time on a narrow link; given up too early it would only go again.
        timeout: laneOf(road) === 'med' || laneOf(road) === 'wav' ? 2 * pubAckTimeoutMs : pubAckTimeoutMs,
        retries: 1,
      });
    },
    ask: async (ask, bytes, timeoutMs) => {
      const subject = ask === 'hb' ? heartbeatSubject(vehicle) : askSubject(vehicle, ask);
      return (await connection.request(subject, bytes, { timeout: timeoutMs })).data;
    },
    close: async () => {
      const withdraw = timers.after(CLOSE_WITHIN_MS, cut);
      // Over it is, whatever it said last.
      await connection.close().catch(() => cut());
      withdraw();
    },
  };
}

/** The ways to the brokers of these addresses. */
export const natsWays = (addresses: readonly BrokerAddress[], options: NatsWayOptions): readonly Way[] =>
  addresses.map((address) => ({
    kind: address.kind,
    open: async () => {
      const { vehicle, authenticator, caFile, timers } = options;
      const dialled = await dialNats(
        address,
        {
          name: vehicle,
          inboxPrefix: `_INBOX.${vehicle}`,
          ignoreClusterUpdates: true,
          pingInterval: PING_INTERVAL_MS,
          maxPingOut: PINGS_OUT,
          timeout: 2 * OPEN_WITHIN_MS,
          noAsyncTraces: true,
          ...(authenticator ? { authenticator } : {}),
        },
        caFile,
        (act) => timers.after(OPEN_WITHIN_MS, act),
      );
      return lineOver(dialled, options);
    },
  }));
