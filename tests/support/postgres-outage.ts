import { expect } from 'vitest';
import { expectHealed } from './invariants.ts';
import type { RegionOfFile } from './region-of-file.ts';
import { isReady } from './region.ts';
import { faultLasts, waitUntil } from './wait-until.ts';

export interface OutageOutcome {
  /** From PostgreSQL being back to the alert pressed in the outage standing on the desk's page. */
  readonly alertMs: number;
  /** .. to the first receipt of telemetry captured in the outage. */
  readonly resumedMs: number;
  /** .. to the last receipt of all captured until then. */
  readonly receiptsMs: number;
}

/** PostgreSQL SIGKILLed under load and left dead; vehicles go on capturing, a crew presses, a nurse answers in vain. */
export async function losePostgresUnderLoad(
  file: RegionOfFile,
  { outageMs, perSecond }: { outageMs: number; perSecond: number },
): Promise<OutageOutcome> {
  const { region, postgres, vehicles } = file;
  const pids = region.servers.map((server) => server.pid);
  const page = await file.page();
  const nurse = await file.staff('nurse-east');
  const cases = vehicles.map((vehicle) => vehicle.capture.openCase());
  const ends = vehicles.map((vehicle, index) => vehicle.stream(cases[index]!, perSecond));
  vehicles[0]!.capture.requestPreAlert(cases[0]!);
  const { alert, target } = await page.alertOf(cases[0]!);
  await waitUntil('traffic flows', () =>
    vehicles.every(({ ledger }) => ledger.entries.filter((entry) => entry.receiptedAs).length > 20),
  );

  await postgres.kill();
  const receipted = () => vehicles.map(({ ledger }) => ledger.entries.filter((entry) => entry.receiptedAs).length);
  await waitUntil(
    'every instance says it is not ready',
    async () => !(await Promise.all(region.servers.map(isReady))).includes(true),
  );
  vehicles[1]!.capture.requestPreAlert(cases[1]!);
  const answer = await nurse.post(
    file.server(),
    `/v1/pre-alerts/${alert.preAlertId}/targets/${target.targetId}/answer`,
    {
      opId: 'op-in-outage',
      answer: 'accept',
      minutes: null,
      reason: null,
    },
  );
  expect(answer.status, 'an answer that is not saved is not taken').toBeGreaterThanOrEqual(500);
  // Receipts of what was committed last are gathered for half a second and still come.
  await faultLasts(2_000);
  const before = receipted();
  await faultLasts(outageMs - 2_000);
  expect(receipted(), 'no receipt without a committed row').toEqual(before);
  expect(page.alertsOf(cases[1]!), 'nothing is shown before commit').toEqual([]);
  expect(region.servers.map((server) => (server.hasEnded() ? 'ended' : server.pid))).toEqual(pids);

  await postgres.startAgain();
  const backAtMs = Date.now();
  const newest = vehicles.flatMap(({ ledger }) => ledger.unreceipted).filter(({ item }) => item.lane === 'vit');
  await page.alertOf(cases[1]!, 60_000);
  const alertMs = (page.firstShownAtMs.get(page.alertsOf(cases[1]!)[0]?.target.targetId ?? '') ?? 0) - backAtMs;
  await waitUntil('ingest has resumed', () => newest.some((entry) => entry.receiptedAs));
  const resumedMs = Date.now() - backAtMs;
  for (const end of ends) end();
  for (const vehicle of vehicles) await vehicle.allReceipted(120_000);
  const receiptsMs = Date.now() - backAtMs;
  await waitUntil(
    'every instance is ready again',
    async () => !(await Promise.all(region.servers.map(isReady))).includes(false),
  );
  const again = await nurse.answer(
    file.server(),
    { preAlertId: alert.preAlertId, targetId: target.targetId },
    { opId: 'op-in-outage' },
  );
  expect(again).toEqual({ status: 200, code: null });
  await expectHealed(region, file);
  return { alertMs, resumedMs, receiptsMs };
}
