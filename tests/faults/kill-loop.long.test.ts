import { expect, test } from 'vitest';
import type { ConsolePage } from '../support/console-page.ts';
import { expectHealed } from '../support/invariants.ts';
import { useRegion } from '../support/region-of-file.ts';
import type { ServerProcess } from '../support/server-process.ts';
import { faultLasts, waitUntil } from '../support/wait-until.ts';

const file = useRegion({ shards: [0, 3, 6, 9, 12, 15], servers: 2 });
const ROUNDS = 12;
const TAKE_OVER_MS = 30_000;

const living = (): ServerProcess[] => file.region.servers.filter((server) => !server.hasEnded());

/** One fault after another while all vehicles stream; each round leaves somebody to carry on. */
const faults: readonly ((round: number) => Promise<void>)[] = [
  async () => {
    await living()[0]?.kill();
    await file.region.startServer();
  },
  async () => {
    await file.region.broker.kill();
    file.region.broker.deleteStore();
    await faultLasts(3_000);
    await file.region.broker.startAgain();
  },
  async () => {
    await file.postgres.kill();
    await faultLasts(5_000);
    await file.postgres.startAgain();
  },
  async () => {
    const [frozen] = living();
    if (!frozen) return;
    process.kill(frozen.pid, 'SIGSTOP');
    await faultLasts(9_000);
    process.kill(frozen.pid, 'SIGCONT');
  },
];

test(`P1 N1 N2 P2 N13: ${ROUNDS} faults in a row under load, servers, broker and PostgreSQL by turns: all stored once, each alert once`, async () => {
  await file.staff('nurse-east');
  const cases = file.vehicles.map((vehicle) => vehicle.capture.openCase());
  const ends = file.vehicles.map((vehicle, index) => vehicle.stream(cases[index]!, 10));
  for (let round = 0; round < ROUNDS; round += 1) {
    const vehicle = file.vehicle(round % file.vehicles.length);
    const caseId = vehicle.capture.openCase();
    const sick = file.vehicle((round + 1) % file.vehicles.length);
    const sickCase = sick.capture.openCase();
    sick.sickenNow(sickCase);
    const fault = faults[round % faults.length]?.(round);
    vehicle.capture.requestPreAlert(caseId);
    await fault;
    const startedAtMs = Date.now();
    let page: ConsolePage | null = null;
    await waitUntil('a page is let in', async () => {
      const server = living().at(-1);
      page = server ? await file.page({ server }).catch(() => null) : null;
      return page !== null && !page.isClosed;
    });
    await page!.alertOf(caseId, TAKE_OVER_MS);
    await page!.alertOf(sickCase, TAKE_OVER_MS);
    console.log(`round ${round + 1}: both alerts on the desk ${Date.now() - startedAtMs} ms after the fault`);
    page!.close();
    for (const survivor of living()) expect(survivor.hasEnded()).toBe(false);
  }
  for (const end of ends) end();
  for (const vehicle of file.vehicles) await vehicle.allReceipted(120_000);
  await expectHealed(file.region, file);
});
