import type { CaseState } from '@pentad/protocol/case-state';
import type { Db, Tx } from '../db/transaction.ts';
import { noFailpoint, type Failpoint, type FailpointName } from '../platform/failpoint.ts';
import type { CaseChange, CaseCommit, CaseGuard, CaseOutcome, CaseUnits } from './case-units.ts';
import type { CasePlan } from './case-planner.ts';
import { hasEvent, lockCase, lockOrOpenCase } from './case-store.ts';
import { writeCase, type CaseWriter, type Written } from './write-case.ts';

async function claimOp(tx: Tx, caseId: string, opId: string): Promise<boolean> {
  if (tx.actor.kind !== 'staff') return true;
  const rows = await tx.prepared(
    'op-claim',
    'INSERT INTO applied_op (staff_id, op_id, case_id, applied_at) VALUES ($1, $2, $3, now()) ON CONFLICT DO NOTHING RETURNING 1',
    [tx.actor.staffId, opId, caseId],
  );
  return rows.length > 0;
}

async function claimStep(tx: Tx, guard: Extract<CaseGuard, { kind: 'step' }>, nowMs: number): Promise<boolean> {
  const rows = await tx.prepared(
    'step-claim',
    `SELECT 1 FROM due_step WHERE target_id = $1 AND step = $2 AND round = $3 AND fired_at IS NULL AND withdrawn_at IS NULL
       AND due_at <= to_timestamp($4 / 1000.0) FOR UPDATE SKIP LOCKED`,
    [guard.targetId, guard.step, guard.round, nowMs],
  );
  return rows.length > 0;
}

type HoldsLease = (tx: Tx, shard: number, token: number) => Promise<boolean>;

function guardHolds(
  tx: Tx,
  caseId: string,
  guard: Exclude<CaseGuard, { kind: 'lease' }> | null,
  nowMs: number,
): Promise<boolean> {
  if (guard === null) return Promise.resolve(true);
  switch (guard.kind) {
    case 'event':
      return hasEvent(tx, guard.eventId).then((isKnown) => !isKnown);
    case 'op':
      return claimOp(tx, caseId, guard.opId);
    case 'step':
      return claimStep(tx, guard, nowMs);
  }
}

async function lock<T>(tx: Tx, change: CaseChange<T>, nowMs: number): Promise<CaseState | null> {
  return change.mayOpen ? lockOrOpenCase(tx, change.caseId, nowMs) : lockCase(tx, change.caseId);
}

/** Which kind of change a guard belongs to: the place where a fault run may kill the process. */
function placeOf(guard: CaseGuard | null, moment: 'before' | 'after'): FailpointName {
  const kinds = { event: 'event', op: 'answer', lease: 'alert', step: 'step' } as const;
  return `${kinds[guard?.kind ?? 'op']}.${moment}-commit`;
}

interface Done<T> {
  readonly outcome: CaseOutcome<T>;
  readonly written?: { readonly plan: CasePlan; readonly made: Written };
}

export interface UnitHooks {
  readonly failpoint?: Failpoint;
  /** After COMMIT: for those in this process who would otherwise read it back. */
  readonly onCommitted?: (commit: CaseCommit) => void;
}

/** Locks, guards, decides, writes. The alert lane's connections, so that nothing here waits behind a batch. */
export function createCaseUnits(
  db: Db,
  writer: CaseWriter,
  holdsLease: HoldsLease,
  { failpoint = noFailpoint, onCommitted = () => undefined }: UnitHooks = {},
): CaseUnits {
  return {
    async change<T>(actor: Parameters<CaseUnits['change']>[0], change: CaseChange<T>): Promise<CaseOutcome<T>> {
      const { outcome, written } = await db.withActor<Done<T>>(
        actor,
        async (tx) => {
          const nowMs = writer.clock.nowMs();
          if (change.guard?.kind === 'event' && (await hasEvent(tx, change.guard.eventId))) {
            return { outcome: { kind: 'guarded', state: await lockCase(tx, change.caseId) } };
          }
          // Asked in one breath with the lock: whether the lease is ours does not depend on what the case says.
          const locked = lock(tx, change, nowMs);
          const { guard } = change;
          const isOurs = guard?.kind === 'lease' ? holdsLease(tx, guard.shard, guard.token) : null;
          isOurs?.catch(() => undefined);
          const state = await locked;
          if (state === null) return { outcome: { kind: 'no-case' } };
          change.authorize(state);
          const holds = guard?.kind === 'lease' ? isOurs : guardHolds(tx, change.caseId, guard, nowMs);
          if (!(await holds)) return { outcome: { kind: 'guarded', state } };
          const { plan, result } = change.decide(state);
          if (plan === null || plan.events.length === 0)
            return { outcome: { kind: 'decided', state, result, isChanged: false } };
          const made = await writeCase(tx, plan, writer, change.ring ?? null);
          failpoint(placeOf(change.guard, 'before'));
          return { outcome: { kind: 'decided', state: plan.after, result, isChanged: true }, written: { plan, made } };
        },
        'alert',
      );
      if (written) {
        failpoint(placeOf(change.guard, 'after'));
        const { plan, made } = written;
        onCommitted({ plan, opened: made.opened, entries: await made.entries() });
      }
      return outcome;
    },
  };
}
