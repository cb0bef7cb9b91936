import type { GeoPoint } from '@pentad/geo/geo-point';
import type { CaseEvent } from '@pentad/protocol/case-event';
import { foldAll } from '@pentad/protocol/case-fold';
import type { CaseState } from '@pentad/protocol/case-state';
import type { PreAlertState, TargetState } from '@pentad/protocol/pre-alert-state';
import { caseId, START_MS } from '@pentad/protocol/testing/boring-ids';
import { recorded } from '@pentad/protocol/testing/builders';
import { county } from '../desks/county.fixture.ts';
import type { Directory } from '../desks/directory.ts';
import { countedIds, FakeTime } from '../platform/fake-time.fixture.ts';
import type { Clock, Ids } from '../platform/ports.ts';
import { defaultLadder } from '../pre-alerts/ladder.ts';
import type { CasePlan, CasePlanner } from './case-planner.ts';
import { createPlanFactory, type PlanFactory } from './plan-factory.ts';

export type Told = CaseEvent | readonly [afterMs: number, event: CaseEvent];

/** The state after these events, recorded at START_MS or that long after it. */
export function caseAfter(told: readonly Told[]): CaseState {
  const log = told.map((entry, index) => {
    const [afterMs, event] = 'envelope' in entry ? [0, entry] : entry;
    return recorded(event, index + 1, START_MS + afterMs);
  });
  return foldAll(caseId, log);
}

export function makePlans(
  some: { clock?: Clock; ids?: Ids; directory?: Directory; near?: GeoPoint | null } = {},
): PlanFactory {
  return createPlanFactory({
    clock: some.clock ?? new FakeTime(),
    ids: some.ids ?? countedIds(),
    ladder: defaultLadder,
    directory: () => some.directory ?? county,
    lastPosition: () => some.near ?? null,
  });
}

export const typesOf = (plan: CasePlan): string[] => plan.events.map(({ recorded: event }) => event.envelope.type);

/** What a planner would write: types with their clinical parts. */
export const written = (planner: CasePlanner): { readonly type: string; readonly [field: string]: unknown }[] =>
  planner.plan().events.map(({ recorded: { envelope, clinical } }) => ({ type: envelope.type, ...clinical }));

export function alertOf(state: CaseState, specialty?: string): PreAlertState {
  const alert = Object.values(state.preAlerts).find(
    (other) => specialty === undefined || other.specialty === specialty,
  );
  if (!alert) throw new Error('the case has no such pre-alert');
  return alert;
}

export function targetAt(alert: PreAlertState, deskId: string): TargetState {
  const target = Object.values(alert.targets).find((other) => other.deskId === deskId);
  if (!target) throw new Error(`no target at ${deskId}`);
  return target;
}
