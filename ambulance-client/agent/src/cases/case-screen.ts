import { foldPending } from '@pentad/protocol/case-fold';
import { isOver } from '@pentad/protocol/case-reading';
import type { CaseState, CrewRequest } from '@pentad/protocol/case-state';
import type { CaseId } from '@pentad/protocol/ids';
import { phoneAdvice } from '@pentad/protocol/phone-table';
import { isOpenPreAlert, type PreAlertState, type TargetState } from '@pentad/protocol/pre-alert-state';
import { SeqSet } from '../journal/seq-set.ts';
import type { AnswerShown, CaseLine, CaseScreen, OwnEventView, RequestView } from '../agent-types.ts';
import type { Clock, Journal } from '../ports.ts';
import type { CaseBook } from './case-book.ts';
import type { OwnEvent, OwnEvents } from './own-events.ts';

export interface ScreenPorts {
  readonly journal: Journal;
  readonly book: CaseBook;
  readonly own: OwnEvents;
  readonly clock: Clock;
  readonly bootId: string;
  /** True time as well as it is known, for a press that was made before this boot. */
  readonly serverNowMs: () => number;
}

interface Storage {
  readonly stored: SeqSet;
  readonly refused: ReadonlyMap<number, string>;
}

const earliest = (instants: readonly (number | null)[]): number | null => {
  const known = instants.filter((atMs) => atMs !== null);
  return known.length > 0 ? Math.min(...known) : null;
};

const answersOf = (alert: PreAlertState): AnswerShown[] =>
  Object.values(alert.targets)
    .flatMap((target) =>
      target.answers.map(({ answer, byName, atMs, minutes, reason }) => {
        const { deskId, hospitalId, targetId } = target;
        return { answer, byName, atMs, minutes, reason, deskId, hospitalId, isOwner: alert.ownerTargetId === targetId };
      }),
    )
    .sort((a, b) => a.atMs - b.atMs);

function firstSeen(targets: readonly TargetState[]): RequestView['seen'] {
  const seen = targets.flatMap((target) => (target.seen ? [target.seen] : [])).sort((a, b) => a.atMs - b.atMs)[0];
  return seen ? { atMs: seen.atMs, byName: seen.byName } : null;
}

/** The alert a press led to; where it joined another that still rings, that one. */
function alertOf(state: CaseState, requestId: string): PreAlertState | null {
  const caused = Object.values(state.preAlerts).filter(({ causes }) =>
    causes.some((cause) => cause.kind === 'crew' && cause.requestId === requestId),
  );
  return caused.find(isOpenPreAlert) ?? caused[0] ?? null;
}

/** What the crew sees of its cases: the server's log, then its own events the server has not yet ordered. */
export class CaseScreens {
  readonly #ports: ScreenPorts;

  constructor(ports: ScreenPorts) {
    this.#ports = ports;
  }

  state(caseId: CaseId): CaseState {
    const { book, own, clock } = this.#ports;
    const pending = own.ofCase(caseId).filter(({ event }) => !book.holds(caseId, event.envelope.eventId));
    return foldPending(
      book.prefix(caseId),
      pending.map(({ event }) => event),
      Math.max(0, Math.round(clock.nowMs())),
    );
  }

  show(caseId: CaseId): Omit<CaseScreen, 'findings' | 'jobCard' | 'vehicleStates'> {
    const { book, own } = this.#ports;
    const state = this.state(caseId);
    const events = own.ofCase(caseId);
    const storage = this.#storage();
    const views = events.map((event) => this.#view(event, storage));
    const requests = events.flatMap((event, index) => {
      const request = requestOf(state, event);
      const view = views[index];
      return request && view ? [this.#request(state, request, event, view)] : [];
    });
    const answers = Object.values(state.preAlerts)
      .flatMap(answersOf)
      .sort((a, b) => a.atMs - b.atMs);
    return { state, prefixSeq: book.prefix(caseId).caseSeq, own: views, requests, answers };
  }

  list(): readonly CaseLine[] {
    const { book, own } = this.#ports;
    const caseIds = [...new Set([...book.caseIds(), ...own.caseIds()])];
    return caseIds
      .map((caseId): CaseLine => {
        const { state, own: events, requests } = this.show(caseId);
        return {
          caseId,
          status: state.status,
          specialty: state.specialty,
          openedAtMs: state.openedAtMs,
          isOver: isOver(state),
          waiting: events.filter(({ isStored }) => !isStored).length,
          isAnswered: Object.values(state.preAlerts).some(({ ownerTargetId }) => ownerTargetId !== null),
          advice: requests.flatMap(({ advice }) => advice),
        };
      })
      .sort((a, b) => (b.openedAtMs ?? 0) - (a.openedAtMs ?? 0));
  }

  #view({ seq, event, capturedAtMs, sentAtMs }: OwnEvent, storage: Storage): OwnEventView {
    const { eventId, caseId, type, occurredAtMs } = event.envelope;
    const isStored = storage.stored.has(seq) || this.#ports.book.holds(caseId, eventId);
    return {
      eventId,
      type,
      occurredAtMs,
      capturedAtMs,
      sentAtMs,
      isStored,
      refusedCode: storage.refused.get(seq) ?? null,
    };
  }

  #request(state: CaseState, request: CrewRequest, own: OwnEvent, view: OwnEventView): RequestView {
    const alert = alertOf(state, request.requestId);
    const targets = alert ? Object.values(alert.targets) : [];
    const elapsedMs = this.#elapsedMs(own);
    const displayedAtMs = earliest(targets.map((target) => target.displayedAtMs));
    const isDone =
      isOver(state) ||
      (alert !== null && (alert.ownerTargetId !== null || alert.cancelled !== null || alert.stoodDown !== null));
    const progress = {
      tier: alert?.tier ?? request.tier,
      elapsedMs,
      isStored: view.isStored,
      isOnLiveDesk: displayedAtMs !== null,
      isAnswered: isDone,
    };
    return {
      ...view,
      requestId: request.requestId,
      specialty: request.specialty,
      tier: request.tier,
      preAlertId: alert?.preAlertId ?? null,
      deliveredAtMs: earliest(targets.map((target) => target.deliveredAtMs)),
      displayedAtMs,
      seen: firstSeen(targets),
      answers: alert ? answersOf(alert) : [],
      elapsedMs,
      advice: phoneAdvice(progress),
    };
  }

  /** On the monotonic clock from the press; over a restart of the agent only the wall clocks are left. */
  #elapsedMs({ bootId, monotonicMs, capturedAtMs }: OwnEvent): number {
    const { clock, serverNowMs } = this.#ports;
    if (bootId === this.#ports.bootId) return Math.max(0, clock.monotonicMs() - monotonicMs);
    return Math.max(0, serverNowMs() - capturedAtMs);
  }

  #storage(): Storage {
    const { stored, refused } = this.#ports.journal.holdings('evt');
    return { stored: new SeqSet(stored), refused: new Map(refused.map(({ seq, code }) => [seq, code])) };
  }
}

const requestOf = (state: CaseState, { event }: OwnEvent): CrewRequest | null => {
  const { requestId } = event.clinical;
  return event.envelope.type === 'pre-alert.requested' && typeof requestId === 'string'
    ? (state.requests[requestId] ?? null)
    : null;
};
