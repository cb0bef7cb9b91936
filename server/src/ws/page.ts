import type { Visibility } from '@pentad/protocol/case-view';
import type { CaseId } from '@pentad/protocol/ids';
import { seesRegion, type StaffActor } from '../platform/actor.ts';
import { DomainError } from '../platform/errors.ts';
import type { PageSocket } from './page-socket.ts';

/** One connected page: who looks, at which topics, from which cursor. */
export interface Page {
  readonly connectionId: string;
  readonly sessionKey: string;
  readonly socket: PageSocket;
  readonly topics: Map<string, number>;
  staff: StaffActor;
  /** Cases this page has been sent, so may watch the stream of. */
  readonly shownCases: Set<CaseId>;
  watchedCases: ReadonlySet<CaseId>;
  isWatchingUnits: boolean;
  messagesThisSecond: number;
  presentDeskId: string | null;
}

export const visibilityOf = (staff: StaffActor): Visibility => (seesRegion(staff.role) ? 'masked' : 'full');

/** @throws DomainError topic.not-found. Case scope beyond this is decided row by row: what a topic delivers is filtered by what the reader may see of the case. */
export function authorizeSubscription(staff: StaffActor, topic: string): void {
  if (!maySubscribe(staff, topic)) throw new DomainError('not-found', 'topic.not-found', 'no such topic');
}

function maySubscribe(staff: StaffActor, topic: string): boolean {
  if (topic === 'region') return seesRegion(staff.role);
  const [kind, id = ''] = topic.split(':');
  if (kind === 'desk') return seesRegion(staff.role) || staff.desks.some((desk) => desk.deskId === id);
  return kind === 'case';
}
