import type { DownlinkPage } from '@pentad/protocol/downlink';
import type { Directory } from '../desks/directory.ts';
import type { DispatchDoor } from '../dispatch/dispatch-door.ts';
import type { CaseReads } from '../people/case-reads.ts';
import type { PeoplePorts } from '../people/people-ports.ts';
import type { Logger } from '../platform/logger.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { Clock, Ids, Timers } from '../platform/ports.ts';
import type { AnswerPorts } from '../pre-alerts/answer-pre-alert.ts';
import type { Ladder } from '../pre-alerts/ladder.ts';
import type { Offered } from '../uplink/receive-item.ts';
import type { SignVehicleJwt } from '../vehicles/renew-jwt.ts';
import type { FleetKeys } from '../vehicles/vehicle-token.ts';
import type { Vault } from '../vault/vault.ts';

export interface Installation {
  readonly kind: 'demo' | 'production';
  readonly nameZh: string;
  readonly nameEn: string;
  readonly centerLatitudeDeg: number;
  readonly centerLongitudeDeg: number;
}

export interface Readiness {
  readonly postgres: boolean;
  readonly nats: boolean;
  readonly streams: boolean;
  readonly feed: boolean;
}

export interface DownlinkReader {
  page(vehicle: string, after: number): Promise<DownlinkPage>;
  lastNumber(vehicle: string): Promise<number>;
  /** Resolves when there is something after the cursor, or when the time is over. */
  wait(vehicle: string, after: number, timeoutMs: number): Promise<void>;
}

/** Everything the HTTP edge takes from the app; app.ts alone fills it. */
export interface HttpPorts {
  readonly db: PeoplePorts['db'];
  readonly clock: Clock;
  readonly ids: Ids;
  readonly timers: Timers;
  readonly log: Logger;
  readonly installation: Installation;
  directory(): Directory;

  readonly answers: AnswerPorts;
  readonly ladder: Ladder;
  readonly vault: Vault;
  readonly reads: CaseReads;

  readonly receiver: { receive(offered: Offered): void };
  /** Notes that a vehicle's journal was heard by this road too. */
  hearEpoch(vehicle: string, epoch: string): Promise<unknown>;
  /** The database's restore generation, as in every receipt. */
  horizon(): string;
  readonly downlink: DownlinkReader;
  readonly dispatch: DispatchDoor;
  readonly fleet: FleetKeys;
  readonly signVehicleJwt: SignVehicleJwt;

  /** Origins a browser may act from, such as `http://127.0.0.1:8080`; read at each request. */
  allowedOrigins(): readonly string[];
  /** The built console, or null where none is served. */
  readonly staticDir: string | null;
  readonly metrics: Metrics;
  readiness(): Promise<Readiness>;
  /** As in /openapi.json. */
  readonly version: string;
}
