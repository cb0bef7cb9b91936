import type { NumericsView, UnitView } from '@pentad/protocol/console-feed';
import { CaseId } from '@pentad/protocol/ids';
import { Vitals, VitalTimes } from '@pentad/protocol/vitals';
import * as v from 'valibot';
import {
  isBackfill,
  isNumerics,
  isPosition,
  type NumericsEntry,
  type PositionEntry,
  type TelemetryEntry,
} from '../uplink/uplink-entry.ts';

/** Committed telemetry on its way to whoever looks; never stored here, never before commit. */
export interface LiveListener {
  onNumerics(items: readonly NumericsView[]): void;
  onUnits(units: readonly UnitView[]): void;
}

function numericsView(entry: NumericsEntry, caseId: CaseId): NumericsView {
  const { item } = entry;
  return {
    caseId,
    vehicle: item.vehicle,
    measuredAtMs: item.measuredAtMs,
    receivedAtMs: entry.receivedAtMs,
    vitals: v.parse(Vitals, item.vitals),
    times: v.parse(VitalTimes, item.times),
    isBackfill: isBackfill(entry.road),
  };
}

function unitView({ item, receivedAtMs }: PositionEntry, eta: UnitView['eta']): UnitView {
  return {
    vehicle: item.vehicle,
    position: { ...item.position },
    measuredAtMs: item.measuredAtMs,
    lastHeardAtMs: receivedAtMs,
    caseId: item.caseId,
    eta: eta ?? null,
  };
}

export function liveNumerics(
  entries: readonly TelemetryEntry[],
  isWatched: (caseId: CaseId) => boolean,
): NumericsView[] {
  return entries.filter(isNumerics).flatMap((entry) => {
    const { caseId } = entry.item;
    return caseId !== null && isWatched(caseId) ? [numericsView(entry, caseId)] : [];
  });
}

export const liveUnits = (
  entries: readonly TelemetryEntry[],
  etaOf: (vehicle: string) => UnitView['eta'],
): UnitView[] =>
  entries
    .filter(isPosition)
    .filter((entry) => !isBackfill(entry.road))
    .map((entry) => unitView(entry, etaOf(entry.item.vehicle)));
