import { randomUUID } from 'node:crypto';
import type { CaseId } from '@pentad/protocol/ids';
import { firedSteps } from './ladder-clock.ts';
import type { RegionPostgres } from './region-postgres.ts';
import { startRegion, type Region } from './region.ts';
import type { ServerProcess } from './server-process.ts';
import { signIn } from './staff-session.ts';
import { TestVehicle } from './test-vehicle.ts';
import { failing, newCaseId } from './vehicle-capture.ts';
import { waitUntil } from './wait-until.ts';

const SHARD = 3;

/** One vehicle, one case and one nurse around a server that is about to die. */
export class CrashScene {
  readonly region: Region;
  readonly vehicle: TestVehicle;
  readonly caseId: CaseId = newCaseId();
  server: ServerProcess | null = null;
  readonly #opId = randomUUID();

  constructor(region: Region, vehicle: TestVehicle) {
    this.region = region;
    this.vehicle = vehicle;
  }

  async openCase(): Promise<void> {
    this.vehicle.capture.openCase(this.caseId);
    await this.vehicle.allReceipted();
  }

  /** The case and a first bad reading of half a minute ago are stored; by itself it does not ring. */
  async storeFirstReading(): Promise<void> {
    await this.openCase();
    this.vehicle.capture.numerics(this.caseId, failing, Date.now() - 32_000);
    await this.vehicle.allReceipted();
  }

  fireRule(): void {
    this.vehicle.capture.numerics(this.caseId, failing);
  }

  press(): void {
    this.vehicle.capture.requestPreAlert(this.caseId);
  }

  async ring(): Promise<void> {
    await this.openCase();
    this.press();
    await this.vehicle.allReceipted();
  }

  /** The nurse accepts, with the same act each time; a server that dies under it leaves them without an answer. */
  async accept(): Promise<void> {
    const { server } = this;
    if (!server) throw new Error('there is no server to answer to');
    const [on] = await this.region.query<{ preAlertId: string; targetId: string }>(
      'SELECT pre_alert_id AS "preAlertId", target_id AS "targetId" FROM pre_alert_target',
    );
    if (!on) throw new Error('nothing rings');
    const nurse = await signIn(server, 'nurse-east');
    const given = await nurse.answer(server, on, { opId: this.#opId }).catch(() => null);
    if (given !== null && given.status !== 200)
      throw new Error(`the answer was refused: ${given.status} ${given.code}`);
  }

  async answers(): Promise<number> {
    return (await this.region.query("SELECT 1 FROM case_event WHERE event_type = 'pre-alert.answered'")).length;
  }

  async preAlertId(): Promise<string> {
    const [row] = await this.region.query<{ pre_alert_id: string }>('SELECT pre_alert_id FROM pre_alert');
    return row?.pre_alert_id ?? '';
  }

  async rangOnce(withinMs?: number): Promise<number> {
    return waitUntil('the pre-alert is there', async () => (await this.preAlertId()) !== '', withinMs);
  }

  async stepFired(step: string): Promise<void> {
    const preAlertId = await this.preAlertId();
    await waitUntil(`step ${step} fired`, async () => (await firedSteps(this.region, preAlertId)).includes(step));
  }

  async stop(): Promise<void> {
    await this.vehicle.stop();
    await this.region.stop();
  }
}

export async function crashScene(postgres: RegionPostgres): Promise<CrashScene> {
  const region = await startRegion(postgres, [SHARD]);
  const [enrolled] = region.vehicles;
  if (!enrolled) throw new Error('no vehicle');
  return new CrashScene(region, await TestVehicle.connect(region, enrolled));
}
