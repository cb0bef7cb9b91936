import { emptyCase, type CaseState } from '@pentad/protocol/case-state';
import { topicOf } from '@pentad/protocol/console-feed';
import type { CaseId } from '@pentad/protocol/ids';
import type { CasePlan } from '@pentad/server/cases/case-planner';
import { feedPointer, projectCase } from '@pentad/server/cases/case-projection';
import type { CaseChange, CaseGuard, CaseOutcome, CaseUnits } from '@pentad/server/cases/case-units';
import type { Actor } from '@pentad/server/platform/actor';
import type { Clock } from '@pentad/server/platform/ports';
import type { Ladder } from '@pentad/server/pre-alerts/ladder';
import { shardOf } from '@pentad/server/shards/shard-of';
import type { PlantedBug } from '../planted-bug.ts';
import type { Life } from '../world/life.ts';
import { throughJsonb } from './jsonb.ts';
import type { SimStore, SimTx } from './sim-store.ts';
import { stageCase } from './stage-case.ts';
import { stageFeed } from './stage-feed.ts';
import { stepKey } from './tables.ts';

interface Unit {
  readonly store: SimStore;
  readonly tx: SimTx;
  readonly actor: Actor;
  readonly nowMs: number;
  readonly planted: PlantedBug | null;
}

/** The same guards, in the same order and under the same locks, as cases/case-units-store.ts. */
async function guardHolds({ store, tx, actor, nowMs, planted }: Unit, guard: CaseGuard | null): Promise<boolean> {
  const { tables } = store;
  switch (guard?.kind) {
    case undefined:
      return true;
    case 'event':
      return planted === 'event-guard-dropped' || !tables.eventIds.has(guard.eventId);
    case 'op': {
      if (actor.kind !== 'staff') return true;
      const key = `${actor.staffId}/${guard.opId}`;
      await tx.lock(`op/${key}`);
      if (tables.appliedOps.has(key)) return planted === 'answer-forgets-the-op';
      tx.stage(() => void tables.appliedOps.add(key));
      return true;
    }
    case 'lease': {
      if (planted === 'lease-unchecked') return true;
      await tx.lock(`lease/${guard.shard}`, 'share');
      const lease = tables.leases[guard.shard];
      return lease !== undefined && lease.token === guard.token && lease.expiresAtMs > tx.startedAtMs;
    }
    case 'step': {
      const row = tables.steps.get(stepKey(guard));
      if (planted === 'step-guard-dropped') return true;
      return (
        row !== undefined &&
        row.firedAtMs === null &&
        !row.isWithdrawn &&
        row.dueAtMs <= nowMs &&
        tx.tryLock(`step/${stepKey(guard)}`)
      );
    }
  }
}

async function lockCase({ store, tx }: Unit, caseId: CaseId, mayOpen: boolean): Promise<CaseState | null> {
  if (!store.tables.cases.has(caseId) && !mayOpen) return null;
  await tx.lock(`case/${caseId}`);
  await tx.statement();
  return store.tables.cases.get(caseId)?.state ?? (mayOpen ? throughJsonb(emptyCase(caseId)) : null);
}

/** Log, projection, then the feed's numbers as the last statements, as cases/write-case.ts. */
async function write(
  unit: Unit,
  plan: CasePlan,
  ladder: Ladder,
  ring: CaseChange<unknown>['ring'] | null,
): Promise<void> {
  const { store, tx, nowMs, planted } = unit;
  const projection = projectCase(plan, ladder);
  await tx.statement();
  stageCase(store, tx, plan, projection, { nowMs, keepsSteps: planted === 'steps-kept-after-answer' });
  const { vehicle } = plan.after;
  const shard = vehicle === null ? [] : [topicOf.shard(shardOf(vehicle))];
  const vehicleTopic = vehicle === null ? null : topicOf.vehicle(vehicle);
  const pointer = feedPointer(plan, ring ?? null);
  await stageFeed(store, tx, { topics: [...projection.topics, ...shard], vehicleTopic, pointer });
}

export function createSimCaseUnits(options: {
  store: SimStore;
  life: Life;
  clock: Clock;
  ladder: Ladder;
  planted: PlantedBug | null;
}): CaseUnits {
  const { store, life, clock, ladder, planted } = options;
  return {
    change<T>(actor: Actor, change: CaseChange<T>): Promise<CaseOutcome<T>> {
      return store.transaction<CaseOutcome<T>>(life, async (tx) => {
        const unit: Unit = { store, tx, actor, nowMs: clock.nowMs(), planted };
        const isKnown = change.guard?.kind === 'event' && store.tables.eventIds.has(change.guard.eventId);
        if (isKnown && planted !== 'event-guard-dropped') {
          return { kind: 'guarded', state: await lockCase(unit, change.caseId, false) };
        }
        const state = await lockCase(unit, change.caseId, change.mayOpen);
        if (state === null) return { kind: 'no-case' };
        change.authorize(state);
        if (!(await guardHolds(unit, change.guard))) return { kind: 'guarded', state };
        const { plan, result } = change.decide(state);
        if (plan === null || plan.events.length === 0) return { kind: 'decided', state, result, isChanged: false };
        await write(unit, plan, ladder, change.ring);
        tx.stage(() => {
          for (const listener of store.caseCommitted) listener({ by: life.name, actor, guard: change.guard, plan });
        });
        return { kind: 'decided', state: plan.after, result, isChanged: true };
      });
    },
  };
}
