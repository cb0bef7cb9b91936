import type { CaseId } from '@pentad/protocol/ids';
import { expect, test } from 'vitest';
import { deleteAllConsumers, purgeAndDeleteStreams } from '../support/broker-mistakes.ts';
import { expectHealed } from '../support/invariants.ts';
import { useRegion } from '../support/region-of-file.ts';
import { isReady } from '../support/region.ts';
import type { TestVehicle } from '../support/test-vehicle.ts';
import { faultLasts, waitUntil } from '../support/wait-until.ts';

const file = useRegion({ shards: [1, 6, 11], servers: 2 });
const PER_SECOND = 20;

interface Traffic {
  readonly vehicle: TestVehicle;
  readonly caseId: CaseId;
  readonly end: () => void;
}

/** Every vehicle streams for a case of its own, and some of it is receipted already. */
async function startTraffic(): Promise<Traffic[]> {
  const traffic = file.vehicles.map((vehicle) => {
    const caseId = vehicle.capture.openCase();
    return { vehicle, caseId, end: vehicle.stream(caseId, PER_SECOND) };
  });
  const first = file.vehicles.map(({ ledger }) => ledger.entries.length);
  await waitUntil('traffic flows', () =>
    file.vehicles.every(
      ({ ledger }, index) => ledger.entries.slice(first[index]).filter((entry) => entry.receiptedAs).length > 10,
    ),
  );
  return traffic;
}

async function endTraffic(traffic: readonly Traffic[]): Promise<void> {
  for (const { end } of traffic) end();
  await expectHealed(file.region, file);
}

test('N1 N2: the broker SIGKILLed and its store deleted mid-run, back after 4 s: nothing is lost, each alert comes once within 10 s', async () => {
  const page = await file.page();
  const traffic = await startTraffic();
  const sick = file.vehicle(0).capture.openCase();
  file.vehicle(0).sickenNow(sick);
  await file.region.broker.kill();
  file.region.broker.deleteStore();
  for (const { vehicle, caseId } of traffic) vehicle.capture.requestPreAlert(caseId);
  await waitUntil('both instances say they are not ready', async () => {
    const ready = await Promise.all(file.region.servers.map(isReady));
    return !ready.includes(true);
  });
  await faultLasts(4_000);
  await file.region.broker.startAgain();
  const backAtMs = Date.now();
  for (const { caseId } of traffic) await page.alertOf(caseId);
  const tookMs = Math.max(...page.firstShownAtMs.values()) - backAtMs;
  console.log(`N1 N2: the last alert pressed in the outage is on the desk ${tookMs} ms after the broker is back`);
  expect(tookMs).toBeLessThan(10_000);
  await page.alertOf(sick);
  await waitUntil(
    'both instances are ready again',
    async () => !(await Promise.all(file.region.servers.map(isReady))).includes(false),
  );
  await endTraffic(traffic);
});

test('N6 E10: every message sent twice and all consumers deleted mid-run: stored once, no alert twice', async () => {
  for (const vehicle of file.vehicles) vehicle.copies = 2;
  const traffic = await startTraffic();
  for (const { vehicle, caseId } of traffic) vehicle.capture.requestPreAlert(caseId);
  const sick = file.vehicle(1).capture.openCase();
  file.vehicle(1).sickenNow(sick);
  expect(await deleteAllConsumers(file.region)).toBeGreaterThan(0);
  const page = await file.page({ server: file.server(1) });
  await page.alertOf(sick);
  for (const vehicle of file.vehicles) vehicle.copies = 1;
  await endTraffic(traffic);
});

test('N4: streams purged and deleted by mistake mid-run are made again, and the vehicles offer again what they held', async () => {
  const traffic = await startTraffic();
  await purgeAndDeleteStreams(file.region);
  for (const { vehicle, caseId } of traffic) vehicle.capture.requestPreAlert(caseId);
  await endTraffic(traffic);
});

test('E10: all that was ever sent, sent again at the end, changes nothing', async () => {
  for (const vehicle of file.vehicles) {
    await vehicle.offerAllAgain();
    // Behind the replay in every lane: once these have their receipts it has been worked off.
    const caseId = vehicle.capture.openCase();
    vehicle.capture.numerics(caseId, {});
    vehicle.capture.position(caseId);
  }
  await expectHealed(file.region, file);
});
