import type { GeoPoint } from '@pentad/geo/geo-point';
import type { CaseState } from '@pentad/protocol/case-state';
import type { Directory } from '../desks/directory.ts';
import type { Clock, Ids } from '../platform/ports.ts';
import type { Ladder } from '../pre-alerts/ladder.ts';
import { CasePlanner } from './case-planner.ts';

/** Where a plan takes its clock, ids, directory and ladder from: one for all verbs of an instance. */
export interface PlanFactory {
  begin(state: CaseState): CasePlanner;
}

export function createPlanFactory(options: {
  clock: Clock;
  ids: Ids;
  ladder: Ladder;
  directory(): Directory;
  lastPosition(vehicle: string): GeoPoint | null;
}): PlanFactory {
  return {
    begin: (state) =>
      new CasePlanner(state, {
        nowMs: options.clock.nowMs(),
        ids: options.ids,
        ladder: options.ladder,
        directory: options.directory(),
        near: state.vehicle === null ? null : options.lastPosition(state.vehicle),
      }),
  };
}
