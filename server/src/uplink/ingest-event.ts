import { CaseId } from '@pentad/protocol/ids';
import type { EventItem } from '@pentad/protocol/lane-item';
import type { CaseState } from '@pentad/protocol/case-state';
import * as v from 'valibot';
import { authorizeOwnPart, type CaseUnits } from '../cases/case-units.ts';
import type { PlanFactory } from '../cases/plan-factory.ts';
import { reactToFacts } from '../cases/react-to-facts.ts';
import { systemActor } from '../platform/actor.ts';
import { actOnFindings, type RuleOutcome } from '../pre-alerts/act-on-findings.ts';

export interface IngestEventPorts {
  readonly units: CaseUnits;
  readonly plans: PlanFactory;
  outcomeFor(state: CaseState): RuleOutcome;
}

export type IngestedEvent =
  | { readonly kind: 'stored'; readonly state: CaseState; readonly before: CaseState | null }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'not-assigned' };

class ForeignCase extends Error {}

/**
 * A crew's fact: always accepted, also late or in conflict, and what it calls for (a pre-alert, a redirect, a rule)
 * in the same transaction. Only a case that belongs to another vehicle refuses it.
 */
export async function ingestEvent(item: EventItem, ports: IngestEventPorts): Promise<IngestedEvent> {
  const { event } = item;
  const source = { vehicle: item.vehicle, epoch: item.epoch, seq: item.seq };
  const change = ports.units.change<CaseState>(systemActor('ingest'), {
    caseId: v.parse(CaseId, event.envelope.caseId),
    guard: { kind: 'event', eventId: event.envelope.eventId },
    mayOpen: true,
    authorize: authorizeOwnPart,
    decide: (locked) => {
      const planner = ports.plans.begin(locked);
      planner.add(event, source);
      // Thrown, so that a case opened in another vehicle's name leaves no row (faults.md H12).
      if ((planner.state.vehicle ?? item.vehicle) !== item.vehicle) throw new ForeignCase();
      reactToFacts(planner);
      actOnFindings(planner, ports.outcomeFor(planner.state));
      return { plan: planner.plan(), result: locked };
    },
  });
  const outcome = await change.catch((error: unknown) => {
    if (error instanceof ForeignCase) return { kind: 'no-case' } as const;
    throw error;
  });
  if (outcome.kind === 'guarded') return { kind: 'duplicate' };
  if (outcome.kind === 'no-case') return { kind: 'not-assigned' };
  return { kind: 'stored', state: outcome.state, before: outcome.result };
}
