import type { Timers } from '../platform/ports.ts';
import type { Logger } from '../platform/logger.ts';
import { Repeat } from '../platform/repeat.ts';
import type { Service } from '../platform/service.ts';

export type VehicleStanding = 'known' | 'revoked' | 'unknown';

export interface VehicleRow {
  readonly vehicleId: string;
  readonly nkeyPublic: string;
  readonly isRevoked: boolean;
}

const REFRESH_MS = 5_000;

/** The inventory as of a few seconds ago: every vehicle verb checks it, whatever the broker let through. */
export class KnownVehicles implements Service {
  readonly name = 'known-vehicles';
  readonly #repeat: Repeat;
  #rows: ReadonlyMap<string, VehicleRow> = new Map();

  constructor(options: { read(): Promise<readonly VehicleRow[]>; timers: Timers; log: Logger }) {
    const work = async () => {
      this.#rows = new Map((await options.read()).map((row) => [row.vehicleId, row]));
    };
    this.#repeat = new Repeat({
      name: 'known-vehicles',
      everyMs: REFRESH_MS,
      timers: options.timers,
      log: options.log,
      work,
    });
    this.#first = work;
  }

  readonly #first: () => Promise<void>;

  async start(): Promise<void> {
    await this.#first();
    await this.#repeat.start();
  }

  stop(): Promise<void> {
    return this.#repeat.stop();
  }

  standing(vehicle: string): VehicleStanding {
    const row = this.#rows.get(vehicle);
    if (!row) return 'unknown';
    return row.isRevoked ? 'revoked' : 'known';
  }

  row(vehicle: string): VehicleRow | null {
    return this.#rows.get(vehicle) ?? null;
  }
}
