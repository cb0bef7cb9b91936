import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type { ConsolePage } from './console-page.ts';
import { checkAlerts } from './invariants-alerts.ts';
import { checkLog, gatherTold } from './invariants-log.ts';
import { checkRows, unkeyedQuarantine } from './invariants-rows.ts';
import { expectedAlerts } from './reference-alerts.ts';
import { readRegionRows } from './region-rows.ts';
import type { Region } from './region.ts';
import type { TestVehicle } from './test-vehicle.ts';

export interface Witnesses {
  readonly vehicles: readonly TestVehicle[];
  readonly pages?: readonly ConsolePage[];
  /** How many messages may stand in the quarantine without a key, by code. */
  readonly unkeyed?: Readonly<Record<string, number>>;
}

/**
 * faults.md section 3 on a region that has healed: I1 to I11 without the durations, I13, I14 and I17, and the feed.
 * Ground truth is what the witnesses kept outside the system.
 */
export async function violations(region: Region, { vehicles, pages = [], unkeyed = {} }: Witnesses): Promise<string[]> {
  const ledgers = vehicles.map((vehicle) => vehicle.ledger);
  const told = gatherTold(ledgers, pages);
  const rows = await readRegionRows(region.adminUrl());
  const quarantined = unkeyedQuarantine(rows);
  return [
    ...checkRows(rows, ledgers),
    ...checkAlerts(rows, expectedAlerts(ledgers)),
    ...checkLog(rows, told),
    ...(isDeepStrictEqual(quarantined, unkeyed) ? [] : [`I17 without a key: ${JSON.stringify(quarantined)}`]),
  ];
}

/** Everything captured has its receipt, and nothing of section 3 is broken. */
export async function expectHealed(region: Region, witnesses: Witnesses): Promise<void> {
  for (const vehicle of witnesses.vehicles) await vehicle.allReceipted();
  expect(await violations(region, witnesses)).toEqual([]);
}

export const unkeyedCounts = async (region: Region): Promise<Record<string, number>> =>
  unkeyedQuarantine(await readRegionRows(region.adminUrl()));

/** The part that needs no record of a vehicle: logs, feeds, audit and what pages were told. */
export async function logViolations(region: Region, pages: readonly ConsolePage[]): Promise<string[]> {
  const told = gatherTold([], pages);
  return [...checkLog(await readRegionRows(region.adminUrl()), told)];
}
