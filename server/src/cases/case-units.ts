import type { CaseState } from '@pentad/protocol/case-state';
import type { CaseId } from '@pentad/protocol/ids';
import type { FeedPointer } from '../events/feed-pointer.ts';
import type { Actor } from '../platform/actor.ts';
import type { FeedEntry } from '../events/feed-store.ts';
import type { CasePlan } from './case-planner.ts';
import type { CaseProjection } from './case-projection.ts';

/** What the server's own parts write needs no person's permission. */
export const authorizeOwnPart = (): void => undefined;

/**
 * What must hold inside the transaction before anything is decided.
 * event: not stored yet. op: this person's act was not applied yet. lease: the shard is still ours.
 * step: the row is pending and due, and nobody else has it.
 */
export type CaseGuard =
  | { readonly kind: 'event'; readonly eventId: string }
  | { readonly kind: 'op'; readonly opId: string }
  | { readonly kind: 'lease'; readonly shard: number; readonly token: number }
  | { readonly kind: 'step'; readonly targetId: string; readonly step: string; readonly round: number };

export interface CaseChange<T> {
  readonly caseId: CaseId;
  readonly guard: CaseGuard | null;
  /** The first event seen of a case opens it; a command never does. */
  readonly mayOpen: boolean;
  readonly ring?: FeedPointer['ring'];
  /** On the locked state, before anything is decided. @throws DomainError not-found or forbidden */
  authorize(state: CaseState): void;
  /** Pure: from the locked state to a plan (null: nothing to write) and what the caller wants to know. */
  decide(state: CaseState): { readonly plan: CasePlan | null; readonly result: T };
}

export type CaseOutcome<T> =
  | { readonly kind: 'decided'; readonly state: CaseState; readonly result: T; readonly isChanged: boolean }
  /** The guard did not hold; `state` is the case as it is, null where it does not exist or may not be seen. */
  | { readonly kind: 'guarded'; readonly state: CaseState | null }
  | { readonly kind: 'no-case' };

/** A change that is committed: the plan, the centers it opened the case to, and its entries in the feed. */
export interface CaseCommit {
  readonly plan: CasePlan;
  readonly opened: CaseProjection['access'];
  readonly entries: readonly FeedEntry[];
}

/**
 * One case, locked, decided and written in one short transaction: the seam between what is decided (pure) and
 * where it is kept. PostgreSQL in the product, memory in the simulator.
 */
export interface CaseUnits {
  change<T>(actor: Actor, change: CaseChange<T>): Promise<CaseOutcome<T>>;
}
