import { beforeAll, describe, expect, test } from 'vitest';
import { expectHealed } from '../support/invariants.ts';
import { useRegion } from '../support/region-of-file.ts';
import { allShardsHeld } from '../support/region.ts';
import { waitUntil } from '../support/wait-until.ts';

const everyShard = Array.from({ length: 16 }, (_, shard) => shard);
const file = useRegion({ shards: everyShard, servers: 2 });
const TAKE_OVER_MS = 8_000;

beforeAll(() => allShardsHeld(file.region, 2).then(() => undefined), 60_000);

describe('take-over', () => {
  test('P1: one instance SIGKILLed: the other holds all shards and has every alert on the desk within 8 s', async () => {
    const [lost, survivor] = [file.server(0), file.server(1)];
    const page = await file.page({ server: survivor });
    const before = await file.region.query<{ shard: number; holder: string }>('SELECT shard, holder FROM shard_lease');
    const traffic = file.vehicles.map((vehicle) => {
      const caseId = vehicle.capture.openCase();
      return { vehicle, caseId, end: vehicle.stream(caseId, 4) };
    });
    await waitUntil('traffic flows', () =>
      file.vehicles.every(({ ledger }) => ledger.entries.filter((entry) => entry.receiptedAs).length > 5),
    );
    const sick = file.vehicles.map((vehicle) => vehicle.capture.openCase());
    for (const vehicle of file.vehicles) await vehicle.allReceipted();
    for (const [index, vehicle] of file.vehicles.entries()) vehicle.sickenNow(sick[index]!);
    await lost.kill();
    const killedAtMs = Date.now();
    for (const { vehicle, caseId } of traffic) vehicle.capture.requestPreAlert(caseId);
    const takeOverMs = await allShardsHeld(file.region);
    for (const { caseId } of traffic) await page.alertOf(caseId);
    for (const caseId of sick) await page.alertOf(caseId);
    // Infinity: a time that is not known is no time within the bound.
    const shownMs = (caseId: string): number => {
      const [shown] = page.alertsOf(caseId);
      return (page.firstShownAtMs.get(shown?.target.targetId ?? '') ?? Infinity) - killedAtMs;
    };
    const crewMs = Math.max(...traffic.map(({ caseId }) => shownMs(caseId)));
    const ruleMs = Math.max(...sick.map(shownMs));
    const movedCount = before.filter(({ holder }) => holder !== before.at(-1)?.holder).length;
    console.log(
      `P1: all shards taken over in ${Math.round(takeOverMs)} ms (${movedCount} or ${16 - movedCount} moved), ` +
        `last crew alert on the desk after ${crewMs} ms, last rule alert after ${ruleMs} ms, of all 16 vehicles`,
    );
    expect(takeOverMs).toBeLessThan(TAKE_OVER_MS);
    expect(crewMs).toBeLessThan(TAKE_OVER_MS);
    expect(ruleMs).toBeLessThan(TAKE_OVER_MS);
    for (const { end } of traffic) end();
    await expectHealed(file.region, file);
  });
});
