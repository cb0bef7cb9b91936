import { isEventItem } from '@pentad/protocol/lane-item';
import type { Vitals } from '@pentad/protocol/vitals';
import type { VehicleLedger } from './vehicle-ledger.ts';

interface Reading {
  readonly measuredAtMs: number;
  readonly vitals: Vitals;
}

/** The three streamed parts of NEWS2 (RCP 2017, scale 1), written again from the chart and not from packages/clinical. */
function news2OfStream({ respiratoryRatePerMin, spo2Percent, heartRateBpm }: Vitals): number {
  const rate = respiratoryRatePerMin ?? 16;
  const oxygen = spo2Percent ?? 97;
  const pulse = heartRateBpm ?? 75;
  const ofRate = rate <= 8 || rate >= 25 ? 3 : rate >= 21 ? 2 : rate <= 11 ? 1 : 0;
  const ofOxygen = oxygen <= 91 ? 3 : oxygen <= 93 ? 2 : oxygen <= 95 ? 1 : 0;
  const ofPulse = pulse <= 40 || pulse >= 131 ? 3 : pulse >= 111 ? 2 : pulse >= 91 || pulse <= 50 ? 1 : 0;
  return ofRate + ofOxygen + ofPulse;
}

const HELD_MS = 30_000;

function isHeldHigh(readings: readonly Reading[]): boolean {
  let sinceMs: number | null = null;
  for (const { measuredAtMs, vitals } of [...readings].sort((a, b) => a.measuredAtMs - b.measuredAtMs)) {
    if (news2OfStream(vitals) < 7) sinceMs = null;
    else if (measuredAtMs - (sinceMs ??= measuredAtMs) >= HELD_MS) return true;
  }
  return false;
}

export interface ExpectedAlerts {
  /** `<case>/<specialty>` */
  readonly preAlerts: ReadonlySet<string>;
  /** `<case>/<rule>` */
  readonly findings: ReadonlySet<string>;
}

/** What the captured facts and readings call for, by a second implementation that shares nothing with the product. */
export function expectedAlerts(ledgers: readonly VehicleLedger[]): ExpectedAlerts {
  const preAlerts = new Set<string>();
  const findings = new Set<string>();
  const readings = new Map<string, Reading[]>();
  for (const { item, expectedRefusal } of ledgers.flatMap((ledger) => ledger.entries)) {
    if (expectedRefusal !== null) continue;
    if (isEventItem(item) && item.event.envelope.type === 'pre-alert.requested') {
      const { specialty } = item.event.clinical;
      preAlerts.add(`${item.event.envelope.caseId}/${typeof specialty === 'string' ? specialty : 'emergency'}`);
    }
    if (item.lane === 'vit' && item.caseId !== null) {
      readings.set(item.caseId, [...(readings.get(item.caseId) ?? []), item]);
    }
  }
  for (const [caseId, own] of readings) {
    if (!isHeldHigh(own)) continue;
    findings.add(`${caseId}/GEN-3`);
    preAlerts.add(`${caseId}/emergency`);
  }
  return { preAlerts, findings };
}
