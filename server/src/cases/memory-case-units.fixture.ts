import { isOver } from '@pentad/protocol/case-reading';
import { emptyCase, type CaseState } from '@pentad/protocol/case-state';
import type { CaseId } from '@pentad/protocol/ids';
import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/ports.ts';
import type { DueStepRow, DueSteps } from '../pre-alerts/fire-due-steps.ts';
import { defaultLadder, pendingSteps } from '../pre-alerts/ladder.ts';
import type { CasePlan } from './case-planner.ts';
import type { CaseChange, CaseGuard, CaseOutcome, CaseUnits } from './case-units.ts';

const throughJson = (state: CaseState): CaseState => JSON.parse(JSON.stringify(state)) as CaseState;

/** One case after the other, as the row lock has it; what is written comes back as JSON. */
export class MemoryCaseUnits implements CaseUnits {
  readonly states = new Map<CaseId, CaseState>();
  readonly written: { readonly actor: Actor; readonly plan: CasePlan }[] = [];
  /** Thrown by the next changes instead of being carried out, first in, first out. */
  readonly failures: Error[] = [];
  readonly #clock: Clock;
  readonly #ops = new Set<string>();
  readonly #holdsLease: (shard: number, token: number) => boolean;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: {
    clock: Clock;
    states?: readonly CaseState[];
    holdsLease?: (shard: number, token: number) => boolean;
  }) {
    this.#clock = options.clock;
    this.#holdsLease = options.holdsLease ?? (() => true);
    for (const state of options.states ?? []) this.states.set(state.caseId, throughJson(state));
  }

  change<T>(actor: Actor, change: CaseChange<T>): Promise<CaseOutcome<T>> {
    const turn = this.#last.then(() => this.#change(actor, change));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Steps the states call for, as rows: the projection without a database. */
  readonly steps: DueSteps = {
    due: (nowMs, limit) =>
      Promise.resolve(
        this.#pending()
          .filter((row) => row.dueAtMs <= nowMs)
          .slice(0, limit),
      ),
  };

  #pending(): DueStepRow[] {
    const rows = [...this.states.values()]
      .filter((state) => !isOver(state))
      .flatMap((state) =>
        Object.values(state.preAlerts).flatMap((alert) =>
          Object.values(alert.targets).flatMap((target) =>
            pendingSteps(defaultLadder, alert, target).map((step) => ({
              caseId: state.caseId,
              preAlertId: alert.preAlertId,
              targetId: target.targetId,
              ...step,
            })),
          ),
        ),
      );
    return rows.sort((a, b) => a.dueAtMs - b.dueAtMs);
  }

  #holds(actor: Actor, guard: CaseGuard | null): boolean {
    switch (guard?.kind) {
      case undefined:
        return true;
      case 'event':
        return ![...this.states.values()].some((state) =>
          state.timeline.some((entry) => entry.eventId === guard.eventId),
        );
      case 'op':
        return actor.kind !== 'staff' || !this.#ops.has(`${actor.staffId}/${guard.opId}`);
      case 'lease':
        return this.#holdsLease(guard.shard, guard.token);
      case 'step':
        return this.#pending().some(
          (row) =>
            row.targetId === guard.targetId &&
            row.step === guard.step &&
            row.round === guard.round &&
            row.dueAtMs <= this.#clock.nowMs(),
        );
    }
  }

  #change<T>(actor: Actor, change: CaseChange<T>): CaseOutcome<T> {
    const failure = this.failures.shift();
    if (failure) throw failure;
    const state = this.states.get(change.caseId) ?? (change.mayOpen ? emptyCase(change.caseId) : null);
    if (state === null) return { kind: 'no-case' };
    change.authorize(state);
    if (!this.#holds(actor, change.guard)) return { kind: 'guarded', state };
    const { plan, result } = change.decide(state);
    if (change.guard?.kind === 'op' && actor.kind === 'staff') this.#ops.add(`${actor.staffId}/${change.guard.opId}`);
    if (plan === null || plan.events.length === 0) return { kind: 'decided', state, result, isChanged: false };
    this.states.set(change.caseId, throughJson(plan.after));
    this.written.push({ actor, plan });
    return { kind: 'decided', state: plan.after, result, isChanged: true };
  }
}
