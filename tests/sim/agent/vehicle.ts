import { createAgent } from '@pentad/agent/agent';
import type { Agent } from '@pentad/agent/agent-types';
import type { Clock, Credentials } from '@pentad/agent/ports';
import { VehicleId, type CaseId } from '@pentad/protocol/ids';
import type { Receipt } from '@pentad/protocol/receipt';
import * as v from 'valibot';
import type { SimBroker } from '../broker/sim-broker.ts';
import { VehicleLink } from '../broker/vehicle-link.ts';
import { Path } from '../network/path.ts';
import type { Instance } from '../server/instance.ts';
import { Life } from '../world/life.ts';
import { quietLog } from '../world/quiet-log.ts';
import type { Rng } from '../world/rng.ts';
import type { World } from '../world/world.ts';
import { WatchedShelf, type Ledger } from './ledger.ts';
import { HttpPath } from './second-path.ts';

export interface VehicleOptions {
  readonly world: World;
  readonly rng: Rng;
  readonly name: string;
  readonly broker: SimBroker;
  readonly ledger: Ledger;
  readonly clockErrorMs: number;
  readonly horizon: () => string;
  readonly server: () => Instance | null;
  readonly twiceShare: () => number;
  readonly onReceipt: (vehicle: string, receipt: Receipt) => void;
  readonly onHeard: (vehicle: Vehicle) => void;
}

const PUB_ACK_TIMEOUT_MS = 5_000;

/** One ambulance: its disk, its radio, and the agent that may stop and start. */
export class Vehicle {
  readonly id: VehicleId;
  readonly radio: { readonly up: Path; readonly down: Path; readonly httpUp: Path; readonly httpDown: Path };
  readonly #options: VehicleOptions;
  readonly #epochsLost: string[] = [];
  #shelf: WatchedShelf;
  #running: { readonly agent: Agent; readonly life: Life; readonly link: VehicleLink } | null = null;
  #boots = 0;
  clockErrorMs: number;
  /** Cases its crew opened, whatever became of the journal since. */
  readonly caseIds: CaseId[] = [];

  constructor(options: VehicleOptions) {
    const { world, rng, name } = options;
    this.#options = options;
    this.id = v.parse(VehicleId, `${name}-${rng.between(100_000, 999_999)}`);
    this.clockErrorMs = options.clockErrorMs;
    const path = (part: string) => new Path(world, `${name} ${part}`, rng.pick([20, 40, 80, 400]));
    this.radio = { up: path('up'), down: path('down'), httpUp: path('http-up'), httpDown: path('http-down') };
    this.#shelf = new WatchedShelf(rng, options.ledger);
  }

  get agent(): Agent | null {
    return this.#running?.agent ?? null;
  }

  get shelf(): WatchedShelf {
    return this.#shelf;
  }

  /** Epochs whose journal was wiped: what they had not sent is lost with the disk. */
  get epochsLost(): readonly string[] {
    return this.#epochsLost;
  }

  start(): void {
    if (this.#running) return;
    const { world, rng, name, broker, twiceShare, server, horizon, onReceipt, onHeard } = this.#options;
    const life = new Life(world, `${name} boot ${(this.#boots += 1)}`);
    const bootedAtMs = world.nowMs;
    const clock: Clock = { nowMs: () => world.nowMs + this.clockErrorMs, monotonicMs: () => world.nowMs - bootedAtMs };
    const heard = () => onHeard(this);
    const { up, down, httpUp, httpDown } = this.radio;
    const link = new VehicleLink({
      vehicle: this.id,
      broker,
      life,
      up,
      down,
      pubAckTimeoutMs: PUB_ACK_TIMEOUT_MS,
      twiceShare,
      onHeard: heard,
    });
    const secondPath = new HttpPath({
      vehicle: this.id,
      life,
      up: httpUp,
      down: httpDown,
      horizon,
      server,
      onHeard: heard,
      onReceipt: (receipt) => onReceipt(this.id, receipt),
    });
    const agent = createAgent({
      credentials: credentialsOf(this.id),
      clock,
      timers: life,
      random: (count) => rng.bytes(count),
      log: quietLog(world, name),
      shelf: this.#shelf,
      broker: link,
      secondPath,
    });
    this.#running = { agent, life, link };
    agent.start();
    world.note('agent', `${name} up ${agent.status().epoch.slice(0, 6)}`);
  }

  crash(isWiped: boolean): void {
    if (!this.#running) return;
    const { world, name, rng, ledger } = this.#options;
    this.#running.life.end();
    this.#running = null;
    for (const path of Object.values(this.radio)) path.reset();
    world.note('agent', `${name} crashed${isWiped ? ' and wiped' : ''}`);
    if (!isWiped) return;
    const epoch = this.#shelf.journal?.epoch;
    if (epoch) this.#epochsLost.push(epoch);
    this.#shelf = new WatchedShelf(rng, ledger);
  }

  radioDown(): void {
    for (const path of Object.values(this.radio)) path.goDown();
    this.#running?.link.pathWentDown();
  }

  radioUp(isHttpUp: boolean): void {
    this.radio.up.comeUp();
    this.radio.down.comeUp();
    if (!isHttpUp) return;
    this.radio.httpUp.comeUp();
    this.radio.httpDown.comeUp();
  }
}

const credentialsOf = (vehicle: VehicleId): Credentials => ({
  vehicle,
  callSign: vehicle,
  jwt: () => 'jwt',
  jwtLife: () => ({ issuedAtMs: 0, expiresAtMs: null }),
  replaceJwt: () => undefined,
  sign: () => 'signature',
});
